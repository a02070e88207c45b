"""Which column of a delimited text, or which key of a JSON text, places stand in: one walk, no parsing."""

import re
from collections.abc import Iterable, Iterator

from opensafe.model.expressions import expression

_DELIMITERS = b"\t,;|"
_KEY = expression(rb"\"([\w .-]{1,60})\"\s{0,4}:")
_QUOTED = expression(rb'"[^"\n]{0,4000}"')
_HEADER_BYTES = 20_000


def header_of(data: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """The delimiter that the first line uses most and its cells; (b"", ()) where it uses none."""
    line = _QUOTED.sub(_without_delimiters, data[:_HEADER_BYTES].split(b"\n", 1)[0])
    counts = {bytes([mark]): line.count(mark) for mark in _DELIMITERS}
    delimiter = max(counts, key=lambda mark: counts[mark])
    if not counts[delimiter]:
        return b"", ()
    return delimiter, tuple(cell.strip(b' "\r') for cell in line.split(delimiter))


def columns_of(data: bytes, places: Iterable[int], delimiter: bytes) -> Iterator[int]:
    """For each of the rising offsets the number of delimiters before it on its line; those in quotes do not count."""
    before, column, quoted = 0, 0, False
    for place in places:
        piece = data[before:place]
        line_start = piece.rfind(b"\n") + 1
        if line_start:
            column, quoted = 0, False
        for number, part in enumerate(piece[line_start:].split(b'"')):
            quoted = quoted != (number > 0)
            column += 0 if quoted else part.count(delimiter)
        before = place
        yield column


def keys_of(data: bytes, places: Iterable[int]) -> Iterator[bytes]:
    """For each of the rising offsets the last JSON key before it, or nothing."""
    before, key = 0, b""
    for place in places:
        for match in _KEY.finditer(data, before, place):
            key = match[1]
        before = place
        yield key


def _without_delimiters(match: re.Match[bytes]) -> bytes:
    return match.group().translate(None, _DELIMITERS)
