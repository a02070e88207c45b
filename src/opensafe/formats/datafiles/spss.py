"""SPSS system files, plain, compressed by commands, and zsav (PSPP Developers Guide, System File Format)."""

import struct
from collections.abc import Iterator, Sequence
from datetime import timedelta

from opensafe.formats.datafiles.cells import SPSS_EPOCH, moment, number
from opensafe.formats.datafiles.frame import Frame, Item, Notes, checked_cells, text
from opensafe.formats.datafiles.spssdictionary import Dictionary, Variable, merged, read_dictionary
from opensafe.formats.datafiles.unpacking import inflated

_SEGMENT = 8
_PIECE = 255  # bytes of each variable of a long string but the last; the last of them holds nothing
_MOMENTS = frozenset({20, 22, 23, 24, 28, 29, 30, 38, 39, 41})  # print formats that show a date
_SKIP, _END, _LITERAL, _SPACES, _MISSING = 0, 252, 253, 254, 255
_NO_VALUE = b""


def read_spss(data: bytes, limit: int) -> Iterator[Item]:
    """Labels and documents, then the cases as a table."""
    found = read_dictionary(data)
    yield Notes("notes", (text(note).rstrip("\0 ").encode("utf-8") for note in found.notes))
    columns = list(merged(found))
    yield Frame("", [column[0].name for column in columns], _rows(data, found, columns, limit))


def _rows(data: bytes, found: Dictionary, columns: Sequence[Sequence[Variable]], limit: int) -> Iterator[list[str]]:
    segments = _segments(data, found, limit)
    cells = 0
    while True:
        row = [_cell(column, segments, found.order) for column in columns]
        if not row or None in row:
            return
        cells = checked_cells(cells + len(row))
        yield [cell for cell in row if cell is not None]


def _cell(column: Sequence[Variable], segments: Iterator[bytes], order: str) -> str | None:
    """`None` where the cases end."""
    pieces: list[bytes] = []
    for variable in column:
        taken = [segment for _ in range(variable.segments) if (segment := next(segments, None)) is not None]
        if len(taken) < variable.segments:
            return None
        pieces.append(b"".join(taken)[: min(variable.width, _PIECE) or None])
    if column[0].width:
        return text(b"".join(pieces)).rstrip()
    return _number(pieces[0], column[0].form, order) if pieces[0] else ""


def _number(raw: bytes, form: int, order: str) -> str:
    (value,) = struct.unpack(f"{order}d", raw)
    if abs(value) > 1e300:  # noqa: PLR2004 - the lowest double there is stands for a missing value
        return ""
    return moment(value, timedelta(seconds=1), SPSS_EPOCH) if form in _MOMENTS else number(value)


def _segments(data: bytes, found: Dictionary, limit: int) -> Iterator[bytes]:
    """The values of all cases in order, eight bytes each; nothing for a missing number."""
    if found.compression == 0:
        for at in range(found.data_at, len(data) - _SEGMENT + 1, _SEGMENT):
            yield data[at : at + _SEGMENT]
    elif found.compression == 1:
        yield from _commanded(data[found.data_at :], found)
    else:
        yield from _commanded(b"".join(_blocks(data, found, limit)), found)


def _blocks(data: bytes, found: Dictionary, limit: int) -> Iterator[bytes]:
    """The blocks of zlib, listed at the end of the file."""
    _, trailer, _ = struct.unpack_from(f"{found.order}qqq", data, found.data_at)
    (count,) = struct.unpack_from(f"{found.order}i", data, trailer + 20)
    for at in range(trailer + 24, trailer + 24 + 24 * count, 24):
        _, start, _, size = struct.unpack_from(f"{found.order}qqii", data, at)
        block = inflated(data[start : start + size], limit)
        limit -= len(block)
        yield block


def _commanded(packed: bytes, found: Dictionary) -> Iterator[bytes]:
    """Eight commands of a byte, then the values that they announce."""
    at = 0
    while at + _SEGMENT <= len(packed):
        commands = packed[at : at + _SEGMENT]
        at += _SEGMENT
        for command in commands:
            if command == _LITERAL:
                yield packed[at : at + _SEGMENT]
                at += _SEGMENT
            elif command == _END:
                return
            elif command != _SKIP:
                yield _announced(command, found)


def _announced(command: int, found: Dictionary) -> bytes:
    if command == _SPACES:
        return b" " * _SEGMENT
    return _NO_VALUE if command == _MISSING else struct.pack(f"{found.order}d", command - found.bias)
