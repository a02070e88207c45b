"""Stata's data files: labels and other notes, and the table."""

from opensafe.formats.datafiles.stata import read_stata
from opensafe.formats.kinds.data_tables import DataTables


class StataTable(DataTables):
    prefix = "stata"
    signature = "stata"


FORMAT = StataTable(read_stata)
