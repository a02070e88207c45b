"""Workbooks made by hand are workbooks to a reader of such files."""

import io

import python_calamine

from fixtures.kit.containers import workbook


def test_a_workbook_is_read_back_with_its_hidden_sheet() -> None:
    rows = [["ward", "beds"], ["Ash & Elm", "<25>"]]
    made = workbook({"Shown": rows, "Hidden": [["x"]]}, hidden=["Hidden"])
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert read.get_sheet_by_name("Shown").to_python() == rows
    assert read.get_sheet_by_name("Hidden").to_python() == [["x"]]
    states = {sheet.name: str(sheet.visible) for sheet in read.sheets_metadata}
    assert states == {"Shown": "SheetVisibleEnum.Visible", "Hidden": "SheetVisibleEnum.Hidden"}
