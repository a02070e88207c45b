"""Tables in a text, whatever they are written in, as rows of cells with their places: nothing is parsed for good.

A grid is a table with its header first. What is no table gives rows as well; the caller asks what the header says.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from opensafe.detectors.textlines import line_end, lines_at

_MAX_ROWS = 200_000
_MAX_COLUMNS = 500
_HEAD = 20_000  # bytes of the first line
_DELIMITERS = b"\t,;|"
_QUOTED = re.compile(rb'"[^"\n]{0,4000}"')
_INSERT = re.compile(
    rb"(?i)insert[ \t\r\n]{1,10}into[ \t\r\n]{1,10}[\w.\[\]\"`]{1,120}[ \t\r\n]{0,10}"
    rb"(?=\([^()]{1,4000}\)[ \t\r\n]{0,10}values)"
)
_VALUES = re.compile(rb"(?i)[ \t\r\n]{0,10}values[ \t\r\n]{0,10}|[ \t\r\n]{0,40},[ \t\r\n]{0,40}")
_ITEM = re.compile(
    rb"[ \t\r\n]{0,40}(?:[NnEe]?'(?P<text>(?:[^'\n]|''){0,2000}+)'"
    rb"|(?P<plain>[^,'()]{0,400}))[ \t\r\n]{0,40}(?P<end>[,)])"
)
_TABLE = re.compile(rb"(?i)<table\b")
_ROW = re.compile(rb"(?i)<tr\b")
_CELL = re.compile(rb"(?is)<t[hd]\b[^>]{0,400}>\s{0,40}(?:<(?:p|span|b|strong)\b[^>]{0,200}>)?(?P<cell>[^<]{0,1000})")
_WORD = re.compile(rb"[^ \t]{1,200}")

BLANKS = frozenset({b" ", b"\t"})
BLANKS_AND_BREAKS = BLANKS | {b"\r", b"\n", b""}
_BLANK_OR_END = BLANKS | {b""}

Cell = tuple[int, int]
"""Where a cell begins and ends."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row. In printed tables cells have no numbers: they stand below the header or do not."""

    cells: tuple[Cell, ...]


Grid = Iterator[Row]


def delimited(data: bytes) -> Grid:
    """A text of separated values, by what its first line uses most; no rows where it uses nothing."""
    first = _QUOTED.sub(lambda match: b"x" * len(match.group()), data[:_HEAD].split(b"\n", 1)[0])
    delimiter = max((bytes([mark]) for mark in _DELIMITERS), key=first.count)
    if delimiter not in first:
        return
    at = 0
    for _ in range(_MAX_ROWS):
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
        for piece in islice(line.split(delimiter), _MAX_COLUMNS):
            yield _stripped(data, at, at + len(piece))
            at += len(piece) + 1
        return
    for place in range(start, end):
        byte = data[place : place + 1]
        if byte == b'"':
            quoted = not quoted
        elif byte == delimiter and not quoted:
            yield _stripped(data, at, place)
            at = place + 1
    yield _stripped(data, at, end)


def _stripped(data: bytes, start: int, end: int) -> Cell:
    cell = data[start:end]
    left = len(cell) - len(cell.lstrip(b" \r\"'"))
    right = len(cell.rstrip(b" \r\"'"))
    return start + left, start + max(left, right)


def inserted(data: bytes) -> Iterator[Grid]:
    """The rows of SQL statements that name their columns: `INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y')`."""
    return (_inserted(data, statement) for statement in _statements(data))


@lru_cache(maxsize=1)  # several detectors look at one text after the other
def _statements(data: bytes) -> tuple[re.Match[bytes], ...]:
    small = data.lower()  # `re` takes twenty times as long to find a word in either case
    found: list[re.Match[bytes]] = []
    at = small.find(b"insert")
    while at >= 0:
        statement = _INSERT.match(data, at)
        found += [statement] if statement else []
        at = small.find(b"insert", statement.end() if statement else at + 1)
    return tuple(found)


def _inserted(data: bytes, statement: re.Match[bytes]) -> Grid:
    at = statement.end()
    for _ in range(_MAX_ROWS):
        cells, at = _list(data, at)
        behind = _VALUES.match(data, at)
        if not cells:
            return
        yield Row(tuple(cells))
        if behind is None:
            return
        at = behind.end()


def _list(data: bytes, at: int) -> tuple[list[Cell], int]:
    """The cells of a list in brackets, and where it ends; none where it is something else."""
    cells: list[Cell] = []
    if data[at : at + 1] != b"(":
        return [], at
    at += 1
    while len(cells) < _MAX_COLUMNS and (item := _ITEM.match(data, at)):
        group = "plain" if item["text"] is None else "text"
        cells.append(_stripped(data, item.start(group), item.end(group)))
        at = item.end()
        if item["end"] == b")":
            return cells, at
    return [], at


def of_pages(data: bytes) -> Iterator[Grid]:
    """The tables of HTML."""
    for start in _tables(data):
        end = data.find(b"</table", start)
        yield _of_page(data, start, len(data) if end < 0 else end)


@lru_cache(maxsize=1)
def _tables(data: bytes) -> tuple[int, ...]:
    """Behind the word of each; most texts have no `<t` at all, which is found out at once."""
    if b"<t" not in data and b"<T" not in data:
        return ()
    return tuple(table.end() for table in _TABLE.finditer(data))


def _of_page(data: bytes, start: int, end: int) -> Grid:
    rows = [match.start() for match in islice(_ROW.finditer(data, start, end), _MAX_ROWS)]
    for first, last in pairwise([*rows, end]):
        cells = islice(_CELL.finditer(data, first, last), _MAX_COLUMNS)
        yield Row(tuple(_stripped(data, cell.start("cell"), cell.end("cell")) for cell in cells))


def printed(
    data: bytes, mentions: Iterable[int], header: re.Pattern[bytes], before: frozenset[bytes] = BLANKS, rows: int = 200
) -> Iterator[Grid]:
    """Tables as R and pandas print them: below each line on which `header` matches, words that end or begin with it.

    Only lines with one of the ends `mentions` (in order) are looked at. `header` is in small
    letters, and one of `before` stands before it.

    Each grid has one column: the word of the header, and in every row the words that stand in its place.
    """
    for start, end in lines_at(data, mentions):
        if end == len(data) or end - start > _HEAD:
            continue
        for match in header.finditer(data[start : end + 1].lower()):
            if data[max(0, start + match.start() - 1) : start + match.start()] in before:
                head = start + match.start(), start + match.end()
                yield _below(data, match.span(), head, end + 1, rows)


def _below(data: bytes, columns: Cell, head: Cell, at: int, rows: int) -> Grid:
    yield Row((head,))
    for _ in range(rows):
        end = line_end(data, at)
        line = data[at : min(end, at + _HEAD)]
        if not line.strip():
            return
        yield Row(tuple((at + start, at + stop) for start, stop in _standing(line, columns)))
        if end == len(data):
            return
        at = end + 1


def _standing(line: bytes, columns: Cell) -> list[Cell]:
    """The first word of a line that begins where the columns begin, or ends where they end."""
    first, last = columns
    found: list[Cell] = []
    if (first == 0 or _is_blank(line, first - 1)) and (word := _WORD.match(line, first)):
        found.append(word.span())
    if last <= len(line) and _is_blank(line, last) and not _is_blank(line, last - 1):
        found.append((max(line.rfind(b" ", 0, last), line.rfind(b"\t", 0, last)) + 1, last))
    return sorted(found)[:1]


def _is_blank(line: bytes, at: int) -> bool:
    """Beyond its end a line is blank."""
    return line[at : at + 1] in _BLANK_OR_END


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
