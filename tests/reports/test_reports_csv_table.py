"""The table for spreadsheets runs nothing and reads back."""

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from opensafe.reports.csv_table import COLUMNS, findings_csv
from tests.reports import reports_factory as factory


def _cells(title: str) -> list[str]:
    finding = replace(factory.finding("x"), title=title)
    return list(csv.reader(io.StringIO(findings_csv([finding]))))[1]


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1", "' =1"),
        ("\uff1d1", "'\uff1d1"),
        ("a;=1+1", "a;'=1+1"),
        ("\t=1", "\\x09=1"),
        ("\r=1", "\\x0d=1"),
        ("\0=1", "\\x00=1"),
        ("a-b = c", "a-b = c"),
        ("plain", "plain"),
    ],
    ids=ascii,
)
def test_formulas_become_text(title: str, cell: str) -> None:
    assert _cells(title)[COLUMNS.index("title")] == cell


@given(st.text(st.characters(codec=None), max_size=40))
@settings(deadline=None, max_examples=80)
def test_no_cell_starts_a_formula_or_breaks_its_row(title: str) -> None:
    cells = _cells(title)
    assert len(cells) == len(COLUMNS)
    assert not any(re.match(r"\s*[=+\-@\t\r\0]", part) for cell in cells for part in cell.split(";"))


def test_a_megabyte_fits_into_a_cell() -> None:
    assert len(_cells("n" * 1_000_000)[COLUMNS.index("title")]) == 32_767


def test_whole_table(snapshot: SnapshotAssertion) -> None:
    assert findings_csv(factory.midway().findings) == snapshot
