"""SAS data sets: labels and other notes, and the table."""

from opensafe.formats.datafiles.sas7bdat import read_sas7bdat
from opensafe.formats.kinds.data_tables import DataTables


class Sas7bdatTable(DataTables):
    prefix = "sas7bdat"
    signature = "sas7bdat"


FORMAT = Sas7bdatTable(read_sas7bdat)
