"""Parquet files: notes, the table, and the columns that are written in a way that is not read here."""

from opensafe.formats.datafiles.parquet import read_parquet
from opensafe.formats.kinds.data_tables import DataTables


class ParquetTable(DataTables):
    prefix = "parquet"
    signature = "parquet"


FORMAT = ParquetTable(read_parquet)
