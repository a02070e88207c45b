"""Sheets of binary workbooks, xlsb ([MS-XLSB] 2.1.4): records of a number, a length and content, in a zip file.

Numbers are read as numbers: which of them are dates stands in styles, which are not read.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opensafe.formats.budget import Meter
from opensafe.formats.datafiles.cells import number
from opensafe.formats.datafiles.frame import MAX_CELLS
from opensafe.formats.ziplayout import Entry, entries_of, read_entry
from opensafe.model.expressions import expression

_MAX_MEMBERS = 10_000
_WORKBOOK, _RELATIONS, _STRINGS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/sharedStrings.bin"
_RELATION = expression(rb"<Relationship\s[^>]{0,2000}>")
_ATTRIBUTE = expression(rb"\b(Id|Target)=\"([^\"]{0,1000})\"")

_ROW, _SHEET, _SHARED = 0, 156, 19
_RK, _BOOLEAN, _REAL, _TEXT, _SHARED_TEXT = 2, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOLEAN = 8, 9, 10
_VALUE = 8  # a cell's content stands behind its column and its style
BROKEN = (struct.error, ValueError, IndexError, KeyError)
"""What the functions raise for a file that is damaged, besides NotZip and Unsupported."""


class TooManyCells(Exception):
    """The rectangle of a sheet is over what is read."""


class Locked(Exception):
    """A member is encrypted."""


@dataclass(frozen=True, slots=True)
class BinarySheet:
    name: str
    rows: Iterator[list[str]]
    hidden: bool


def binary_sheets(data: bytes) -> Iterator[BinarySheet]:
    """Every sheet, in the order of the workbook.

    Raises what `BROKEN` lists, NotZip, Unsupported, TooManyCells or Locked, and so do the rows of a sheet.
    """
    members = _Members(data)
    targets = dict(_targets(members.read(_RELATIONS)))
    strings = members.read(_STRINGS) if members.has(_STRINGS) else b""
    shared = [_text(content, 1)[0] for kind, content in records(strings) if kind == _SHARED]
    for kind, content in records(members.read(_WORKBOOK)):
        if kind == _SHEET:
            relation, at = _text(content, 8)
            name, _ = _text(content, at)
            sheet = members.read(f"xl/{targets[relation]}")
            yield BinarySheet(name, _rows(sheet, shared), hidden=content[:4] != bytes(4))


class _Members:
    """The members of the file by name, read within one budget."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._meter = Meter()
        self._entries: Mapping[str, Entry] = {
            entry.name: entry for _, entry in zip(range(_MAX_MEMBERS), entries_of(data), strict=False)
        }

    def has(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        entry = self._entries[name]
        if entry.is_encrypted:
            raise Locked
        if not self._meter.admits(entry.size):
            raise TooManyCells
        return read_entry(self._data, entry)


def _targets(relations: bytes) -> Iterator[tuple[str, str]]:
    for found in _RELATION.findall(relations):
        said = {name: value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(found)}
        if len(said) == 2:  # noqa: PLR2004 - both attributes
            yield said[b"Id"], said[b"Target"].removeprefix("/xl/")


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each record. Raises IndexError or ValueError where one is cut."""
    at = 0
    while at < len(data):
        kind, at = data[at], at + 1
        if kind & 0x80:
            kind, at = kind & 0x7F | (data[at] & 0x7F) << 7, at + 1
        size = shift = 0
        while True:
            byte, at = data[at], at + 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift == 28:  # noqa: PLR2004 - at most four bytes
                break
        if at + size > len(data):
            raise ValueError
        yield kind, data[at : at + size]
        at += size


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A text behind the number of its UTF-16 units, and where it ends. Raises struct.error or ValueError."""
    (units,) = struct.unpack_from("<I", content, at)
    end = at + 4 + 2 * units
    if end > len(content):
        raise ValueError
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _rows(sheet: bytes, shared: list[str]) -> Iterator[list[str]]:
    """Rows that hold anything, each up to its last cell."""
    cells: list[str] = []
    count = 0
    for kind, content in records(sheet):
        if kind == _ROW:
            if cells:
                yield cells
            cells = []
        elif _RK <= kind <= _FORMULA_BOOLEAN and (text := _cell(kind, content, shared)):
            (column,) = struct.unpack_from("<I", content)
            count += max(0, column + 1 - len(cells))
            if count > MAX_CELLS:
                raise TooManyCells
            cells += [""] * (column + 1 - len(cells))
            cells[column] = text
    if cells:
        yield cells


def _cell(kind: int, content: bytes, shared: list[str]) -> str:
    if kind in {_TEXT, _FORMULA_TEXT}:
        return _text(content, _VALUE)[0]
    if kind == _SHARED_TEXT:
        (place,) = struct.unpack_from("<I", content, _VALUE)
        return shared[int(place)]
    if kind in {_REAL, _FORMULA_NUMBER}:
        return number(struct.unpack_from("<d", content, _VALUE)[0])
    if kind in {_BOOLEAN, _FORMULA_BOOLEAN}:
        return str(bool(content[_VALUE]))
    return number(_compact(struct.unpack_from("<I", content, _VALUE)[0])) if kind == _RK else ""


def _compact(code: int) -> float:
    """A number in 30 bits: whole, or the upper half of a double, either perhaps times a hundred (2.5.122)."""
    if code & 2:
        value: float = (code >> 2) - ((code & 0x80000000) and 1 << 30)
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (code & ~3) << 32))
    return value / 100 if code & 1 else value
