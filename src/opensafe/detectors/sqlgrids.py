"""The rows of SQL statements as tables: `INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y')`.

A statement that does not name its columns is read by the definition of its table, where the same text holds one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from opensafe.detectors.grids import MAX_COLUMNS, MAX_ROWS, Cell, Grid, Row, stripped
from opensafe.detectors.textlines import line_end, lowered
from opensafe.model.expressions import expression

_BLANK = rb"[ \t\r\n]"
_TABLE = rb"(?P<table>(?:\[[^\]\r\n]{1,80}\]|\"[^\"\r\n]{1,80}\"|[\w.`#$]){1,8}(?:\.|[\w`#$]){0,120})"
_INSERT = expression(
    rb"(?i)insert" + _BLANK + rb"{1,10}(?:or[ ]\w{1,10}[ ])?into" + _BLANK + rb"{1,10}" + _TABLE + _BLANK + rb"{0,10}"
    rb"(?=(?P<named>\((?:\[[^\]\r\n]{1,80}\]|[^()\[]){1,2000}+\)" + _BLANK + rb"{0,10})?values)"
)
_BEGINS = expression(rb"insert" + _BLANK + rb"{1,10}(?:or[ ]\w{1,10}[ ])?into")  # in small letters
_CREATE = expression(
    rb"(?i)create" + _BLANK + rb"{1,10}(?:\w{1,10}" + _BLANK + rb"{1,4}){0,2}table" + _BLANK + rb"{1,10}"
    rb"(?:if"
    + _BLANK
    + rb"{1,4}not"
    + _BLANK
    + rb"{1,4}exists"
    + _BLANK
    + rb"{1,4})?"
    + _TABLE
    + _BLANK
    + rb"{0,10}(?=\()"
)
_VALUES = expression(rb"(?i)" + _BLANK + rb"{0,10}values" + _BLANK + rb"{0,10}")
_NEXT = expression(_BLANK + rb"{0,10}(?i:values)" + _BLANK + rb"{0,10}|" + _BLANK + rb"{0,40}," + _BLANK + rb"{0,40}")
_ITEM = expression(
    _BLANK + rb"{0,40}(?:(?:[A-Za-z_]{1,20}[ ]?(?P<call>\()?)?'(?P<text>(?:[^'\n]|''){0,2000}+)'"
    rb"(?(call)[^()']{0,40}(?:'[^'\n]{0,40}'[^()']{0,10})?\))"  # TO_DATE('1957-03-14', 'YYYY-MM-DD')
    rb"|(?P<plain>\[[^\]\r\n]{1,80}\]|[^,'()]{0,400}))" + _BLANK + rb"{0,40}(?P<end>[,)])"
)
_COLUMN = expression(_BLANK + rb"{0,40}(?P<name>\[[^\]\r\n]{1,80}\]|\"[^\"\r\n]{1,80}\"|`[^`\r\n]{1,80}`|[\w$#]{1,80})")
# As pg_dump writes rows: COPY t (a, b) FROM stdin; then values between tabs, one row a line, down to \\.
_COPY = expression(
    rb"(?i)\bcopy"
    + _BLANK
    + rb"{1,10}[\w.\"]{1,120}"
    + _BLANK
    + rb"{0,4}\((?P<columns>[^()]{1,4000})\)"
    + _BLANK
    + rb"{0,4}from"
    + _BLANK
    + rb"{1,4}stdin[^;\r\n]{0,200};[ \t]{0,4}\r?\n"
)
_COPY_BEGINS = expression(rb"copy" + _BLANK + rb"{1,10}[\w.\"]{1,120}" + _BLANK + rb"{0,4}\(")  # in small letters
_DEPTH = expression(rb"[(),]")
_LONGEST_DEFINITION = 20_000
_AROUND_NAME = b" \r\n\t\"'[]`"


def inserted(data: bytes) -> Iterator[Grid]:
    """The rows of every statement whose columns are known."""
    yield from (_copied(data, copy) for copy in _copies(data))
    defined: Mapping[bytes, Row] | None = None
    for statement in _statements(data):
        if statement["named"]:
            yield _named(data, statement.end())
            continue
        defined = _definitions(data) if defined is None else defined
        header = defined.get(_plain(statement["table"]))
        values = _VALUES.match(data, statement.end())
        if header and values:
            yield _unnamed(data, header, values.end())


@lru_cache(maxsize=1)  # several detectors look at one text after the other
def _statements(data: bytes) -> tuple[re.Match[bytes], ...]:
    return _whole(_BEGINS, _INSERT, data, needed=(b"insert", b"values"))


@lru_cache(maxsize=1)
def _copies(data: bytes) -> tuple[re.Match[bytes], ...]:
    return _whole(_COPY_BEGINS, _COPY, data, needed=(b"stdin",))


def _whole(
    begins: re.Pattern[bytes], whole: re.Pattern[bytes], data: bytes, needed: Iterable[bytes]
) -> tuple[re.Match[bytes], ...]:
    """Where an expression matches, of which the beginning is sought in small letters, and words first: `re` is slow."""
    small = lowered(data)
    if not all(word in small for word in needed):
        return ()
    return tuple(filter(None, (whole.match(data, found.start()) for found in begins.finditer(small))))


def _copied(data: bytes, copy: re.Match[bytes]) -> Grid:
    yield Row(tuple(_split(data, *copy.span("columns"), b",", _AROUND_NAME)))
    at = copy.end()
    for _ in range(MAX_ROWS):
        end = line_end(data, at)
        if at >= len(data) or data[at:end].rstrip() == b"\\.":
            return
        yield Row(tuple(_split(data, at, end, b"\t", b" \r")))
        at = end + 1


def _split(data: bytes, start: int, end: int, mark: bytes, around: bytes) -> Iterator[Cell]:
    for piece in data[start:end].split(mark):
        yield stripped(data, start, start + len(piece), around)
        start += len(piece) + 1


def _named(data: bytes, at: int) -> Grid:
    cells, at = _list(data, at)
    behind = _NEXT.match(data, at)
    if cells:
        yield Row(tuple(stripped(data, *cell, _AROUND_NAME) for cell in cells))
        yield from _rows(data, behind.end()) if behind else ()


def _unnamed(data: bytes, header: Row, at: int) -> Grid:
    yield header
    yield from _rows(data, at)


def _rows(data: bytes, at: int) -> Iterator[Row]:
    for _ in range(MAX_ROWS):
        cells, at = _list(data, at)
        if not cells:
            return
        yield Row(tuple(cells))
        behind = _NEXT.match(data, at)
        if behind is None:
            return
        at = behind.end()


def _list(data: bytes, at: int) -> tuple[list[Cell], int]:
    """The cells of a list in brackets, and where it ends; none where it is something else."""
    cells: list[Cell] = []
    if data[at : at + 1] != b"(":
        return [], at
    at += 1
    while len(cells) < MAX_COLUMNS and (item := _ITEM.match(data, at)):
        group = "plain" if item["text"] is None else "text"
        cells.append(stripped(data, item.start(group), item.end(group)))
        at = item.end()
        if item["end"] == b")":
            return cells, at
    return [], at


def _definitions(data: bytes) -> Mapping[bytes, Row]:
    """The columns of every table that the text defines."""
    return {_plain(found["table"]): Row(tuple(_columns(data, found.end()))) for found in _CREATE.finditer(data)}


def _columns(data: bytes, at: int) -> Iterator[Cell]:
    """The first word of each part of a definition, which begins with its bracket."""
    depth, begin = 1, at + 1
    for mark in _DEPTH.finditer(data, at + 1, at + _LONGEST_DEFINITION):
        depth += {b"(": 1, b")": -1}.get(mark.group(), 0)
        if depth == 0 or (depth == 1 and mark.group() == b","):
            name = _COLUMN.match(data, begin)
            yield stripped(data, *name.span("name"), _AROUND_NAME) if name else (begin, begin)
            begin = mark.end()
        if depth == 0:
            return


def _plain(table: bytes) -> bytes:
    """The name of a table as it is compared: without schema and brackets, in small letters."""
    return table.rpartition(b".")[2].strip(_AROUND_NAME).lower()
