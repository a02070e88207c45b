"""Reads a team roster: one person a line, as name and e-mail address in any CSV-like form."""

import csv
import io
from collections.abc import Iterator

_HEADERS = frozenset({"name", "full name", "e-mail", "email", "mail", "first name", "surname", "forename", "last name"})
_MAX_CELL = 200


def read_roster(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name, e-mail) of each line: the cell with an @ is the address, the others are the name in order.

    `Last, First` in one cell is turned round. A header line is left out.
    """
    text = data.decode("utf-8-sig", "replace")
    for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text)):
        cells = [cell.strip()[:_MAX_CELL] for cell in row if cell.strip()]
        if not cells or all(cell.lower() in _HEADERS for cell in cells):
            continue
        email = next((cell for cell in cells if "@" in cell), "")
        name = " ".join(_forward(cell) for cell in cells if cell != email)
        yield name.encode(), email.encode()


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _forward(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else name
