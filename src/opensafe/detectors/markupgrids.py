"""The tables of HTML, and those of Word and PowerPoint in their XML."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, pairwise

from opensafe.detectors.grids import MAX_COLUMNS, MAX_ROWS, Cell, Grid, Row, stripped
from opensafe.detectors.textlines import lowered
from opensafe.model.expressions import expression

_TABLE = expression(rb"(?i)<(?:table|[wa]:tbl)[\s>]")
_END = expression(rb"(?i)</(?:table|[wa]:tbl)\b")
_ROW = expression(rb"(?i)<(?:[wa]:)?tr[\s>]")
_CELL = expression(rb"(?i)<(?:t[hd]|[wa]:tc)[\s>]")
_TEXT = expression(rb">[ \t\r\n]{0,40}(?P<text>[^<>\s][^<>]{0,1000})")
_MARKS = (b"<table", b":tbl")


def of_pages(data: bytes) -> Iterator[Grid]:
    """Every table, its header first; a cell is the first text in it."""
    if not _holds_tables(data):
        return
    starts = [table.end() for table in _TABLE.finditer(data)]
    for start, following in pairwise([*starts, len(data)]):
        end = _END.search(data, start, following)  # a table within one ends it: what nests is layout
        yield _of_page(data, start, end.start() if end else following)


@lru_cache(maxsize=1)  # several detectors look at one text after the other
def _holds_tables(data: bytes) -> bool:
    small = lowered(data)
    return any(mark in small for mark in _MARKS)


def _of_page(data: bytes, start: int, end: int) -> Grid:
    rows = [match.start() for match in islice(_ROW.finditer(data, start, end), MAX_ROWS)]
    for first, last in pairwise([*rows, end]):
        begins = [cell.end() - 1 for cell in islice(_CELL.finditer(data, first, last), MAX_COLUMNS)]
        yield Row(tuple(_text(data, *bounds) for bounds in pairwise([*begins, last])))


def _text(data: bytes, start: int, end: int) -> Cell:
    """The first text of a cell; the tag of the next one ends it."""
    found = _TEXT.search(data, start, end)
    return stripped(data, *found.span("text")) if found else (start, start)
