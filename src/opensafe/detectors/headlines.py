"""Whether a reader of tables in texts could take a line for a header: asked once of a piece of text.

What is read of every version of a file is only what passes here. Where the line is not enough to tell, it passes; a
file that is one table, whose header can say anything, is not asked about.
"""

from itertools import islice, takewhile

from opensafe.detectors.grids import delimited
from opensafe.detectors.printedgrids import is_header
from opensafe.detectors.textlines import is_whole_line, short_line_around
from opensafe.detectors.valuelists import may_name_list
from opensafe.model.expressions import expression

FIRST_ROWS = 5
"""Rows below the header of which most must have as many cells as it has, before lines of a text are taken for a
table."""

_PLAIN_CELL = expression(rb"[^=(){}]{0,80}")
_LONGEST = 4_000  # bytes of a line, and of a statement before it names a column
_ALONE = expression(rb"[ \t]{0,80}[\w./'-]{1,80}(?:[ \t]{1,4}[\w./'-]{1,80}){0,4}[ \t]{0,4}\r?")
_TAG_BEFORE = expression(rb"(?:^|[\w\"'/ \t])>[^<>]{0,200}\Z")
_TAG_BEHIND = expression(rb"[^<>]{0,200}</?[A-Za-z]")
_STATEMENT = expression(rb"(?i:insert|create)[ \t\r\n]|(?i:copy)[ ]{1,4}[\w.\"]{1,120}[ ]{0,4}\(")
_FIRST_OF_PART = expression(rb"(?:^|[,(])[ \t]{0,80}(?:[\[\"`][^\]\"`]{0,80}|[\w$#.]{0,80})\Z")
_MARKED = expression(rb"[ \t]{0,4}\|?[ \t]{0,4}:?-{2,80}[ \t:|-]{0,2000}\r?")
_OF_STATEMENT = expression(rb"[\w \t,.\[\]\"`()#$'-]{0,4000}(?:\);)?\r?")


def is_plain_head(cell: bytes) -> bool:
    """Whether a cell can stand in the header of a table among text: code has calls and assignments there."""
    return _PLAIN_CELL.fullmatch(cell) is not None


def is_marked(data: bytes, at: int) -> bool:
    """Whether the line that begins there is the rule below a header in Markdown."""
    return is_whole_line(_MARKED, data, at)


def can_stand_in_text(data: bytes, end: int) -> bool:
    """Whether what ends there can be in a header, or in the name of a list."""
    at = end - 1
    line = short_line_around(data, at, _LONGEST)
    if line is None or may_name_list(data, at):
        return True
    before, whole = data[line[0] : end], data[slice(*line)]
    return (
        is_header(data, line)
        or _ALONE.fullmatch(whole) is not None
        or b"~" in before  # tribble(~name, …)
        or _TAG_BEFORE.search(before) is not None
        or _TAG_BEHIND.match(data, end, line[1]) is not None
        or is_marked(data, line[1] + 1)
        or _names_column(data, line, before)
        or _is_even(data, line)
    )


def _names_column(data: bytes, line: tuple[int, int], before: bytes) -> bool:
    """Whether a statement of SQL can name a column there: in the paragraph of its first word, or alone in its part."""
    if _FIRST_OF_PART.search(before) and _OF_STATEMENT.fullmatch(data, *line):
        return True
    begin = max(0, line[0] - _LONGEST)
    begin = max(begin, data.rfind(b"\n\n", begin, line[0]), data.rfind(b"\n\r\n", begin, line[0]))
    return _STATEMENT.search(data, begin, line[0] + len(before)) is not None


def _is_even(data: bytes, line: tuple[int, int]) -> bool:
    """Whether it can be the header of separated values; a blank line below leaves it open what comes behind it."""
    rows = delimited(data, line[0])
    head = next(rows, None)
    if head is None or not all(is_plain_head(data[slice(*cell)]) for cell in head.cells):
        return False
    below = list(
        takewhile(lambda row: len(row.cells) > 1 or row.cells[0][0] < row.cells[0][1], islice(rows, FIRST_ROWS))
    )
    agree = sum(len(row.cells) == len(head.cells) for row in below)
    return len(below) < FIRST_ROWS or agree * 2 > FIRST_ROWS
