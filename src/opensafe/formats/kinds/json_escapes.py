r"""JSON with the escapes in its strings resolved (RFC 8259, 7): `\"`, `\/`, `\u0026`, JSON within JSON."""

import re
from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Changes, Content, Unpacked
from opensafe.formats.escapes import Escape, Stretch, changed
from opensafe.formats.jsontext import escaped
from opensafe.model.edit import Edit
from opensafe.model.expressions import expression
from opensafe.model.skip import SkipReason, Unread

_LABEL = "json-text"
_ESCAPE = expression(rb"\\(?:u([dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|[0-9a-fA-F]{4})|([\"\\/bfnrt]))")
_SIMPLE = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}


class JsonEscapes:
    signatures = frozenset({"json", "fhir"})
    nests = False
    replaces = False

    def recognises(self, content: Content) -> bool:
        return content.nature.encoding == "utf-8" and b"\\" in content.data

    def owns(self, label: str) -> bool:
        return label == _LABEL

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        if len(content.data) > meter.limit:
            yield Unread(SkipReason.ARCHIVE_BUDGET, via=(_LABEL,), detail="over the budget of one file")
            return
        text = _ESCAPE.sub(_meaning, content.data)
        if text != content.data:
            yield Unpacked(_LABEL, text, content.role, leaf=True)

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        found = _ESCAPE.finditer(parent.data)
        escapes = tuple(Escape(match.start(), match.end(), _meaning(match)) for match in found)
        stretch = Stretch(0, len(parent.data), escapes)
        return changed(parent.data, [(_LABEL, stretch)], changes, lambda text: escaped(text, ascii_only=True))


def _meaning(match: re.Match[bytes]) -> bytes:
    if match[2]:
        return _SIMPLE.get(match[2], match[2])
    units = match[1].replace(b"\\u", b"")
    return bytes.fromhex(units.decode("ascii")).decode("utf-16-be", "surrogatepass").encode("utf-8", "surrogatepass")


FORMAT = JsonEscapes()
