"""What formats share that find encoded stretches within a text, named by where they begin: `hex@120`."""

from collections.abc import Iterator
from typing import ClassVar

from opensafe.formats.apart import is_taken_apart
from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

_MOST = 1000  # parts of one text; more are named as unread


class Inline:
    """A format whose labels are `name`, an @ and the offset at which the stretch begins in its parent."""

    name: ClassVar[str]
    signatures: ClassVar[frozenset[str] | None] = None
    vouches: ClassVar[bool] = False
    """Whether what it decodes is text, whatever it looks like."""
    nests: ClassVar[bool] = True
    replaces: ClassVar[bool] = False

    def found(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Where stretches begin, and what they decode to, in order."""
        raise NotImplementedError

    def may_stand_in(self, data: bytes) -> bool:
        """A cheap test, for nearly every text has none."""
        raise NotImplementedError

    def recognises(self, content: Content) -> bool:
        """Any text but one whose parts are opened on their own."""
        if content.nature.encoding != "utf-8" or not self.may_stand_in(content.data):
            return False
        return not is_taken_apart(content)

    def label(self, start: int) -> str:
        return f"{self.name}@{start}"

    def owns(self, label: str) -> bool:
        return label.startswith(f"{self.name}@")

    def unpack(self, content: Content, _meter: Meter) -> Iterator[Unpacked | Unread]:
        role = content.role if content.role is not Role.TABLE else Role.TEXT
        for count, (start, inner) in enumerate(self.found(content.data)):
            if count == _MOST:
                yield Unread(SkipReason.ARCHIVE_BUDGET, via=(self.name,), detail=f"more than {_MOST} encoded texts")
                return
            yield Unpacked(self.label(start), inner, role, is_text=self.vouches)
