"""SAS transport files, versions 5 and 8 (SAS, TS-140 and "Record Layout of a SAS Version 8 or 9 Transport File")."""

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from opensafe.formats.datafiles.cells import SAS_EPOCH, day, moment, number
from opensafe.formats.datafiles.frame import Frame, Item, Notes, checked_cells, text
from opensafe.model.expressions import expression

_RECORD = 80
_MEMBER = expression(rb"HEADER RECORD\*{7}MEM(?:BER|BV8) {1,2}HEADER RECORD!{7}.{26}(?P<size>[0-9]{4})", re.DOTALL)
_NAMES = expression(rb"HEADER RECORD\*{7}NAM(?:ESTR|STV8) {0,1}HEADER RECORD!{7}.{6}(?P<count>[0-9]{4})", re.DOTALL)
_ROWS = expression(rb"HEADER RECORD\*{7}OBS(?:     |V8   )HEADER RECORD!{7}")
DATES = frozenset({b"DATE", b"DDMMYY", b"MMDDYY", b"YYMMDD", b"WEEKDATE", b"E8601DA", b"MONYY"})
MOMENTS = frozenset({b"DATETIME", b"E8601DT"})


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    start: int
    size: int
    shown: Callable[[bytes], str]


def read_xport(data: bytes, _limit: int) -> Iterator[Item]:
    """Every table of the file: its labels, then its rows. Raises BROKEN where there is none."""
    members = [found.start() for found in _MEMBER.finditer(data)]
    if not members:
        raise ValueError
    for start, stop in zip(members, [*members[1:], len(data)], strict=True):
        yield from _member(data[start:stop])


def _member(data: bytes) -> Iterator[Item]:
    names, rows = _NAMES.search(data), _ROWS.search(data)
    head = _MEMBER.match(data)
    if names is None or rows is None or head is None:
        raise ValueError
    size = int(head["size"]) or 140
    described = data[names.start() + _RECORD : rows.start()]
    count = min(int(names["count"]), len(described) // size)
    columns = [_column(described[at : at + size]) for at in range(0, count * size, size)]
    name = text(data[2 * _RECORD + 8 : 2 * _RECORD + 40].split()[0]) if data[168:200].strip() else ""
    yield Notes("notes", _notes(data[2 * _RECORD : names.start()], described, count, size))
    yield Frame(name, [column.name for column in columns], _rows(data[rows.start() + _RECORD :], columns))


def _notes(head: bytes, described: bytes, count: int, size: int) -> Iterator[bytes]:
    """Dates and the label of the table, and the labels of its columns."""
    yield head
    for at in range(0, count * size, size):
        yield text(described[at + 16 : at + 56]).rstrip().encode("utf-8")
    yield described[count * size :].rstrip()  # labels of more than 40 characters


def _column(raw: bytes) -> _Column:
    kind, _, size, _ = struct.unpack_from(">4H", raw)
    (start,) = struct.unpack_from(">I", raw, 84)
    long = raw[88:120].rstrip(b" \0")
    name = text(long or raw[8:16].rstrip(b" \0"))
    if kind == 2:  # noqa: PLR2004 - characters
        return _Column(name, start, size, lambda value: text(value).rstrip(" \0"))
    form = raw[56:64].rstrip(b" \0")
    return _Column(name, start, size, lambda value: _shown(value, form))


def _shown(raw: bytes, form: bytes) -> str:
    value = ibm_double(raw)
    if value is None:
        return ""
    if form in DATES:
        return day(value, SAS_EPOCH)
    return moment(value, timedelta(seconds=1), SAS_EPOCH) if form in MOMENTS else number(value)


def ibm_double(raw: bytes) -> float | None:
    """A number as mainframes wrote it: a sign, an exponent of 16, and up to 56 bits; `None` for a missing one."""
    raw = raw.ljust(8, b"\0")
    fraction = int.from_bytes(raw[1:8], "big")
    if not fraction:
        return None if raw[0] else 0.0
    value = fraction * 16.0 ** ((raw[0] & 0x7F) - 78)
    return -value if raw[0] & 0x80 else value


def _rows(data: bytes, columns: list[_Column]) -> Iterator[list[str]]:
    width = max((column.start + column.size for column in columns), default=0)
    if not width:
        return
    if sum(column.size for column in columns) > width:  # columns do not overlap
        raise ValueError
    rows = len(data) // width
    checked_cells(rows * len(columns))
    for at in range(0, rows * width, width):
        row = data[at : at + width]
        if row.strip():
            yield [column.shown(row[column.start : column.start + column.size]) for column in columns]
