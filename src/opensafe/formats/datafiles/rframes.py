"""What is in a tree of R's objects: every text and number, and data frames as tables."""

import math
import struct
from array import array
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import zip_longest

from opensafe.formats.datafiles.cells import day, moment, number
from opensafe.formats.datafiles.frame import Frame, checked_cells, text
from opensafe.formats.datafiles.ritem import (
    COMPLEX,
    DOUBLES,
    INTEGERS,
    LOGICALS,
    OCTETS,
    STRINGS,
    VECTOR,
    Item,
)
from opensafe.formats.datafiles.ritems import read_items
from opensafe.formats.datafiles.rstream import NOT_AVAILABLE


def values_in(whole: Item) -> Iterator[bytes]:
    """Texts, whole numbers and names, in the order of the file; fractions are measurements, not identifiers."""
    waiting: list[Item | bytes] = [whole]
    while waiting:
        item = waiting.pop()
        if isinstance(item, bytes):
            yield item
        else:
            yield from _own_values(item)
            waiting += reversed(_parts(item))


def _parts(item: Item) -> list[Item | bytes]:
    """What is in an object and behind it, each with its name before it."""
    named = [*zip_longest(item.tags, item.inner, fillvalue=None), *item.attributes.items()]
    return [part for pair in named for part in pair if part]


def _own_values(item: Item) -> Iterator[bytes]:
    if item.kind in {INTEGERS, DOUBLES, COMPLEX}:
        yield from (b"%d" % value for value in _numbers(item))
    elif item.kind == OCTETS:
        yield bytes(value for value in item.values if isinstance(value, int))
    elif item.kind != LOGICALS:
        yield from (value for value in item.values if isinstance(value, bytes))


def _numbers(item: Item) -> Iterator[int]:
    for value in _wide(item) if item.kind == DOUBLES else item.values:
        if isinstance(value, int) and value != NOT_AVAILABLE:
            yield value
        elif isinstance(value, float) and math.isfinite(value) and value.is_integer():
            yield int(value)


def _wide(item: Item) -> Sequence[object]:
    """The package bit64 keeps long integers in the bits of doubles; data.table reads ten-digit numbers so."""
    values = item.values
    if b"integer64" in item.attribute(b"class") and isinstance(values, array):
        return struct.unpack(f"={len(values)}q", values.tobytes())
    return values


def read_frames(data: bytes, _limit: int) -> Iterator[Frame]:
    """The data frames of a file. Raises BROKEN or TooMuch."""
    yield from frames_in(read_items(data))


def frames_in(item: Item, name: str = "") -> Iterator[Frame]:
    """Every data frame, named by the way to it."""
    if item.kind == VECTOR and b"data.frame" in item.attribute(b"class"):
        yield _frame(item, name)
    tags = item.tags or item.attribute(b"names")
    for tag, inner in zip_longest(tags, item.inner, fillvalue=None):
        if inner is not None:
            yield from frames_in(inner, "$".join(part for part in (name, text(tag or b"")) if part))
    for attribute in item.attributes.values():
        yield from frames_in(attribute, name)


def _frame(item: Item, name: str) -> Frame:
    checked_cells(sum(len(column.values) for column in item.inner))
    header = [text(column) for column in item.attribute(b"names")]
    columns = [list(_cells(column)) for column in item.inner]
    rows = item.attribute(b"row.names")
    if rows:
        header, columns = ["row.names", *header], [[text(row) for row in rows], *columns]
    return Frame(name, header, zip_longest(*columns, fillvalue=""))


def _cells(column: Item) -> Iterator[str]:
    if column.kind == STRINGS:
        return (text(value) for value in column.texts())
    classes = column.attribute(b"class")
    levels = [text(level) for level in column.attribute(b"levels")]
    if levels and column.kind == INTEGERS:
        return (levels[value - 1] if 0 < value <= len(levels) else "" for value in _integers(column))
    numbers = (value for value in _wide(column) if isinstance(value, int | float))
    if b"Date" in classes:
        return (day(value) for value in numbers)
    if b"POSIXct" in classes:
        return (moment(value, timedelta(seconds=1)) for value in numbers)
    return ("" if value == NOT_AVAILABLE else number(value) for value in numbers)


def _integers(column: Item) -> Iterator[int]:
    return (value for value in column.values if isinstance(value, int))
