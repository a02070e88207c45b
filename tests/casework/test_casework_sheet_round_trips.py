"""Whatever a spreadsheet program makes of a sheet when it saves it, the same answers come back."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from opensafe.casework.sheet_cells import day, plain
from opensafe.casework.sheet_rows import read_sheet
from opensafe.model.sheet import CODE, Column, Sheet
from opensafe.reports.sheet_csv import csv_sheet
from opensafe.reports.sheet_xlsx import xlsx_sheet
from tests.casework.sheet_kit import save_csv

HEAD = ("Finding", "Decision", "Reason", "Until", CODE.title)
Row = dict[str, str]

_WORDS = st.text(st.characters(codec="cp1252", categories=["L", "N", "P", "S", "Zs"]), max_size=40).map(str.strip)
# A leading apostrophe keeps a cell from running: before = it is taken away, so none is typed here.
_TYPED = _WORDS.filter(lambda text: not text.startswith("'"))
_DAYS = st.none() | st.dates(date(2000, 1, 1), date(2068, 12, 31))


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Rows as somebody filled them in; dates as text of the ISO form."""
    return [
        {
            "Finding": f"F-{number}",
            "Decision": draw(st.sampled_from(["keep", "Redact", "not a finding", ""])),
            "Reason": draw(_TYPED),
            "Until": until.isoformat() if (until := draw(_DAYS)) else "",
            CODE.title: "opensafe decide - s l",
        }
        for number in range(draw(st.integers(0, 6)))
    ]


@dataclass(frozen=True)
class Program:
    """What a program and its user do to a workbook between opening and sending it back."""

    head: Sequence[str]
    inline: bool  # strings in the cells instead of a table of strings
    titles_above: int
    empty_below: int
    pages_in_front: int
    hidden: bool


PROGRAMS = st.builds(
    Program,
    st.permutations(HEAD),
    st.booleans(),
    st.integers(0, 3),
    st.integers(0, 5),
    st.integers(0, 2),
    st.booleans(),
)


def saved(file: Path, made: Sequence[Row], by: Program) -> Path:
    """Dates are numbers with a format, and texts that are numbers have become some."""
    with Workbook(file, {"constant_memory": by.inline}) as workbook:
        for number in range(by.pages_in_front):
            workbook.add_worksheet(f"Notes {number}").write_string(0, 0, "ours")
        page = workbook.add_worksheet("Back")
        as_day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for number in range(by.titles_above):
            page.write_string(number, 0, "Decisions of the board")
        page.write_row(by.titles_above, 0, by.head)
        for number, row in enumerate(made, by.titles_above + 1):
            for at, title in enumerate(by.head):
                text = row[title]
                if title == "Until" and text:
                    page.write_datetime(number, at, date.fromisoformat(text), as_day)
                elif text.isascii() and text.isdecimal() and str(int(text)) == text and len(text) < 10:
                    page.write_number(number, at, int(text))
                else:
                    page.write_string(number, at, text)
        for number in range(by.empty_below):
            page.write_string(by.titles_above + len(made) + 1 + number, 0, "")
        page.autofilter(by.titles_above, 0, by.titles_above + len(made), len(by.head) - 1)
        if by.hidden:
            page.set_column(1, 2, None, None, {"hidden": True})
    return file


def answers(file: Path) -> list[tuple[str, ...]]:
    return [
        (row.text("Finding"), row.text("Decision"), row.text("Reason"), str(day(row.text("Until")) or ""))
        for row in read_sheet(file)
    ]


def expected(made: Sequence[Row]) -> list[tuple[str, ...]]:
    return [(row["Finding"], row["Decision"], plain(row["Reason"]), row["Until"]) for row in made]


@settings(deadline=None, max_examples=120)
@given(rows(), PROGRAMS)
def test_a_workbook_comes_back(made: list[Row], by: Program) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert answers(saved(Path(folder, "s.xlsx"), made, by)) == expected(made)


@settings(deadline=None, max_examples=120)
@given(rows(), st.permutations(HEAD), st.sampled_from(",;\t"), st.sampled_from(["utf-8-sig", "utf-16", "cp1252"]))
def test_csv_comes_back_in_every_way_to_save_it(
    made: list[Row], head: list[str], delimiter: str, encoding: str
) -> None:
    reasons = "".join(row["Reason"] for row in made)
    assume(encoding != "cp1252" or reasons.isascii() or not _is_utf_8(reasons.encode("cp1252")))
    with tempfile.TemporaryDirectory() as folder:
        british = [{**row, "Until": _british(row["Until"])} for row in made]
        file = save_csv(Path(folder, "s.csv"), head, british, delimiter, encoding)
        assert answers(file) == expected(made)


def _is_utf_8(data: bytes) -> bool:
    """Text that reads well in both ways: no program can tell which was meant."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _british(iso: str) -> str:
    """As Excel in Britain saves a date into CSV."""
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""


@settings(deadline=None, max_examples=60)
@given(rows(), st.sampled_from([xlsx_sheet, csv_sheet]))
def test_what_opensafe_writes_it_reads(made: list[Row], form: object) -> None:
    assert callable(form)
    columns = (*(Column(title) for title in HEAD[:-1]), CODE)
    sheet = Sheet("Ours", ("Fill it in.",), columns, tuple(tuple(row[title] for title in HEAD) for row in made))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "sheet")
        file.write_bytes(form(sheet))
        told = [(finding, decision, until) for finding, decision, _, until in answers(file)]
        assert told == [(row["Finding"], row["Decision"], row["Until"]) for row in made]
