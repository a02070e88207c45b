"""Files of Arrow and Feather: notes, the table, and what is written in a way that is not read here."""

from opensafe.formats.datafiles.arrow import read_arrow
from opensafe.formats.kinds.data_tables import DataTables


class ArrowTable(DataTables):
    prefix = "arrow"
    signature = "arrow"


FORMAT = ArrowTable(read_arrow)
