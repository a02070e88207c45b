"""A sheet that came back is understood, however a spreadsheet saved it; what is none of ours is refused."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.casework.sheet_cells import day, plain, word
from opensafe.casework.sheet_rows import read_sheet
from opensafe.errors import UsageError
from opensafe.model.decision import Action
from opensafe.model.sheet import CODE, SheetCode, SheetKind
from opensafe.reports.cells import safe_cell
from tests.casework.sheet_kit import Filled, cells_of, save_csv, save_xlsx

HEAD = ["Finding", "Decision", "Reason", "Until", CODE.title]
ROWS: Sequence[Filled] = [
    {"Finding": "F-a", "Decision": "keep", "Reason": 'Zoë says so; twice, "really"', CODE.title: "code"},
    {"Finding": "F-b", "Decision": "redact", "Reason": "", CODE.title: "code"},
]
TITLES = ["finding", "DECISION", "Reason", "Sheet code"]
EXPECTED = [("F-a", "keep", 'Zoë says so; twice, "really"', "code"), ("F-b", "redact", "", "code")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_every_way_to_save_csv(tmp_path: Path, delimiter: str, encoding: str) -> None:
    assert cells_of(save_csv(tmp_path / "s.csv", HEAD, ROWS, delimiter, encoding), TITLES) == EXPECTED


def test_a_workbook_with_a_page_in_front(tmp_path: Path) -> None:
    assert cells_of(save_xlsx(tmp_path / "s.xlsx", HEAD, ROWS, in_front="Notes"), TITLES) == EXPECTED


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    """A title above, an empty row between, columns moved, and one that somebody added."""
    file = tmp_path / "s.csv"
    file.write_text(
        "Our findings,,\r\nSheet code,My notes,Finding\r\n,,\r\ncode,x,F-a\r\n,,\r\ncode,,F-b\r\n", newline=""
    )
    assert [(row.number, row.text("Finding"), row.text("Reason")) for row in read_sheet(file)] == [
        (4, "F-a", ""),
        (6, "F-b", ""),
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a sheet that opensafe wrote"),
        (b"\x00\x01\x02" * 50, "not a sheet that opensafe wrote"),
        (b"Finding,Decision\r\nF-a,keep\r\n", "not a sheet that opensafe wrote"),
        (b"PK\x03\x04 is no workbook", "cannot be read"),
        (b"Finding,finding,Sheet code\r\n", "two columns of the sheet have the same title"),
        (b'Finding,Sheet code\r\n"' + b"x" * 200_000 + b'"\r\n', "the CSV file cannot be read"),
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    file = tmp_path / "s.csv"
    file.write_bytes(data)
    with pytest.raises(UsageError, match=says):
        read_sheet(file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the sheet cannot be read"):
        read_sheet(tmp_path / "none.csv")


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"Sheet code,a\r\n"]))
def test_whatever_comes_back_ends_in_rows_or_in_an_error_of_ours(data: bytes, start: bytes) -> None:
    import tempfile  # noqa: PLC0415 - hypothesis gives no tmp_path

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "s.csv")
        file.write_bytes(start + data)
        try:
            assert all(row.number > 1 for row in read_sheet(file))
        except UsageError as error:
            assert error.remedy  # noqa: PT017 - either is right, as long as it is one of them


@pytest.mark.parametrize(
    "cell",
    [
        "not-a-finding",
        "Not-A-Finding",
        " not a finding ",
        "NOT_A_FINDING",
        "not\u2013a\u2011finding",
        "not - a - finding",
    ],
)
def test_an_answer_is_understood_in_any_spelling(cell: str) -> None:
    assert word(cell, [action.value for action in Action]) == "not-a-finding"


@pytest.mark.parametrize("cell", ["", "no", "keep it", "keep, redact", "k"])
def test_what_is_no_answer_is_none(cell: str) -> None:
    assert word(cell, [action.value for action in Action]) is None


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-22", "22/11/2026", "22/11/26", "22.11.2026", "22-11-2026", "22 November 2026", "22 Nov 2026",
        "22-Nov-26", "2026-11-22 00:00:00", "2026-11-22T00:00:00", " 22/11/2026 ", "46348", "46348.0",
    ],
)  # fmt: skip
def test_a_date_is_understood_as_spreadsheets_save_it(cell: str) -> None:
    assert day(cell) == date(2026, 11, 22)


@pytest.mark.parametrize(
    "cell", ["", "tomorrow", "31/02/2026", "11/22/2026", "2026-11-22 10:30:00", "99999", "20261122"]
)
def test_what_is_no_date_is_none(cell: str) -> None:
    assert day(cell) is None


@given(st.dates(date(2000, 1, 1), date(2068, 12, 31)))
def test_dates_come_back(when: date) -> None:
    assert {day(when.strftime(form)) for form in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y")} == {when}


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30))
def test_a_cell_that_was_made_safe_comes_back(text: str) -> None:
    first_only = text.replace(";", ",")
    assert plain(safe_cell(first_only)) == plain(first_only)


def test_the_code_of_a_sheet_comes_back() -> None:
    code = SheetCode.of(SheetKind.DECIDE, "ab" * 20, "0123456789abcdef" * 4, "f" * 64)
    assert SheetCode.parse(str(code)) == code
    assert SheetCode.parse(f"  {str(code).upper()} ") == code
    assert SheetCode.of(SheetKind.DECIDE, None, "s", "l") == SheetCode.parse("opensafe decide - s l")
    assert SheetCode.parse("opensafe delete - s l") is None
    assert SheetCode.parse("") is None
