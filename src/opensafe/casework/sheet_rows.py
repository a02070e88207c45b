"""Reads a sheet that came back, as Excel, LibreOffice or an editor saved it: xlsx, or CSV in any of their ways."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from opensafe.casework.handed_in import bytes_of, text_of
from opensafe.casework.sheet_cells import SheetRow, plain
from opensafe.errors import UsageError
from opensafe.formats.workbook import SheetsDamaged, SheetsEncrypted, SheetsTooLarge, sheets_of
from opensafe.model.sheet import CODE

_MOST_ROWS = 200_000
_HEAD_WITHIN = 20  # rows: somebody may write a title above
_ZIP = b"PK\x03\x04"
_REMEDY = "save it as xlsx or CSV again, with the head line and the column Sheet code as they were"


def read_sheet(file: Path) -> tuple[SheetRow, ...]:
    """The rows below the head line that hold anything. Raises UsageError for what is no sheet of ours."""
    data = bytes_of(file, "the sheet")
    lines = _workbook(data) if data.startswith(_ZIP) else _csv(data)
    return tuple(_below_head([*islice(lines, _MOST_ROWS + 1)]))


def _below_head(lines: Sequence[Sequence[str]]) -> Iterator[SheetRow]:
    if len(lines) > _MOST_ROWS:
        raise UsageError(
            f"the sheet has more than {_MOST_ROWS:,} rows", remedy="delete the rows that are not filled in"
        )
    folded = ([plain(cell).casefold() for cell in line] for line in lines[:_HEAD_WITHIN])
    head = next(((at, titles) for at, titles in enumerate(folded) if CODE.title.casefold() in titles), None)
    if head is None:
        raise UsageError("this is not a sheet that opensafe wrote", remedy=_REMEDY)
    at, titles = head
    if len(named := [title for title in titles if title]) != len(set(named)):
        raise UsageError("two columns of the sheet have the same title", remedy=_REMEDY)
    for number, line in enumerate(lines[at + 1 :], at + 2):
        if any(cell.strip() for cell in line):
            yield SheetRow(number, dict(zip(titles, line, strict=False)))


def _workbook(data: bytes) -> Iterator[Sequence[str]]:
    """The page with the code: somebody may have put another one in front."""
    try:
        pages = [list(islice(page.rows, _MOST_ROWS + 1)) for page in sheets_of(data, "xlsx")]
    except SheetsEncrypted:
        raise UsageError("the workbook has a password", remedy="save it without one") from None
    except (SheetsDamaged, SheetsTooLarge):
        raise UsageError("the workbook cannot be read", remedy=_REMEDY) from None
    title = CODE.title.casefold()
    for page in pages:
        if any(plain(cell).casefold() == title for line in page[:_HEAD_WITHIN] for cell in line):
            return iter(page)
    return iter(())


def _csv(data: bytes) -> Iterator[Sequence[str]]:
    text = text_of(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.splitlines()[:_HEAD_WITHIN]))
    try:
        yield from reader
    except csv.Error:
        raise UsageError("the CSV file cannot be read", remedy=_REMEDY) from None


def _delimiter(lines: Iterable[str]) -> str:
    """What separates the columns of the head line: it differs with the country of the machine."""
    head = next((line for line in lines if CODE.title.casefold() in line.casefold()), "")
    return max(",;\t", key=head.count)
