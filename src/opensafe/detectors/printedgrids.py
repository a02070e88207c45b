"""Tables as R, pandas and databases print them: columns are told by the blanks that all lines have in one place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from opensafe.detectors.grids import Cell, Grid, Row
from opensafe.detectors.textlines import is_whole_line, line_around, line_end
from opensafe.model.expressions import expression

_MOST_ROWS = 200
_LONGEST = 4_000  # bytes of a line
_INDENTED = expression(rb"[ \t]{1,400}+(?![*#/%])[^\r\n]")
_UP_TO_CODE = expression(rb"[^\n]*[=(){}\[\]:;,\"'<>]")  # what no header of a printed table holds
_WORDS_APART = expression(rb"[^ \t\r\n](?:[ ]{2}|\t)[^\r\n]")
_RULED = expression(rb"[ \t+|-]{3,2000}\r?")
_APART = 2  # blanks between two columns, where they cannot be words of one


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in characters, and where each of them begins in the text (one more than there are)."""

    text: str
    starts: Sequence[int]


def printed(data: bytes, mentions: Iterable[int]) -> Iterator[Grid]:
    """The tables of whose header one of the rising offsets is part. Rows go down to a blank line, at most 200."""
    reached = -1
    for at in mentions:
        head = line_around(data, at)
        if head[0] <= reached or not is_header(data, head):
            continue
        rows = list(_below(data, head[1]))
        reached = rows[-1][1] if rows else head[1]
        if rows:
            yield _grid(data, [head, *rows])


def is_header(data: bytes, line: Cell) -> bool:
    """Words only, two of them apart or the first indented; or a rule stands below them."""
    if line[1] - line[0] > _LONGEST:
        return False
    return _is_of_words(data[slice(*line)]) or _is_rule(data, line[1] + 1)


def _is_of_words(line: bytes) -> bool:
    """What stands before the last sign of code does not count: an index, a label."""
    code = _UP_TO_CODE.match(line)
    if code is None and _INDENTED.match(line):
        return True
    return _WORDS_APART.search(line, code.end() - 1 if code else 0) is not None


def _is_rule(data: bytes, at: int) -> bool:
    return is_whole_line(_RULED, data, at)


def _below(data: bytes, at: int) -> Iterator[Cell]:
    for number in range(_MOST_ROWS):
        start, at = at + 1, line_end(data, at + 1)
        is_blank = not data[start:at].strip()
        if is_blank and number == 0 and at < len(data):
            continue  # SAS leaves a line below the header
        if at - start > _LONGEST or is_blank:
            return
        if not _RULED.fullmatch(data, start, at):
            yield start, at


def _grid(data: bytes, lines: Sequence[Cell]) -> Grid:
    read = [_read(data, *line) for line in lines]
    columns = _columns([line.text for line in read])
    for line in read:
        yield Row(tuple(_cell(line, *column) for column in columns))


def _read(data: bytes, start: int, end: int) -> _Line:
    text = data[start:end].decode("utf-8", "surrogateescape").replace("\t", " ").replace("|", " ").rstrip("\r")
    if text.isascii():
        return _Line(text, range(start, end + 1))
    starts = [start]
    for character in text:
        starts.append(starts[-1] + len(character.encode("utf-8", "surrogateescape")))
    return _Line(text, starts)


def _columns(lines: Sequence[str]) -> list[Cell]:
    """Stretches of characters, two words of one column together."""
    width = max(map(len, lines))
    filled = bytearray(width)
    for line in lines:
        for word in re.finditer(r"\S+", line):
            filled[word.start() : word.end()] = b"\1" * (word.end() - word.start())
    columns = [found.span() for found in re.finditer(rb"\x01+", filled)]
    return _joined(columns, lines) if columns else []


def _joined(columns: list[Cell], lines: Sequence[str]) -> list[Cell]:
    """A word above nothing, or below nothing, belongs to the column beside it, but the numbers of rows do not."""
    joined = [columns[0]]
    for before, column in pairwise(columns):
        last = joined[-1]
        is_near = column[0] - before[1] < _APART and last[0] > 0
        if is_near and any(_is_empty(part, lines[:1]) or _is_empty(part, lines[1:]) for part in (last, column)):
            joined[-1] = (last[0], column[1])
        else:
            joined.append(column)
    return joined


def _is_empty(column: Cell, lines: Sequence[str]) -> bool:
    return not any(line[slice(*column)].strip() for line in lines)


def _cell(line: _Line, start: int, end: int) -> Cell:
    piece = line.text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    last = start + len(piece.rstrip())
    if first >= last:
        return line.starts[0], line.starts[0]
    return line.starts[first], line.starts[last]
