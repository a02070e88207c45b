"""Spreadsheets as rows of cells, hidden sheets included (facts, names 7).

The reader (calamine) fills a rectangle from the first cell to the last one before anyone can ask how large it is,
and ends the process when memory does not suffice: two cells in far corners are enough. So the area is measured here.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from opensafe.formats.biff12 import BROKEN, Locked, TooManyCells, binary_sheets
from opensafe.formats.quiet import quiet
from opensafe.formats.sheetarea import area_of
from opensafe.formats.ziplayout import NotZip
from opensafe.formats.zipmethods import Unsupported

T = TypeVar("T")

_MAX_CELLS = 10_000_000


class SheetsTooLarge(Exception):
    """The rectangle of some sheet is over what is read."""


class SheetsDamaged(Exception):
    """The reader cannot make sense of the file."""


class SheetsEncrypted(Exception):
    """The file needs a password."""


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: Iterator[list[str]]
    hidden: bool = False


def sheets_of(data: bytes, signature: str) -> Iterator[Sheet]:
    """Every sheet (`signature`: xlsx, xlsb, xls or ods). Raises SheetsTooLarge, SheetsDamaged or SheetsEncrypted."""
    if signature == "xlsb":
        yield from _binary_sheets(data)
        return
    area = area_of(data, signature)
    if area is None:
        raise SheetsDamaged
    if area > _MAX_CELLS:
        raise SheetsTooLarge
    try:
        with quiet():  # a panic is written to standard error as well
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, (name, about) in enumerate(zip(workbook.sheet_names, workbook.sheets_metadata, strict=True)):
            with quiet():
                sheet = workbook.get_sheet_by_index(number)
            yield Sheet(name, _rows(sheet), hidden=about.visible is not SheetVisibleEnum.Visible)
    except PasswordError:
        raise SheetsEncrypted from None
    except (CalamineError, OSError, ValueError):
        raise SheetsDamaged from None
    except BaseException as error:  # a panic of the Rust reader is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise SheetsDamaged from None


def _binary_sheets(data: bytes) -> Iterator[Sheet]:
    """Calamine reads these too, but nothing bounds there what a declared number makes it ask for."""
    for sheet in _guarded(binary_sheets(data)):
        yield Sheet(sheet.name, _guarded(sheet.rows), sheet.hidden)


def _guarded(items: Iterator[T]) -> Iterator[T]:
    try:
        yield from items
    except TooManyCells:
        raise SheetsTooLarge from None
    except Locked:
        raise SheetsEncrypted from None
    except (NotZip, Unsupported, *BROKEN):
        raise SheetsDamaged from None


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    return ([_cell(value) for value in row] for row in sheet.iter_rows())


def _cell(value: object) -> str:
    """As people see it: whole numbers without a point, so that an identifier stored as a number is found."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
