"""SAS transport files: labels and other notes, and the table."""

from opensafe.formats.datafiles.sasxport import read_xport
from opensafe.formats.kinds.data_tables import DataTables


class XportTable(DataTables):
    prefix = "sas-xport"
    signature = "sas-xport"


FORMAT = XportTable(read_xport)
