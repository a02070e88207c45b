"""Tables in a text, whatever they are written in, as rows of cells with their places: nothing is parsed for good.

A grid is a table with its header first. What is no table gives rows as well; the caller asks what the header says.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from opensafe.detectors.textlines import line_end, lines_at
from opensafe.model.expressions import expression

MAX_ROWS = 200_000
MAX_COLUMNS = 500
_HEAD = 20_000  # bytes of the first line
_DELIMITERS = b"\t,;|"
_QUOTED = expression(rb'"[^"\n]{0,4000}"')

Cell = tuple[int, int]
"""Where a cell begins and ends."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, in the order of the columns; an empty one is a place without length."""

    cells: tuple[Cell, ...]


Grid = Iterator[Row]


def delimited(data: bytes, at: int = 0) -> Grid:
    """Separated values from the line at an offset on, by what it uses most; no rows where it uses nothing."""
    first = _QUOTED.sub(lambda match: b"x" * len(match.group()), data[at : at + _HEAD].split(b"\n", 1)[0])
    delimiter = max((bytes([mark]) for mark in _DELIMITERS), key=first.count)
    if delimiter not in first:
        return
    for _ in range(MAX_ROWS):
        if at >= len(data):
            return
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        yield Row(tuple(_split(data, at, end, delimiter)))
        at = end + 1


def _split(data: bytes, start: int, end: int, delimiter: bytes) -> Iterator[Cell]:
    """Cells of a line; a delimiter in quotes is part of a cell, and quotes and spaces around it are not."""
    at, quoted = start, False
    line = data[start:end]
    if b'"' not in line:
        for piece in islice(line.split(delimiter), MAX_COLUMNS):
            yield stripped(data, at, at + len(piece))
            at += len(piece) + 1
        return
    for mark in _marks(delimiter).finditer(data, start, end):
        if mark.group() == b'"':
            quoted = not quoted
        elif not quoted:
            yield stripped(data, at, mark.start())
            at = mark.end()
    yield stripped(data, at, end)


@lru_cache(maxsize=len(_DELIMITERS))
def _marks(delimiter: bytes) -> re.Pattern[bytes]:
    return re.compile(b'["' + re.escape(delimiter) + b"]")


def stripped(data: bytes, start: int, end: int, marks: bytes = b" \r\"'") -> Cell:
    """A cell without the blanks and quotes around it."""
    cell = data[start:end]
    left = len(cell) - len(cell.lstrip(marks))
    right = len(cell.rstrip(marks))
    return start + left, start + max(left, right)


def listed(data: bytes, mentions: Iterable[int], is_head: Callable[[bytes], object]) -> Iterator[Grid]:
    """Values one a line, as they come out of a pickle: below a line that is a header, those up to the next one.

    A header is a line with one of the ends `mentions` (in order) of which `is_head` says so.
    """
    heads = [line for line in lines_at(data, mentions) if is_head(data[slice(*line)])]
    for head, (end, _) in pairwise([*heads, (len(data), len(data))]):
        yield _under(data, head, end)


def _under(data: bytes, head: Cell, end: int) -> Grid:
    yield Row((head,))
    at = head[1] + 1
    while at < end:
        start, at = at, line_end(data, at) + 1
        yield Row(((start, at - 1),))
