"""Tables in data files, as columns of text, for profiling."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from opensafe.formats.compression import Damaged, OverLimit, decompressed, stream_name
from opensafe.formats.database import DatabaseDamaged, tables_of
from opensafe.formats.datafiles.arrow import read_arrow
from opensafe.formats.datafiles.frame import BROKEN, DAMAGED_STREAM, Frame, Reader, TooMuch
from opensafe.formats.datafiles.parquet import read_parquet
from opensafe.formats.datafiles.rframes import read_frames
from opensafe.formats.datafiles.sas7bdat import read_sas7bdat
from opensafe.formats.datafiles.sasxport import read_xport
from opensafe.formats.datafiles.spss import read_spss
from opensafe.formats.datafiles.stata import read_stata
from opensafe.formats.delimited import delimiter_of
from opensafe.formats.encodings import decoded, encoding_of
from opensafe.formats.workbook import SheetsDamaged, SheetsEncrypted, SheetsTooLarge, sheets_of
from opensafe.formats.yamlrows import records_in

_ROWS = 2000
_CELL = 1000  # characters of a cell
_COLUMNS = 2000
_MAX_TABLES = 200
_PREAMBLE = 20  # rows in which a header is looked for
_PROSE = 5  # spaces in a text that is more than a label
_TEXT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` hold the cells of the first 2,000 rows; `rows` is the true count, without the header.

    `hidden`: a sheet that spreadsheet programs do not show.
    """

    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    rows: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Hidden:
    """The rows of a hidden sheet."""

    rows: Iterable[list[str]]

    def __iter__(self) -> Iterator[list[str]]:
        return iter(self.rows)


def read_tables(data: bytes, signature: str) -> tuple[Table, ...]:
    """The tables of a content of this signature; none where there are none or they cannot be read. Never raises."""
    reader = _READERS.get(signature)
    tables: list[Table] = []
    try:
        for rows in islice(reader(data, signature) if reader else (), _MAX_TABLES):
            table = table_of(rows)
            hidden = isinstance(rows, _Hidden)
            tables += [replace(table, hidden=hidden)] if table.header else []
    except _UNREADABLE:
        return tuple(tables)
    return tuple(tables)


def table_of(rows: Iterable[list[str]]) -> Table:
    """The table that these rows are, its header found below what stands above it. Raises what iterating raises."""
    iterator = _without_preamble(iter(rows))
    header = tuple(next(iterator, [])[:_COLUMNS])
    sample = [row[:_COLUMNS] for row in islice(iterator, _ROWS)]
    count = len(sample) + sum(1 for _ in iterator)
    columns = tuple(tuple(row[at][:_CELL] if at < len(row) else "" for row in sample) for at in range(len(header)))
    return Table(header, columns, count)


def _without_preamble(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Titles and notes above the header have far fewer cells than the table: they are left out."""
    first = list(islice(rows, _PREAMBLE))
    filled = [sum(bool(cell.strip()) for cell in row) for row in first]
    start = next((number for number, cells in enumerate(filled) if cells and cells * 2 > max(filled)), len(first))
    return chain(first[start:], rows)


def _delimited(data: bytes, _signature: str) -> Iterator[Iterable[list[str]]]:
    text = _text_of(data)
    delimiter = delimiter_of(text.encode("utf-8", "surrogatepass"), named=True) or ","
    yield csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _text_of(data: bytes) -> str:
    """The text in whatever encoding it is; compressed files are opened."""
    stream = stream_name(data)
    content = decompressed(data, stream, _TEXT_BYTES) if stream else data
    encoding = encoding_of(content)
    return decoded(content, encoding or "utf-8").decode("utf-8", "replace")


def _json_rows(data: bytes, _signature: str) -> Iterator[Iterable[list[str]]]:
    """Arrays of objects or of texts: the whole text, the members of one object, or one object a line."""
    text = _text_of(data)
    try:
        value = json.loads(text)
    except ValueError:
        value = [json.loads(line) for line in text.splitlines() if line.strip()]
    for candidate in value.values() if isinstance(value, dict) else (value,):
        if isinstance(candidate, list) and candidate and all(isinstance(item, dict) for item in candidate):
            yield _records(candidate)
        elif isinstance(candidate, list) and candidate and all(map(_is_prose, candidate)):
            yield (["text"], *([item] for item in candidate))


def _yaml_rows(data: bytes, _signature: str) -> Iterator[Iterable[list[str]]]:
    for records in records_in(_text_of(data)):
        yield _records(records)


def _is_prose(value: Any) -> bool:
    """Notes and letters, not the words and paths that settings list."""
    return isinstance(value, str) and value.count(" ") >= _PROSE


def _records(objects: Sequence[Mapping[str, Any]]) -> Iterator[list[str]]:
    header = list(dict.fromkeys(key for item in objects[:_ROWS] for key in item))
    yield header
    for item in objects:
        yield [_shown(item.get(key)) for key in header]


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value)


def _sheets(data: bytes, signature: str) -> Iterator[Iterable[list[str]]]:
    return (_Hidden(sheet.rows) if sheet.hidden else sheet.rows for sheet in sheets_of(data, signature))


def _database(data: bytes, _signature: str) -> Iterator[Iterable[list[str]]]:
    return (table.rows for table in tables_of(data))


def _frames(data: bytes, signature: str) -> Iterator[Iterable[list[str]]]:
    stream = stream_name(data)
    content = decompressed(data, stream, _TEXT_BYTES) if stream else data
    for item in _FRAMES[signature](content, _TEXT_BYTES):
        if isinstance(item, Frame):
            yield ([*row] for row in chain([item.header], item.rows))


_FRAMES: dict[str, Reader] = {
    "parquet": read_parquet,
    "arrow": read_arrow,
    **dict.fromkeys(("rds", "rdata"), read_frames),
    "spss": read_spss,
    "stata": read_stata,
    "sas-xport": read_xport,
    "sas7bdat": read_sas7bdat,
}

_READERS: dict[str, Callable[[bytes, str], Iterator[Iterable[list[str]]]]] = {
    **dict.fromkeys(("csv", "tsv"), _delimited),
    **dict.fromkeys(("xlsx", "xlsb", "xls", "ods"), _sheets),
    "json": _json_rows,
    "yaml": _yaml_rows,
    "sqlite": _database,
    **dict.fromkeys(_FRAMES, _frames),
}
_UNREADABLE = (
    *(csv.Error, ValueError, RecursionError, MemoryError, Damaged, OverLimit, DatabaseDamaged),
    *(SheetsDamaged, SheetsEncrypted, SheetsTooLarge, TooMuch, *BROKEN, *DAMAGED_STREAM),
)
