"""How many cells the rectangles of a spreadsheet have, without building them."""

import struct
from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.ole import OleFile
from opensafe.formats.ziplayout import NotZip, entries_of, read_entry
from opensafe.formats.zipmethods import Unsupported
from opensafe.model.expressions import expression

_REFERENCE = expression(rb"""[\s"']r\s{0,9}=\s{0,9}["']([A-Z]{0,3})([0-9]{1,7})["']""")
_ATTRIBUTE = expression(rb"""[\s"']r\s{0,9}=\s{0,9}["']""")
_ROW = expression(rb"<(?:[A-Za-z0-9]{1,20}:)?row[\s/>]")
_ODS_ROW = expression(rb"<(?:[A-Za-z0-9]{1,20}:)?table-row[\s/>]")
_REPEATED = expression(rb"""number-(?:rows|columns)-repeated\s{0,9}=\s{0,9}["']([0-9]{1,9})["']""")
_BIFF_CELLS = {0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E}
_BIFF_SHEET = 0x0809
_A = ord("A") - 1
_MAX_ENTRIES = 10_000


def area_of(data: bytes, signature: str) -> int | None:
    """The cells of the largest sheet; None if the file is damaged in a way that a reader may not survive."""
    if signature == "xls":
        return max(_xls_areas(data), default=0)
    area = {"xlsx": _xlsx_area, "ods": _ods_area}[signature]
    try:
        return max((area(content) for content in _contents(data)), default=0)
    except (NotZip, Unsupported, _Strange):
        return None


class _Strange(Exception):
    """A reference is written in a way that other readers may read differently."""


def _contents(data: bytes) -> Iterator[bytes]:
    """All members that may hold cells; each one has the size that it declares, or NotZip is raised."""
    meter = Meter()
    for number, entry in enumerate(entries_of(data)):
        if number >= _MAX_ENTRIES or not meter.admits(entry.size):
            raise _Strange
        content = read_entry(data, entry)
        if entry.name.endswith(".xml"):
            yield content


def _xlsx_area(sheet: bytes) -> int:
    if b"sheetData" not in sheet:
        return 0
    references = _REFERENCE.findall(sheet)
    if len(references) != len(_ATTRIBUTE.findall(sheet)):
        raise _Strange
    rows = max((int(row) for _, row in references), default=0)
    columns = max((_column(letters) for letters in {letters for letters, _ in references}), default=0)
    lines = _ROW.split(sheet)[1:]
    widest = max((line.count(b"<c") + line.count(b":c") for line in lines), default=0)
    return max(rows, len(lines)) * max(columns, widest)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - _A
    return number


def _ods_area(content: bytes) -> int:
    """Rows and cells with their repetitions, up to the last one that is filled: empty ones end most sheets."""
    rows = last_row = width = 0
    for line in _ODS_ROW.split(content)[1:]:
        head, *cells = line.split(b"table-cell")
        rows += _times(head)
        filled = [number for number, cell in enumerate(cells, 1) if b"value" in cell or b":p" in cell]
        if filled:
            last_row = rows
            width = max(width, sum(_times(cell) for cell in cells[: filled[-1]]))
    return last_row * width


def _times(tag: bytes) -> int:
    found = _REPEATED.search(tag.split(b">", 1)[0])
    return int(found.group(1)) if found else 1


def _xls_areas(data: bytes) -> Iterator[int]:
    """[MS-XLS] 2.1.4: every record has a type and a length; those of cells begin with row and column."""
    for name, stream in OleFile(data).streams():
        if name in {"Workbook", "Book"}:
            yield from _biff_areas(stream)


def _biff_areas(stream: bytes) -> Iterator[int]:
    rows = columns = at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _BIFF_SHEET:
            yield rows * columns
            rows = columns = 0
        elif kind in _BIFF_CELLS and length >= 6 and at + 4 + length <= len(stream):  # noqa: PLR2004 - row, column, format
            row, column = struct.unpack_from("<HH", stream, at + 4)
            last = struct.unpack_from("<H", stream, at + 2 + length)[0] if kind in {0x00BD, 0x00BE} else column
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
        at += 4 + length
    yield rows * columns
