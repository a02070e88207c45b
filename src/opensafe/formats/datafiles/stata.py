"""Stata's data files, releases 113 to 119 (Stata, help dta): labels, characteristics, and the table."""

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from opensafe.formats.datafiles.cells import STATA_EPOCH, day, moment, number
from opensafe.formats.datafiles.frame import Frame, Item, Notes, checked_cells, text
from opensafe.formats.datafiles.statalayout import Layout, byteorder, newer_layout, older_layout

_SIZES = {"b": 1, "h": 2, "i": 4, "f": 4, "d": 8}
_MISSING = {"b": 100, "h": 32_740, "i": 2_147_483_620, "f": 1.7e38, "d": 8.9e307}
"""The greatest values of each type; what is above them stands for a missing one."""


@dataclass(frozen=True, slots=True)
class _Column:
    """How a column stands in a row: so many bytes, and what makes a cell of them."""

    size: int
    shown: Callable[[bytes], str]


def read_stata(data: bytes, _limit: int) -> Iterator[Item]:
    """Labels and characteristics, then the table."""
    layout = newer_layout(data) if data.startswith(b"<") else older_layout(data)
    yield Notes("notes", (text(note).encode("utf-8") for note in layout.notes if note))
    long = dict(_long_strings(layout)) if layout.release > 115 else {}  # noqa: PLR2004 - long strings came with 117
    columns = [_column(kind, form, layout, long) for kind, form in zip(layout.types, layout.formats, strict=True)]
    yield Frame("", layout.names, _rows(layout, columns))


def _rows(layout: Layout, columns: Sequence[_Column]) -> Iterator[list[str]]:
    width = sum(column.size for column in columns)
    rows = min(layout.rows, len(layout.data) // width) if width else 0
    checked_cells(rows * len(columns))
    for row in range(rows):
        at = row * width
        cells: list[str] = []
        for column in columns:
            cells.append(column.shown(layout.data[at : at + column.size]))
            at += column.size
        yield cells
    if rows < layout.rows and columns:
        raise EOFError


def _column(kind: int | str, form: bytes, layout: Layout, long: dict[bytes, str]) -> _Column:
    if isinstance(kind, int):
        return _Column(kind, lambda raw: text(raw.partition(b"\0")[0]))
    if kind == "L":
        return _Column(8, lambda raw: long.get(_reference(raw, layout), ""))
    most, packed = _MISSING[kind], struct.Struct(layout.order + kind)
    shown = _shower(form)
    return _Column(_SIZES[kind], lambda raw: shown(value) if (value := packed.unpack(raw)[0]) <= most else "")


def _shower(form: bytes) -> Callable[[float], str]:
    if form.startswith((b"%td", b"%d", b"%-td", b"%-d")):
        return lambda value: day(value, STATA_EPOCH)
    if form.startswith((b"%tc", b"%tC", b"%-tc")):
        return lambda value: moment(value, timedelta(milliseconds=1), STATA_EPOCH)
    return number


def _reference(raw: bytes, layout: Layout) -> bytes:
    """The variable and the observation that a long string belongs to, as its record has them."""
    if layout.release == 117:  # noqa: PLR2004 - four bytes each
        return raw
    split = 2 if layout.release == 118 else 3  # noqa: PLR2004 - and five or six for the observation
    variable = int.from_bytes(raw[:split], byteorder(layout.order))
    observation = int.from_bytes(raw[split:], byteorder(layout.order))
    return struct.pack(f"{layout.order}IQ", variable, observation)


def _long_strings(layout: Layout) -> Iterator[tuple[bytes, str]]:
    size = 8 if layout.release == 117 else 12  # noqa: PLR2004 - the bytes of a reference
    at = 0
    while layout.long.startswith(b"GSO", at):
        reference = layout.long[at + 3 : at + 3 + size]
        (length,) = struct.unpack_from(f"{layout.order}I", layout.long, at + 4 + size)
        start = at + 8 + size
        yield reference, text(layout.long[start : start + length].rstrip(b"\0"))
        at = start + length
