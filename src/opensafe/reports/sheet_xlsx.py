"""A sheet as an Excel workbook: lists to choose from, and nothing in it but text."""

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from opensafe.model.sheet import Sheet
from opensafe.reports.cells import safe_cell

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Text stays text: no formulas, links or numbers are made of it. In memory: a report writes no file of its own.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # the same sheet is the same file
_SPARE_ROWS = 1000  # for which the lists work: rows that somebody adds below


def xlsx_sheet(sheet: Sheet) -> bytes:
    """The rows on the first page, how to fill them in on the second."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - most commands that may make a sheet make none

    out = io.BytesIO()
    workbook = Workbook(out, _OPTIONS)
    workbook.set_properties({"title": sheet.title, "created": _CREATED})
    _rows(workbook, workbook.add_worksheet("Sheet"), sheet)
    _guidance(workbook, workbook.add_worksheet("How to fill it in"), sheet)
    workbook.close()
    return out.getvalue()


def _rows(workbook: "Workbook", page: "Worksheet", sheet: Sheet) -> None:
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
    read = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    fill = workbook.add_format(
        {"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#FFF1C2", "border": 1}
    )
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for at, column in enumerate(sheet.columns):
        form: Format = fill if column.fill else read
        page.set_column(at, at, column.width, form)
        page.write_string(0, at, column.title, head)
        if column.options:
            page.data_validation(1, at, len(sheet.rows) + _SPARE_ROWS, at, _list_of(column.options))
        for number, row in enumerate(sheet.rows, 1):
            if row[at]:  # what is empty has the form of its column
                page.write_string(number, at, safe_cell(row[at]), form)


def _list_of(options: tuple[str, ...]) -> dict[str, object]:
    """Offered, not forced: another spelling is understood as well, and what is not is named with its row."""
    return {"validate": "list", "source": list(options), "error_type": "warning"}


def _guidance(workbook: "Workbook", page: "Worksheet", sheet: Sheet) -> None:
    page.set_column(0, 0, 110, workbook.add_format({"text_wrap": True}))
    for at, text in enumerate((sheet.title, *sheet.guidance)):
        page.write_string(at, 0, safe_cell(text))
