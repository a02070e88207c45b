"""The text of RTF documents (Rich Text Format 1.9.1), where words are split by formatting and letters by code."""

import re
from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.kinds.generated import Generated
from opensafe.model.expressions import expression
from opensafe.model.skip import SkipReason, Unread

_LABEL = "rtf-text"
_MARK = expression(
    rb"\\'([0-9a-fA-F]{2})"  # a character of the document's code page
    rb"|\\u(-?[0-9]{1,6}) ?(?:\\'[0-9a-fA-F]{2}|[^\\{}\r\n])?"  # one of Unicode, and what old readers show for it
    rb"|\\([a-zA-Z]{1,32})(?:-?[0-9]{1,10})? ?"
    rb"|\\([^a-zA-Z])"
    rb"|[{}\r\n]"
)
_PICTURE = expression(rb"[0-9a-fA-F\r\n]{256,}")
_BREAKS = {
    **dict.fromkeys((b"par", b"line", b"row", b"sect", b"page", b"pard"), b"\n"),
    **dict.fromkeys((b"tab", b"cell"), b"\t"),
    **dict.fromkeys((b"endash", b"emdash"), b"-"),
}
_SYMBOLS = {b"~": b" ", b"_": b"-", b"\\": b"\\", b"{": b"{", b"}": b"}", b"\n": b"\n", b"\r": b"\n"}


class RichText(Generated):
    prefix = _LABEL
    signatures = frozenset({"rtf"})

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        """As it reads, without pictures; what is embedded in it is looked for as hex in the raw text."""
        text = _MARK.sub(_meaning, _PICTURE.sub(b"", content.data))
        if len(text) > meter.limit:
            yield Unread(SkipReason.ARCHIVE_BUDGET, via=(_LABEL,), detail="over the budget of one file")
        else:
            yield Unpacked(_LABEL, text, content.role, is_text=True, leaf=True)


def _meaning(mark: re.Match[bytes]) -> bytes:
    coded, unicode, word, symbol = mark.groups()
    if coded:
        return bytes([int(coded, 16)]).decode("cp1252", "replace").encode()
    if unicode:
        return chr(int(unicode) & 0xFFFF).encode("utf-8", "surrogatepass")
    return _BREAKS.get(word, b"") if word else _SYMBOLS.get(symbol, b"")


FORMAT = RichText()
