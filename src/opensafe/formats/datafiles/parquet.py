"""Parquet files (Apache Parquet, File Format): the metadata at the end, and the columns as one table."""

import binascii
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from opensafe.formats.datafiles.carving import strings_in
from opensafe.formats.datafiles.frame import Frame, Item, Notes, Room, TooMuch, checked_cells, gap
from opensafe.formats.datafiles.parquetpages import UNKNOWN, Chunk
from opensafe.formats.datafiles.parquetschema import FORMS, SIZES, Column, columns_of
from opensafe.formats.datafiles.thrift import Record, read_record
from opensafe.model.skip import SkipReason
from opensafe.model.text import counted

_MAGIC, _SECRET = b"PAR1", b"PARE"
_MOST_METADATA = 16 * 1024 * 1024
_CODECS = ("none", "snappy", "gzip", "lzo", "brotli", "lz4", "zstd", "lz4-raw")


def read_parquet(data: bytes, limit: int) -> Iterator[Item]:
    """Notes (schema, keys and values, statistics), the table, values of lists, and the columns that were not read."""
    if data[-4:] == _SECRET:
        yield gap(SkipReason.ENCRYPTED, "parquet", "a file with a secret footer")
        return
    if data[-4:] != _MAGIC:
        raise ValueError
    size = int.from_bytes(data[-8:-4], "little")
    if size > len(data) - 12:
        raise ValueError
    if size > min(limit, _MOST_METADATA):
        raise TooMuch
    footer, _ = read_record(data[len(data) - 8 - size : -8])
    columns = columns_of(footer.records(2))
    yield Notes("notes", _notes(footer, columns))
    table = _Table(data, columns, footer.records(4), Room(4 * limit))
    flat = [column.name for column in columns if not column.repeats]
    yield Frame("", flat, table.rows())
    yield Notes("lists", table.lists())
    for (reason, why), columns_left in table.gaps.items():
        yield gap(reason, "parquet", f"{counted(len(columns_left), 'column')}: {why}")


def _notes(footer: Record, columns: list[Column]) -> Iterator[bytes]:
    yield footer.raw(6)
    yield from (element.raw(4) for element in footer.records(2)[1:])
    for pair in footer.records(5):
        yield from _pair(pair)
    for group in footer.records(4):
        for column, chunk in zip(columns, group.records(1), strict=False):
            meta = chunk.record(3)
            yield from (line for pair in meta.records(8) for line in _pair(pair))
            yield from _extremes(column, meta.record(12))


def _pair(pair: Record) -> Iterator[bytes]:
    """A key and its value. Arrow keeps its own schema as base64 of a binary form: only its texts are given."""
    if pair.raw(1) != b"ARROW:schema":
        yield pair.raw(1) + b": " + pair.raw(2)
        return
    raw = pair.raw(2).rstrip(b"=")
    yield from strings_in(binascii.a2b_base64(raw + b"=" * (-len(raw) % 4)))


def _extremes(column: Column, statistics: Record) -> Iterator[bytes]:
    """The least and the greatest value: they are values of somebody."""
    for raw in dict.fromkeys(statistics.raw(key) for key in (6, 5, 2, 1) if statistics.has(key)):
        value: float | bytes = raw
        if column.kind in FORMS and len(raw) == SIZES[column.kind]:
            (value,) = struct.unpack(f"<{FORMS[column.kind]}", raw)
        yield f"{column.name}: {column.shown(value)}".encode("utf-8", "replace")


@dataclass(slots=True)
class _Table:
    """The groups of rows, read one after the other. `gaps` fills while rows are read."""

    data: bytes = field(repr=False)
    columns: list[Column]
    groups: list[Record]
    room: Room
    gaps: dict[tuple[SkipReason, str], set[int]] = field(default_factory=dict)
    _cells: int = 0

    def rows(self) -> Iterator[tuple[str, ...]]:
        for group in self.groups:
            yield from zip_longest(*self._chunks(group, repeats=False), fillvalue="")

    def lists(self) -> Iterator[bytes]:
        """The values of columns that may hold several in a row, one a line."""
        for group in self.groups if any(column.repeats for column in self.columns) else ():
            for found in self._chunks(group, repeats=True):
                yield from (cell.encode("utf-8", "replace") for cell in found)

    def _chunks(self, group: Record, *, repeats: bool) -> Iterator[list[str]]:
        for number, (column, chunk) in enumerate(zip(self.columns, group.records(1), strict=False), 1):
            if bool(column.repeats) is repeats:
                yield self._chunk(column, chunk, number)

    def _chunk(self, column: Column, chunk: Record, number: int) -> list[str]:
        meta = chunk.record(3)
        if chunk.has(8) or chunk.has(9):
            self.gaps.setdefault((SkipReason.ENCRYPTED, "encrypted"), set()).add(number)
            return []
        try:
            cells = Chunk(self.data, column, meta, self.room).cells()
        except UNKNOWN:
            codec = _CODECS[meta.number(4)] if 0 <= meta.number(4) < len(_CODECS) else "unknown"
            why = f"the compression ({codec}) or the encoding is not read here: convert it to look inside"
            self.gaps.setdefault((SkipReason.UNSUPPORTED, why), set()).add(number)
            return []
        self._cells = checked_cells(self._cells + len(cells))
        return cells
