"""A sheet as a page to read and to print: boxes to tick, lines to write on. Answers come back in the other forms."""

from opensafe.model.sheet import Column, Sheet


def html_sheet(sheet: Sheet) -> bytes:
    """One block a row. There is no script on the page."""
    from opensafe.reports.html import page_of  # noqa: PLC0415 - templates are slow to load, and most sheets need none

    told = [column for column in sheet.columns if not column.fill][1:-1]
    asked = [column for column in sheet.columns if column.fill]
    blocks = [_block(sheet, row, told) for row in sheet.rows]
    page = page_of("sheet.html.j2", sheet=sheet, blocks=blocks, asked=asked, code=sheet.rows[0][-1] if blocks else "")
    return page.encode()


def _block(sheet: Sheet, row: tuple[str, ...], told: list[Column]) -> dict[str, object]:
    """What is told of a row; and the answers that the row itself allows, where it says so."""
    cells = dict(zip((column.title for column in sheet.columns), row, strict=True))
    possible = cells.get("Possible answers", "")
    facts = [(column.title, cells[column.title]) for column in told if column.title != "Possible answers"]
    return {"head": row[0], "facts": facts, "possible": possible.split(", ") if possible else []}
