"""Fills in sheets, and saves them as spreadsheets do."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from xlsxwriter import Workbook

from opensafe.casework.sheet_rows import read_sheet

Filled = Mapping[str, str | date]


def head_and_rows(file: Path) -> tuple[list[str], list[dict[str, str]]]:
    """A CSV sheet as it was written."""
    reader = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
    return list(reader.fieldnames or ()), list(reader)


def save_csv(file: Path, head: Sequence[str], rows: Sequence[Filled], delimiter: str = ",", encoding: str = "") -> Path:
    """As Excel saves it: the fewest quotes, Windows line ends."""
    out = io.StringIO()
    writer = csv.DictWriter(out, head, delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(out.getvalue().encode(encoding or "utf-8-sig"))
    return file


def save_xlsx(file: Path, head: Sequence[str], rows: Sequence[Filled], *, in_front: str = "") -> Path:
    """As Excel saves it: dates are numbers with a format; somebody may have put a page in front."""
    with Workbook(file) as workbook:
        if in_front:
            workbook.add_worksheet(in_front).write(0, 0, "Notes of ours")
        page = workbook.add_worksheet("Sheet")
        as_day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(0, 0, head)
        for number, row in enumerate(rows, 1):
            for at, title in enumerate(head):
                value = row.get(title, "")
                if isinstance(value, date):
                    page.write_datetime(number, at, value, as_day)
                else:
                    page.write_string(number, at, value)
    return file


def cells_of(file: Path, titles: Sequence[str]) -> list[tuple[str, ...]]:
    """What is read of a sheet that came back."""
    return [tuple(row.text(title) for title in titles) for row in read_sheet(file)]
