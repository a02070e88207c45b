"""Reads a team roster: one person a line, as name and e-mail address in any CSV-like form."""

import codecs
import contextlib
import csv
import io
from collections.abc import Iterator

from opensafe.errors import UsageError

_HEADERS = frozenset({"name", "full name", "e-mail", "email", "mail", "first name", "surname", "forename", "last name"})
_MAX_CELL = 200


def read_roster(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name, e-mail) of each line: the cell with an @ is the address, the others are the name in order.

    `Last, First` in one cell is turned round. A header line is left out. Raises UsageError.
    """
    for row in _rows(_decoded(data)):
        cells = [cell.strip()[:_MAX_CELL] for cell in row if cell.strip()]
        if not cells or all(cell.lower() in _HEADERS for cell in cells):
            continue
        email = next((cell for cell in cells if "@" in cell), "")
        name = " ".join(_forward(cell) for cell in cells if cell != email)
        yield name.encode(), email.encode()


def _rows(text: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=None), delimiter=_delimiter(text))
    except csv.Error as error:
        raise UsageError(f"the roster cannot be read: {error}", remedy="give one person a line") from error


def _decoded(data: bytes) -> str:
    """As spreadsheet programs save it: UTF-8, UTF-16 with a byte order mark, or the Windows code page."""
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("latin-1")


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _forward(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else name
