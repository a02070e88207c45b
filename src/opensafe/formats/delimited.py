"""Whether a text is a table of separated values, and by what: judged by rows that agree, not by the file's name."""

import csv
import re
from itertools import islice

from opensafe.model.expressions import expression

DELIMITERS = ("\t", ",", ";", "|")
_ROWS = 100
_AGREE = 5  # rows that must agree where the name does not say csv
_COLUMNS = 3
_HEAD = 65_536
_FIRST = 8192  # bytes of the quick look: most texts have a first line without a delimiter
_CODE = expression(
    r"\s{0,40}(?:import|from|using|library|require|include|#include|def|return|select|insert)\b", re.IGNORECASE
)
_PROSE_CELL = 80  # a mean length of cells above it is prose with commas


def delimiter_of(text: bytes, *, named: bool) -> str:
    """The delimiter, or nothing. `named`: the name of the file says that it is a table, so less is asked."""
    head = text[:_FIRST].split(b"\n", 2 * _AGREE)[: 2 * _AGREE]
    first = [line for line in head if line.strip()][: 1 if named else _AGREE]
    possible = [mark for mark in DELIMITERS if first and all(mark.encode() in line for line in first)]
    lines = _lines(text) if possible else []
    return next((mark for mark in possible if _agrees(lines, mark, named=named)), "")


def _lines(text: bytes) -> list[str]:
    head = text[:_HEAD]
    lines = head.decode("utf-8", "replace").splitlines()
    if len(head) < len(text):
        lines = lines[:-1]
    return [line for line in islice(lines, 4 * _ROWS) if line.strip()][:_ROWS]


def _agrees(lines: list[str], delimiter: str, *, named: bool) -> bool:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return False
    widths = [len(row) for row in rows]
    if named:
        return max(widths, default=0) > 1
    if len(rows) < _AGREE or widths[0] < _COLUMNS or len(set(widths)) > 1:
        return False
    return not _is_code_or_prose(lines, rows)


def _is_code_or_prose(lines: list[str], rows: list[list[str]]) -> bool:
    """Argument lists, import statements, Markdown tables and sentences have agreeing rows too."""
    if _is_markdown(lines):
        return True
    code = sum(
        bool(_CODE.match(line)) or any(_is_torn(cell) for cell in row) for line, row in zip(lines, rows, strict=False)
    )
    cells = [len(cell) for row in rows for cell in row]
    return code * 2 > len(rows) or sum(cells) > _PROSE_CELL * len(cells)


def _is_torn(cell: str) -> bool:
    """A bracket is opened in one cell and closed in another."""
    return any(cell.count(opener) != cell.count(closer) for opener, closer in ("()", "[]", "{}"))


def _is_markdown(lines: list[str]) -> bool:
    """The second line of a Markdown table holds only bars, dashes and colons."""
    return len(lines) > 1 and not lines[1].strip("|-: \t+=")
