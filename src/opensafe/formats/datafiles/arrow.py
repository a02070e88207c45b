"""Arrow's files and Feather version 2 (Apache Arrow, IPC Format): schema, metadata, and the rows as one table."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from opensafe.formats.datafiles.arrowbatch import UNKNOWN, Batch, Words
from opensafe.formats.datafiles.arrowschema import Field, fields_of
from opensafe.formats.datafiles.feather import read_feather
from opensafe.formats.datafiles.flatbuffers import FlatTable
from opensafe.formats.datafiles.frame import Frame, Item, Notes, Room, checked_cells, gap
from opensafe.model.skip import SkipReason

_FIRST = 8  # bytes of the mark at the beginning
_MARK = b"ARROW1"
_BLOCK = "qi4xq"  # where a message stands, and the sizes of what it says and of what follows
_CONTINUED = b"\xff\xff\xff\xff"
_SCHEMA, _DICTIONARY, _ROWS = 1, 2, 3


def read_arrow(data: bytes, limit: int) -> Iterator[Item]:
    """Notes, the table, values of lists, and what was not read."""
    if data.startswith(b"FEA1"):
        yield from read_feather(data)
        return
    schema, messages = _listed(data) if data.endswith(_MARK) else _in_order(data)
    reader = _Reader(fields_of(schema), Room(4 * limit))
    yield Notes("notes", _notes(schema, reader.fields))
    reader.read(messages)
    names = [name for one in reader.fields for name, _ in one.leaves()]
    leaves = list(zip(names, reader.columns, reader.flatness(), strict=True))
    flat = [cells for _, cells, is_flat in leaves if is_flat]
    yield Frame("", [name for name, _, is_flat in leaves if is_flat], zip_longest(*flat, fillvalue=""))
    lists = (cell for _, cells, is_flat in leaves if not is_flat for cell in cells)
    yield Notes("lists", (cell.encode("utf-8", "replace") for cell in lists))
    if reader.unknown:
        detail = "its compression or a type in it is not read here: convert it to look inside"
        yield gap(SkipReason.UNSUPPORTED, "arrow", detail)


Message = tuple[int, FlatTable, bytes]
"""The kind of a message, what it says, and the bytes that belong to it."""


def _listed(data: bytes) -> tuple[FlatTable, list[Message]]:
    """The schema, the dictionaries and the batches, as the end of the file lists them."""
    size = int.from_bytes(data[-10:-6], "little")
    footer = FlatTable.root(data[len(data) - 10 - size : -10])
    schema = footer.table(1)
    if schema is None:
        raise ValueError
    blocks = [*footer.records(2, _BLOCK), *footer.records(3, _BLOCK)]
    return schema, [message for start, _, _ in blocks for message, _ in (_message(data, start),)]


def _in_order(data: bytes) -> tuple[FlatTable, list[Message]]:
    """As `_listed`, of a file whose end is lost."""
    messages: list[Message] = []
    at = _FIRST
    while data.startswith(_CONTINUED, at) and data[at + 4 : at + 8] not in {b"", bytes(4)}:
        message, at = _message(data, at)
        messages.append(message)
    schema = next((header for kind, header, _ in messages if kind == _SCHEMA), None)
    if schema is None:
        raise ValueError
    return schema, messages


def _message(data: bytes, at: int) -> tuple[Message, int]:
    """The message at this place, and where it ends. Old files lack the mark before the size."""
    at += 4 if data.startswith(_CONTINUED, at) else 0
    (size,) = struct.unpack_from("<i", data, at)
    message = FlatTable.root(data[at + 4 : at + 4 + max(0, size)])
    header, length = message.table(2), message.number(3, "q")
    at += 4 + size
    if not 0 <= length <= len(data) - at or header is None:
        raise ValueError
    return (message.number(1, "B"), header, data[at : at + length]), at + length


def _notes(schema: FlatTable, fields: list[Field]) -> Iterator[bytes]:
    for one in fields:
        yield from (name.encode("utf-8", "replace") for name, _ in one.leaves())
    pairs = [*schema.tables(2), *(pair for table in schema.tables(1) for pair in table.tables(6))]
    yield from (pair.raw(0) + b": " + pair.raw(1) for pair in pairs)


@dataclass(slots=True)
class _Reader:
    fields: list[Field]
    room: Room
    columns: list[list[str]] = field(default_factory=list)
    unknown: bool = False
    _words: Words = field(default_factory=dict)
    _cells: int = 0

    def read(self, messages: list[Message]) -> None:
        self.columns = [[] for one in self.fields for _ in one.leaves()]
        for kind, header, body in messages:
            try:
                if kind == _DICTIONARY:
                    self._dictionary(header, body)
                elif kind == _ROWS:
                    self._rows(header, body)
            except UNKNOWN:
                self.unknown = True

    def _dictionary(self, header: FlatTable, body: bytes) -> None:
        number = header.number(0, "q")
        record = header.table(1)
        owner = next((leaf for one in self.fields for _, leaf in one.leaves() if leaf.words == number), None)
        if record is None or owner is None:
            return
        plain = Field(owner.name, owner.layout, size=owner.size, shown=owner.shown)
        (words,) = Batch.of(record, body, self.room, {}).columns([plain])
        self._cells = checked_cells(self._cells + len(words))
        self._words[number] = [*(self._words.get(number, []) if header.number(2, "?") else []), *words]

    def _rows(self, header: FlatTable, body: bytes) -> None:
        batch = Batch.of(header, body, self.room, self._words)
        for column, cells in zip(self.columns, batch.columns(self.fields), strict=False):
            self._cells = checked_cells(self._cells + len(cells))
            column.extend(cells)

    def flatness(self) -> Iterator[bool]:
        """For each column, whether it has one value a row: all but what lies in lists."""
        for one in self.fields:
            yield from _flat(one, is_flat=True)


def _flat(one: Field, *, is_flat: bool) -> Iterator[bool]:
    is_flat = is_flat and not one.layout.endswith("list")
    if not one.children:
        yield is_flat
    for child in one.children:
        yield from _flat(child, is_flat=is_flat)
