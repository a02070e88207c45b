"""What the formats of data files share: tables, notes, and the parts that could not be read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import ClassVar

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.datafiles.frame import BROKEN, DAMAGED_STREAM, Frame, Item, Notes, Reader, TooMuch
from opensafe.formats.datafiles.lines import value_lines
from opensafe.formats.kinds.generated import Generated
from opensafe.formats.labels import numbered
from opensafe.formats.rowtext import row_text
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role


class DataTables(Generated):
    """A format whose labels are `prefix`, a colon and the name of a table or of notes."""

    signature: ClassVar[str]

    def __init__(self, read: Reader) -> None:
        self._read = read

    def recognises(self, content: Content) -> bool:
        return content.nature.signature == self.signature

    def owns(self, label: str) -> bool:
        return label.startswith(f"{self.prefix}:")

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        return self.given(self._read(content.data, meter.limit), meter)

    def given(self, items: Iterator[Item], meter: Meter) -> Iterator[Unpacked | Unread]:
        """What a reader gives, in its order; tables of one name are numbered."""
        seen: Counter[str] = Counter()
        try:
            for number, item in enumerate(items, 1):
                for given in self._given(item, number, meter):
                    yield _numbered(given, seen) if isinstance(given, Unpacked) else given
        except TooMuch:
            yield Unread(SkipReason.ARCHIVE_BUDGET, via=(self.prefix,), detail="over the budget of one file")
        except (*BROKEN, *DAMAGED_STREAM):
            yield Unread(SkipReason.CORRUPT, via=(self.prefix,), detail="the file is damaged or cut")

    def _given(self, item: Item, number: int, meter: Meter) -> Iterator[Unpacked | Unread]:
        if isinstance(item, Notes):
            values = (value for value in item.values if value.strip())
            yield from value_lines(f"{self.prefix}:{item.name}", values, meter, Role.METADATA)
        elif isinstance(item, Frame):
            yield self._table(item, number, meter)
        else:
            yield item

    def _table(self, frame: Frame, number: int, meter: Meter) -> Unpacked | Unread:
        label = f"{self.prefix}:{numbered(frame.name, number) if frame.name else 'table'}"
        text = row_text(chain([frame.header], frame.rows), meter)
        if text is None:
            return Unread(SkipReason.ARCHIVE_BUDGET, via=(label,), detail="over the budget of one file")
        return Unpacked(label, text, Role.TABLE, leaf=True)


def _numbered(given: Unpacked, seen: Counter[str]) -> Unpacked:
    seen[given.label] += 1
    return given if seen[given.label] == 1 else replace(given, label=f"{given.label}#{seen[given.label]}")
