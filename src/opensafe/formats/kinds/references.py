"""Stretches of text whose characters are written as numbers between `&#` and `;`, outside of pages."""

from collections.abc import Iterator

from opensafe.formats.content import Changes, Content
from opensafe.formats.escapes import FEWEST, Escape, Stretch, changed
from opensafe.formats.kinds.inline import Inline
from opensafe.formats.xmltext import escaped
from opensafe.model.edit import Edit
from opensafe.model.expressions import expression

_REFERENCE = expression(rb"&#(?:([0-9]{1,7})|[xX]([0-9a-fA-F]{1,6}));")
_WORD = rb"[^\s<>&\"']{0,64}"
_STRETCH = expression(rb"(?:&#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});" + _WORD + rb"){3,1000}")
_BEFORE = expression(_WORD + rb"\Z")
_LATIN = range(0x20, 0x250)  # what detectors read
_LAST = 0x10FFFF


class References(Inline):
    name = "references"
    vouches = True

    def recognises(self, content: Content) -> bool:
        return content.nature.signature != "html" and super().recognises(content)

    def may_stand_in(self, data: bytes) -> bool:
        return b"&#" in data and _STRETCH.search(data) is not None

    def found(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        return ((stretch.start, stretch.meaning(data)) for stretch in _stretches(data))

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        stretches = ((self.label(stretch.start), stretch) for stretch in _stretches(parent.data))
        return changed(parent.data, stretches, changes, escaped)


def _stretches(data: bytes) -> Iterator[Stretch]:
    """Words with enough references in them, in Latin script."""
    done = 0
    for found in _STRETCH.finditer(data):
        escapes = tuple(_escapes(data, found.start(), found.end()))
        before = _BEFORE.search(data, max(done, found.start() - 64), found.start())
        start = before.start() if before else found.start()
        done = found.end()
        if sum(ord(escape.meaning.decode()[0]) in _LATIN for escape in escapes) >= FEWEST:
            yield Stretch(start, done, escapes)


def _escapes(data: bytes, start: int, end: int) -> Iterator[Escape]:
    """What names no character stays as it is written."""
    for found in _REFERENCE.finditer(data, start, end):
        code = int(found[1]) if found[1] else int(found[2], 16)
        if 0 < code <= _LAST and not 0xD800 <= code < 0xE000:  # noqa: PLR2004 - halves of surrogate pairs
            yield Escape(found.start(), found.end(), chr(code).encode())


FORMAT = References()
