"""Tables of SQLite files. The raw file is searched as well: freed pages keep deleted rows."""

from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.database import DatabaseDamaged, DatabaseTable, tables_of
from opensafe.formats.kinds.generated import Generated
from opensafe.formats.labels import numbered
from opensafe.formats.rowtext import row_text
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role


class SqliteTables(Generated):
    prefix = "sqlite:"
    signatures = frozenset({"sqlite"})

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        try:
            for number, table in enumerate(tables_of(content.data), 1):
                yield self._table(table, number, meter)
        except DatabaseDamaged:
            yield Unread(SkipReason.CORRUPT, via=("sqlite",), detail="the database could not be read")

    def _table(self, table: DatabaseTable, number: int, meter: Meter) -> Unpacked | Unread:
        label = self.prefix + numbered(table.name, number)
        try:
            text = row_text(table.rows, meter)
        except DatabaseDamaged:
            return Unread(SkipReason.CORRUPT, via=(label,), detail="the table is damaged, or computes what it shows")
        if text is None:
            return Unread(SkipReason.ARCHIVE_BUDGET, via=(label,), detail="over the budget of one file")
        return Unpacked(label, text, Role.TABLE, leaf=True)


FORMAT = SqliteTables()
