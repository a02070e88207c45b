"""Texts as cells of a spreadsheet, none of which it would run."""

from functools import lru_cache

from opensafe.model.expressions import expression
from opensafe.model.text import printable

_LONGEST = 32_767  # characters in a cell of a spreadsheet

# A cell that starts so is a formula. So is one after a semicolon, where that separates the columns (as in much of
# Europe). Tabs, line ends and NUL need no entry: printable() has escaped them. The last four are full-width signs.
_FORMULA = expression("(^|;)(?=\\s{0,9}[=+\\-@\uff1d\uff0b\uff0d\uff20])")
_SIGN = expression("[=+\\-@\uff1d\uff0b\uff0d\uff20]")  # to look for one takes a fraction of the time


_REMEMBERED = 4096  # texts: most cells of a table come again and again


@lru_cache(_REMEMBERED)
def safe_cell(text: str) -> str:
    """An apostrophe makes text of what would be a formula (facts, interfaces 5)."""
    return _safe(text)


@lru_cache(_REMEMBERED)
def quoted_cell(text: str) -> str:
    """The same between the quotes of a table in CSV, where every cell is quoted."""
    return _safe(text).replace('"', '""')


def _safe(text: str) -> str:
    shown = printable(text)
    return (_FORMULA.sub(r"\1'", shown) if _SIGN.search(shown) else shown)[:_LONGEST]
