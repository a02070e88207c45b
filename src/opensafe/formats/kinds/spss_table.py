"""SPSS system files: labels and other notes, and the table."""

from opensafe.formats.datafiles.spss import read_spss
from opensafe.formats.kinds.data_tables import DataTables


class SpssTable(DataTables):
    prefix = "spss"
    signature = "spss"


FORMAT = SpssTable(read_spss)
