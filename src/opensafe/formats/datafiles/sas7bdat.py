"""SAS data sets (.sas7bdat): the rows, and the names and labels of columns."""

import struct
from collections.abc import Iterator
from datetime import timedelta

from opensafe.formats.datafiles.carving import doubles_in, strings_in
from opensafe.formats.datafiles.cells import SAS_EPOCH, day, moment, number
from opensafe.formats.datafiles.frame import BROKEN, Frame, Item, Notes, Room, checked_cells, gap, text
from opensafe.formats.datafiles.sas7pages import (
    Column,
    Layout,
    layout_of,
    pages_of,
    rows_on,
    subheaders_of,
)
from opensafe.formats.datafiles.sas7rows import unpacked_row
from opensafe.formats.datafiles.sasxport import DATES, MOMENTS
from opensafe.model.skip import SkipReason


def read_sas7bdat(data: bytes, limit: int) -> Iterator[Item]:
    """Notes and table; of a file that cannot be read the strings and long numbers. Raises as `Reader` says."""
    try:
        layout = layout_of(data)
        columns = layout.columns()
    except BROKEN:
        yield Notes("strings", dict.fromkeys(strings_in(data)))
        yield Notes("numbers", dict.fromkeys(b"%d" % value for value in doubles_in(data)))
        raise
    table = _Table(data, layout, columns, limit)
    labels = [column.label.encode() for column in columns]
    yield Notes("notes", dict.fromkeys([*labels, *(found for block in layout.texts for found in strings_in(block))]))
    yield Frame(text(layout.header.name.encode()), [column.name for column in columns], table.rows())
    if table.count < layout.rows:
        yield gap(SkipReason.CORRUPT, "rows", f"{table.count} of {layout.rows} rows are there")


class _Table:
    def __init__(self, data: bytes, layout: Layout, columns: list[Column], limit: int) -> None:
        self._data, self._layout, self._columns = data, layout, columns
        self._room = Room(limit)
        self.count = 0

    def rows(self) -> Iterator[list[str]]:
        for raw in self._raw_rows():
            if self.count >= self._layout.rows:
                return
            self.count += 1
            checked_cells(self.count * len(self._columns))
            yield [self._shown(column, raw[column.start : column.start + column.size]) for column in self._columns]

    def _raw_rows(self) -> Iterator[bytes]:
        layout = self._layout
        for page in pages_of(self._data, layout.header):
            for packed in subheaders_of(page, layout.header) if layout.compression else ():
                if packed.is_row:
                    self._room.take(layout.row_size)
                    yield unpacked_row(packed.content, layout.compression, layout.row_size)
            yield from rows_on(page, layout)

    def _shown(self, column: Column, raw: bytes) -> str:
        if not column.is_number:
            return text(raw).rstrip(" \0")
        value = self._double(raw)
        form = column.form.rstrip("0123456789.").encode()
        if form in DATES:
            return day(value, SAS_EPOCH)
        return moment(value, timedelta(seconds=1), SAS_EPOCH) if form in MOMENTS else number(value)

    def _double(self, raw: bytes) -> float:
        """Numbers may be cut to fewer bytes: the low ones are left out."""
        order = self._layout.header.order
        whole = raw.rjust(8, b"\0")[-8:] if order == "<" else raw.ljust(8, b"\0")[:8]
        (value,) = struct.unpack(f"{order}d", whole)
        return float(value)
