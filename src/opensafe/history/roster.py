"""Reads a team roster: names, e-mail addresses and user names, as a directory or a spreadsheet program saves them."""

import codecs
import contextlib
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from opensafe.errors import UsageError
from opensafe.formats.signature import signature
from opensafe.formats.workbook import SheetsDamaged, SheetsEncrypted, SheetsTooLarge, sheets_of
from opensafe.model.expressions import expression

_MAX_CELL = 200
_MAX_ROWS = 100_000
_PREAMBLE = 10  # rows in which a header is looked for
_WORKBOOKS = frozenset({"xlsx", "xls", "ods"})
_CONTAINERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # what a workbook lies in, as a whole or damaged

# What a column holds, by its header in small letters without `_`, `-` and `.`.
_HEADERS: Mapping[str, str] = {
    **dict.fromkeys(
        ("first name", "firstname", "first names", "forename", "forenames", "given name", "givenname", "given names"),
        "given",
    ),
    **dict.fromkeys(("preferred name", "preferred first name", "known as"), "known as"),
    **dict.fromkeys(("middle name", "middle names", "middlename", "initials", "middle initial"), "middle"),
    **dict.fromkeys(("surname", "last name", "lastname", "family name", "familyname", "sn"), "family"),
    **dict.fromkeys(
        ("name", "full name", "fullname", "display name", "displayname", "employee name", "staff name", "staff member"),
        "full",
    ),
    **dict.fromkeys(
        ("e mail", "email", "mail", "email address", "e mail address", "work email", "userprincipalname", "nhsmail"),
        "email",
    ),
    **dict.fromkeys(
        ("username", "user name", "login", "logon", "samaccountname", "user id", "userid", "network id", "account"),
        "login",
    ),
    **dict.fromkeys(("github", "github username", "github login", "gitlab", "git user"), "login"),
}
_SEPARATORS = expression(r"[\s_.-]+")

Columns = Sequence[tuple[int, str]]


class Listed(NamedTuple):
    """One spelling of somebody on the roster; several with one address are one person."""

    name: bytes
    email: bytes = b""
    login: bytes = b""


def read_roster(data: bytes) -> Iterator[Listed]:
    """Everybody on a roster: CSV-like text in any encoding, one name a line, or a workbook. Raises UsageError.

    Where a header says what the columns are, the others (job titles, say) are left out. Without one, the cell with
    an @ is the address, and the name is the first cell, or the first two where that is one word. `Last, First` in
    one cell is turned round.
    """
    for rows in _tables(data):
        head = list(islice(rows, _PREAMBLE))
        at, columns = _header(head)
        for row in [*head[at:], *islice(rows, _MAX_ROWS)]:
            cells = [cell.strip()[:_MAX_CELL] for cell in row]
            if any(cells):
                yield from _by_columns(cells, columns) if columns else _by_look(cells)


def _tables(data: bytes) -> Iterator[Iterator[list[str]]]:
    kind = signature(data)
    if kind not in _WORKBOOKS and not data.startswith(_CONTAINERS):
        yield _rows(_decoded(data))
        return
    try:
        yield from (sheet.rows for sheet in sheets_of(data, kind if kind in _WORKBOOKS else "xlsx"))
    except (SheetsDamaged, SheetsEncrypted, SheetsTooLarge) as error:
        raise UsageError("the roster cannot be read: its sheets do not open", remedy="save it as CSV") from error


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, Columns]:
    """The first row below the header, and what its columns are; (0, ()) where no row is a header."""
    for number, row in enumerate(rows):
        kinds = [_HEADERS.get(_SEPARATORS.sub(" ", cell.strip().lower()).strip(), "") for cell in row]
        columns = [(at, kind) for at, kind in enumerate(kinds) if kind]
        if columns and not any("@" in cell for cell in row):
            return number + 1, columns
    return 0, ()


def _by_columns(cells: Sequence[str], columns: Columns) -> Iterator[Listed]:
    found: dict[str, str] = {}
    for at, kind in columns:
        if at < len(cells) and cells[at]:
            found.setdefault(kind, cells[at])
    email, login = found.get("email", "").encode(), found.get("login", "").encode()
    for name in _names(found) or [""]:
        if name or email or login:
            yield Listed(name.encode(), email, login)


def _names(found: Mapping[str, str]) -> list[str]:
    """The full name, the parts put together, and with the name that somebody goes by."""
    family = found.get("family", "")
    parts = " ".join(filter(None, (found.get("given"), found.get("middle"), family)))
    known_as = f"{found['known as']} {family}" if family and "known as" in found else ""
    names = [_forward(found.get("full", "")), parts, known_as]
    return list(dict.fromkeys(name for name in names if name))


def _by_look(cells: Sequence[str]) -> Iterator[Listed]:
    filled = [cell for cell in cells if cell]
    email = next((cell for cell in filled if "@" in cell), "")
    words = [cell for cell in filled if cell != email]
    is_whole = bool(words) and (" " in words[0] or "," in words[0])
    name = " ".join(_forward(cell) for cell in words[: 1 if is_whole else 2])
    yield Listed(name.encode(), email.encode())


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
    """What most of the first lines have: a title above the table may have none."""
    lines = text.splitlines()[:_PREAMBLE]
    return max(",;\t|", key=lambda mark: (sum(mark in line for line in lines), text.count(mark)))


def _forward(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else name
