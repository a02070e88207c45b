"""Feather version 1 (wesm/feather, metadata.fbs): columns one after the other, described at the end."""

import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise

from opensafe.formats.datafiles.cells import number
from opensafe.formats.datafiles.flatbuffers import FlatTable
from opensafe.formats.datafiles.frame import Frame, Item, Notes, ascending, checked_cells, text

_NUMBERS = {1: "b", 2: "h", 3: "i", 4: "q", 5: "B", 6: "H", 7: "I", 8: "Q", 9: "f", 10: "d", 14: "q", 15: "i", 16: "q"}
_BOOL = 0
_TEXTS = {11: "i", 12: "i", 17: "q", 18: "q"}
"""Texts and bytes, and how the places between them are written."""

_CATEGORY = 1  # what the metadata of a column may be


def read_feather(data: bytes) -> Iterator[Item]:
    """Raises BROKEN."""
    size = int.from_bytes(data[-8:-4], "little")
    root = FlatTable.root(data[len(data) - 8 - size : -8])
    columns = list(root.tables(2))
    checked_cells(len(columns) * max(0, root.number(1, "q")))
    notes = [root.raw(0), root.raw(4), *(column.raw(4) for column in columns)]
    yield Notes("notes", notes)
    cells: list[Sequence[str]] = []
    for column in columns:
        cells.append(_cells(data, column))
        checked_cells(sum(map(len, cells)))
    rows = zip(*cells, strict=False) if cells else iter(())
    yield Frame("", [text(column.raw(0)) for column in columns], rows)


def _cells(data: bytes, column: FlatTable) -> Sequence[str]:
    values = column.table(1)
    if values is None:
        raise ValueError
    found = _array(data, values)
    metadata = column.table(3)
    levels = metadata.table(0) if metadata is not None and column.number(2, "B") == _CATEGORY else None
    if levels is None:
        return found
    words = _array(data, levels)
    return [words[int(cell)] if cell and 0 <= int(cell) < len(words) else "" for cell in found]


def _array(data: bytes, array: FlatTable) -> Sequence[str]:
    kind, at = array.number(0, "b"), array.number(2, "q")
    count, missing = checked_cells(max(0, array.number(3, "q"))), array.number(4, "q")
    if not 0 <= at <= len(data):
        raise ValueError
    present = None
    if missing > 0:
        present = [bool(data[at + (row >> 3)] >> (row & 7) & 1) for row in range(count)]
        at += _padded((count + 7) // 8)
    cells = _values(data, at, kind, count)
    return cells if present is None else [cell if there else "" for cell, there in zip(cells, present, strict=False)]


def _values(data: bytes, at: int, kind: int, count: int) -> Sequence[str]:
    if kind == _BOOL:
        return [str(data[at + (row >> 3)] >> (row & 7) & 1) for row in range(count)]
    if kind in _TEXTS:
        form = f"<{count + 1}{_TEXTS[kind]}"
        places = struct.unpack_from(form, data, at)
        start = at + _padded(struct.calcsize(form))
        return [text(data[start + first : start + last]) for first, last in pairwise(ascending(places))]
    form = _NUMBERS[kind]
    return [number(value) for value in struct.unpack_from(f"<{count}{form}", data, at)]


def _padded(size: int) -> int:
    return -(-size // 8) * 8
