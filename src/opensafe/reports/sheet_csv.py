"""A sheet as CSV that Excel opens: with a mark for UTF-8 in front, and Windows line ends."""

import csv
import io

from opensafe.model.sheet import Sheet
from opensafe.reports.cells import safe_cell


def csv_sheet(sheet: Sheet) -> bytes:
    """A head line and the rows, every cell quoted. The guidance stands in the other forms only."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(column.title for column in sheet.columns)
    writer.writerows([safe_cell(text) for text in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")
