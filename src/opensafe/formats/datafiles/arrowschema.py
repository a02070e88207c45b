"""The schema of Arrow's files (Apache Arrow, Schema.fbs): fields, and how their values are stored and shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from opensafe.formats.datafiles.cells import day, moment, number
from opensafe.formats.datafiles.flatbuffers import FlatTable
from opensafe.formats.datafiles.frame import text

_DEPTH = 32
_MOST_FIELDS = 20_000
_LONGEST_NAME = 1000  # characters: a name may be shared by many fields
(_NULL, _INT, _FLOAT, _BINARY, _UTF8, _BOOL, _DECIMAL, _DATE, _TIME, _TIMESTAMP, _INTERVAL, _LIST, _STRUCT) = range(
    1, 14
)
(_UNION, _FIXED, _FIXED_LIST, _MAP, _DURATION, _LARGE_BINARY, _LARGE_UTF8, _LARGE_LIST) = range(14, 22)
_BINARY_VIEW, _UTF8_VIEW = 23, 24

_INTEGERS = {
    (8, 1): "b",
    (16, 1): "h",
    (32, 1): "i",
    (64, 1): "q",
    (8, 0): "B",
    (16, 0): "H",
    (32, 0): "I",
    (64, 0): "Q",
}
_FLOATS = {0: "e", 1: "f", 2: "d"}
_UNITS = {0: timedelta(seconds=1), 1: timedelta(milliseconds=1), 2: timedelta(microseconds=1)}

_LAYOUTS = {
    _NULL: "null",
    _BOOL: "bool",
    _STRUCT: "struct",
    **dict.fromkeys((_LIST, _MAP), "list"),
    _LARGE_LIST: "large-list",
    **dict.fromkeys((_UTF8, _BINARY), "text"),
    **dict.fromkeys((_LARGE_UTF8, _LARGE_BINARY), "large-text"),
    **dict.fromkeys((_UTF8_VIEW, _BINARY_VIEW), "view"),
}

Shown = Callable[[float | bytes], str]


@dataclass(slots=True)
class Field:
    """`layout` is one of number, fixed, text, large-text, view, bool, null, list, large-list, fixed-list, struct,
    empty for others.

    `form` is the letter of `struct` of its numbers, `size` the bytes of a fixed value or the members of a fixed list.
    """

    name: str
    layout: str
    form: str = ""
    size: int = 0
    shown: Shown = field(default=lambda value: text(value) if isinstance(value, bytes) else number(value))
    words: int | None = None  # the number of its dictionary
    children: list["Field"] = field(default_factory=list)

    def leaves(self, above: str = "") -> Iterator[tuple[str, "Field"]]:
        name = f"{above}.{self.name}" if above else self.name
        if not self.children:
            yield name, self
        for child in self.children:
            yield from child.leaves(name)


def fields_of(schema: FlatTable) -> list[Field]:
    """Raises BROKEN, also where the fields of a schema refer to each other without an end."""
    counter = count()
    return [_field_of(table, _DEPTH, counter) for table in schema.tables(1)]


def _field_of(table: FlatTable, depth: int, counter: Iterator[int]) -> Field:
    if depth < 0 or next(counter) > _MOST_FIELDS:
        raise ValueError
    found = _stored(table.number(2, "B"), table.table(3) or FlatTable(b"\0" * 16, 8))
    found.name = text(table.raw(0)[:_LONGEST_NAME])
    found.children = [_field_of(child, depth - 1, counter) for child in table.tables(5)]
    dictionary = table.table(4)
    if dictionary is not None:
        index = dictionary.table(1)
        found.words = dictionary.number(0, "q")
        found.form = _INTEGERS.get((index.number(0, "i"), index.number(1, "?")), "") if index else "i"
        found.children = []
    return found


def _stored(kind: int, table: FlatTable) -> Field:
    if kind == _INT:
        return Field("", "number", _INTEGERS.get((table.number(0, "i"), table.number(1, "?")), ""))
    if kind == _FLOAT:
        return Field("", "number", _FLOATS.get(table.number(0, "h"), ""))
    if kind in {_DATE, _TIMESTAMP, _TIME, _DURATION}:
        return _moment(kind, table)
    if kind == _DECIMAL:
        scale = table.number(1, "i")
        return Field("", "fixed", size=table.number(2, "i", 128) // 8, shown=lambda value: _decimal(value, scale))
    if kind in {_FIXED, _FIXED_LIST}:
        return Field("", "fixed" if kind == _FIXED else "fixed-list", size=table.number(0, "i"))
    return Field("", _LAYOUTS.get(kind, ""))


def _moment(kind: int, table: FlatTable) -> Field:
    if kind == _DATE:
        if table.number(0, "h", 1) == 0:
            return Field("", "number", "i", shown=lambda value: "" if isinstance(value, bytes) else day(value))
        return Field("", "number", "q", shown=_shower(timedelta(milliseconds=1)))
    unit = _UNITS.get(table.number(0, "h"), timedelta(microseconds=0.001))
    if kind == _TIMESTAMP:
        return Field("", "number", "q", shown=_shower(unit, table.number(0, "h")))
    return Field("", "number", "i" if kind == _TIME and table.number(1, "i", 32) == 32 else "q")  # noqa: PLR2004 - bits


def _shower(unit: timedelta, code: int = 1) -> Shown:
    if code == 3:  # noqa: PLR2004 - nanoseconds, which are finer than a timedelta
        return lambda value: "" if isinstance(value, bytes) else moment(value // 1000, timedelta(microseconds=1))
    return lambda value: "" if isinstance(value, bytes) else moment(value, unit)


def _decimal(value: float | bytes, scale: int) -> str:
    whole = int.from_bytes(value, "little", signed=True) if isinstance(value, bytes) else int(value)
    return str(whole) if scale <= 0 else number(whole / 10 ** min(scale, 300))
