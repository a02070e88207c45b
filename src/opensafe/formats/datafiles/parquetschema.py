"""The schema of a Parquet file (Apache Parquet, parquet.thrift): columns, and how their values are shown."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from opensafe.formats.datafiles.cells import day, moment, number
from opensafe.formats.datafiles.frame import text
from opensafe.formats.datafiles.thrift import Record

BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTES, FIXED = range(8)
SIZES = {INT32: 4, INT64: 8, INT96: 12, FLOAT: 4, DOUBLE: 8}
FORMS = {INT32: "i", INT64: "q", FLOAT: "f", DOUBLE: "d"}

_REPEATED, _OPTIONAL = 2, 1
_DECIMAL, _DATE, _MILLIS, _MICROS = 5, 6, 9, 10
_JULIAN_EPOCH = 2_440_588  # the Julian day of 1970-01-01
_UNITS = {1: timedelta(milliseconds=1), 2: timedelta(microseconds=1), 3: timedelta(microseconds=0.001)}
_DEPTH = 64
_MOST_COLUMNS = 20_000
_LONGEST_NAME = 1000  # characters of a path: its pieces may be shared by many columns


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values. `shown` makes a cell of a value as it is stored: a number, or bytes."""

    name: str
    kind: int
    size: int
    levels: int  # how many definition levels there are: 0 where no value can be missing
    repeats: int  # how many repetition levels: 0 for one value a row
    shown: Callable[[float | bytes], str]


def columns_of(elements: list[Record]) -> list[Column]:
    """The leaves of the schema, which is a tree written from the root on. Raises ValueError."""
    if len(elements) > _MOST_COLUMNS:
        raise ValueError
    rest = iter(elements)
    root = next(rest, Record())
    return [column for _ in range(root.number(5)) for column in _columns(rest, (), 0, 0)]


def _columns(rest: Iterator[Record], above: tuple[str, ...], levels: int, repeats: int) -> Iterator[Column]:
    element = next(rest, None)
    if element is None or len(above) > _DEPTH:
        raise ValueError
    path = (*above, text(element.raw(4)))
    levels += element.number(3) in {_OPTIONAL, _REPEATED}
    repeats += element.number(3) == _REPEATED
    if element.has(1):
        yield Column(
            ".".join(path)[:_LONGEST_NAME], element.number(1), element.number(2), levels, repeats, _shower(element)
        )
    else:
        for _ in range(element.number(5)):
            yield from _columns(rest, path, levels, repeats)


def _shower(element: Record) -> Callable[[float | bytes], str]:
    kind, converted, logical = element.number(1), element.number(6, -1), element.record(10)
    if converted == _DECIMAL or logical.has(5):
        scale = max(element.number(7), logical.record(5).number(1))
        return lambda value: _decimal(value, scale)
    if converted == _DATE or logical.has(6):
        return lambda value: day(value) if not isinstance(value, bytes) else text(value)
    unit = _unit(converted, logical)
    if unit:
        return lambda value: moment(value, unit) if not isinstance(value, bytes) else text(value)
    return _old_moment if kind == INT96 else _plain


def _unit(converted: int, logical: Record) -> timedelta | None:
    if converted in {_MILLIS, _MICROS}:
        return _UNITS[converted - 8]
    units = logical.record(8).record(2).fields
    return next((unit for key, unit in _UNITS.items() if key in units), None)


def _plain(value: float | bytes) -> str:
    return text(value) if isinstance(value, bytes) else number(value)


def _decimal(value: float | bytes, scale: int) -> str:
    whole = int.from_bytes(value, "big", signed=True) if isinstance(value, bytes) else int(value)
    digits = str(abs(whole)) if abs(whole) < 10**40 else ""
    if 0 < scale < len(digits):
        digits = f"{digits[:-scale]}.{digits[-scale:]}"
    return f"-{digits}" if whole < 0 else digits


def _old_moment(value: float | bytes) -> str:
    """Nanoseconds of the day and the Julian day, as old programs of the Hadoop family write moments."""
    if not isinstance(value, bytes) or len(value) != SIZES[INT96]:
        return ""
    nanoseconds, julian = struct.unpack("<qi", value)
    return moment((julian - _JULIAN_EPOCH) * 86_400 + nanoseconds // 10**9, timedelta(seconds=1))
