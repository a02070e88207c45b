"""Binary workbooks: what is read is what calamine reads, and no declared number costs anything."""

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from fixtures.kit.binary_workbook import Cell, binary_workbook, record, wide
from fixtures.kit.containers import zipped
from opensafe.formats.biff12 import records
from opensafe.formats.decode import decode
from opensafe.formats.tables import read_tables
from opensafe.formats.workbook import sheets_of
from opensafe.formats.ziplayout import entries_of, read_entry
from opensafe.model.skip import SkipReason

_CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8),
    st.integers(-(2**29), 2**29 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
)
_PEOPLE: list[list[Cell]] = [["name", "nhs_number"], ["Ada", 9990000001.0], ["Bea", 7]]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(_CELLS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_cells_are_those_that_calamine_reads(rows: list[list[Cell]]) -> None:
    data = binary_workbook({"One": rows, "Two": rows})
    theirs = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for sheet in sheets_of(data, "xlsb"):
        expected = theirs.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        shown = [[_shown(value) for value in row][: len(ours)] for row, ours in zip(expected, rows, strict=True)]
        assert list(sheet.rows) == shown


def _shown(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def test_sheets_are_tables_hidden_ones_too() -> None:
    data = binary_workbook({"Ward": _PEOPLE, "Old": _PEOPLE[:2]}, hidden=["Old"])
    decoding = decode(data, b"a.xlsb")
    parts = {part.via: part.data for part in decoding.parts}
    assert (decoding.signature, decoding.unread) == ("xlsb", ())
    assert parts["sheet:Ward",] == b"name\tnhs_number\nAda\t9990000001\nBea\t7\n"
    assert parts["sheet:Old",] == b"name\tnhs_number\nAda\t9990000001\n"
    first, second = read_tables(data, "xlsb")
    assert (first.header, first.rows, first.hidden, second.hidden) == (("name", "nhs_number"), 2, False, True)


def test_numbers_in_thirty_bits() -> None:
    """Whole, hundredths, and halves of doubles, as other programs write them."""
    half = struct.unpack("<Q", struct.pack("<d", 1.5))[0] >> 32
    codes = [(-3 << 2 | 2) & 0xFFFFFFFF, 12345 << 2 | 3, half, half | 1]
    cells = b"".join(record(2, struct.pack("<III", at, 0, code)) for at, code in enumerate(codes))
    found = _with_sheet(record(0, bytes(17)) + cells)
    assert found == [["-3", "123.45", "1.5", "0.015"]]


def _with_sheet(sheet: bytes) -> list[list[str]]:
    return [row for sheet in sheets_of(_replaced(sheet), "xlsb") for row in sheet.rows]


def _replaced(sheet: bytes) -> bytes:
    whole = binary_workbook({"One": [["a"]]})
    members = {entry.name: read_entry(whole, entry) for entry in entries_of(whole)}
    return zipped(members | {"xl/worksheets/sheet1.bin": sheet})


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        (record(6, bytes(8) + wide("beds")[:-1]), SkipReason.CORRUPT),
        (record(7, bytes(8) + b"\xff\xff\0\0"), SkipReason.CORRUPT),
        (record(6, bytes(8) + wide("beds"))[:-3], SkipReason.CORRUPT),
        (b"\x80", SkipReason.CORRUPT),
        (record(6, b"\xff\xff\xff\x7f" + bytes(4) + wide("far")), SkipReason.ARCHIVE_BUDGET),
    ],
)
def test_damage_and_far_corners_are_named(sheet: bytes, reason: SkipReason) -> None:
    decoding = decode(_replaced(sheet))
    assert [unread.reason for unread in decoding.unread] == [reason]


def test_a_sheet_that_is_listed_and_absent_is_named() -> None:
    whole = binary_workbook({"One": [["a"]]})
    members = {entry.name: read_entry(whole, entry) for entry in entries_of(whole)}
    del members["xl/worksheets/sheet1.bin"]
    assert [unread.reason for unread in decode(zipped(members)).unread] == [SkipReason.CORRUPT]


@given(st.binary(max_size=40))
def test_records_end_or_raise(data: bytes) -> None:
    try:
        assert sum(len(content) for _, content in records(data)) < len(data) + 1
    except (ValueError, IndexError):
        assert data
