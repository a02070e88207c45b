"""Sheets of spreadsheets as tables, hidden ones included."""

from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.kinds.generated import Generated
from opensafe.formats.labels import numbered
from opensafe.formats.rowtext import row_text
from opensafe.formats.workbook import SheetsDamaged, SheetsEncrypted, SheetsTooLarge, sheets_of
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

_REASONS = {
    SheetsTooLarge: SkipReason.ARCHIVE_BUDGET,
    SheetsDamaged: SkipReason.CORRUPT,
    SheetsEncrypted: SkipReason.ENCRYPTED,
}


class Spreadsheet(Generated):
    prefix = "sheet:"
    signatures = frozenset({"xlsx", "xlsb", "xls", "ods"})

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        try:
            for number, sheet in enumerate(sheets_of(content.data, content.nature.signature), 1):
                label = self.prefix + numbered(sheet.name, number)
                text = row_text(sheet.rows, meter)
                if text is None:
                    yield Unread(SkipReason.ARCHIVE_BUDGET, via=(label,), detail="over the budget of one file")
                else:
                    yield Unpacked(label, text, Role.TABLE, leaf=True)
        except tuple(_REASONS) as error:
            yield Unread(_REASONS[type(error)], via=("sheet",), detail="the sheets could not be read")


FORMAT = Spreadsheet()
