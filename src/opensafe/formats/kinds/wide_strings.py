"""Text in UTF-16 that stands among other bytes: old Office and Access files, programs, files with a mixed past."""

from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.kinds.generated import Generated
from opensafe.formats.nature import Nature
from opensafe.model.expressions import expression
from opensafe.model.skip import Unread

_LABEL = "utf-16-strings"
_MARKED = bytes(0 if code == 0 else 1 if code in range(32, 127) or code in b"\t\n\r" else 2 for code in range(256))
_TURNS = b"\1\0" * 8
_KINDS = frozenset({"", "access", "duckdb"})
_STRING = expression(rb"(?:[\t\n\r\x20-\x7e]\0){8,4096}")


def _may_hold(nature: Nature) -> bool:
    """Bytes of no known kind, or text at the end of which somebody went on in another encoding."""
    return nature.encoding == "utf-8" if nature.is_text else nature.signature in _KINDS


class WideStrings(Generated):
    prefix = _LABEL

    def recognises(self, content: Content) -> bool:
        """Two passes in C: is there any place where text and NUL take turns eight times?"""
        if b"\0" not in content.data or not _may_hold(content.nature):
            return False
        return _TURNS in content.data.translate(_MARKED)

    def unpack(self, content: Content, _meter: Meter) -> Iterator[Unpacked | Unread]:
        """One string a line; only ASCII characters, so that it is not made of chance."""
        strings = [found.group()[::2] for found in _STRING.finditer(content.data)]
        if strings:
            yield Unpacked(_LABEL, b"\n".join(strings) + b"\n", is_text=True)


FORMAT = WideStrings()
