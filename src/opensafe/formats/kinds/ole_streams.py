"""Streams of old Office files and saved mails: text in them is UTF-16 or Windows-1252."""

from collections import Counter
from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.kinds.generated import Generated
from opensafe.formats.labels import told
from opensafe.formats.macros import sources_in
from opensafe.formats.ole import MAGIC, OleFile
from opensafe.formats.olepeople import STREAMS, property_lines
from opensafe.model.expressions import expression
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

_PEOPLE, _MACROS = "ole:people", "ole:macros"
_PROPERTY = expression(r"__substg1\.0_[0-9A-F]{8}(?:-[0-9A-F]{8})?")  # a field of a mail ([MS-OXMSG] 2.1)


class OleStreams(Generated):
    prefix = "ole:"
    nests = True

    def recognises(self, content: Content) -> bool:
        return content.data.startswith(MAGIC)

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        if content.nature.signature == "ole-encrypted":
            yield Unread(SkipReason.ENCRYPTED, via=("ole",), detail="an Office document with a password")
        seen = Counter([_PEOPLE, _MACROS])
        people: list[str] = []
        macros: list[bytes] = []
        for name, stream in OleFile(content.data).streams():
            people += property_lines(stream) if name in STREAMS else ()
            macros += sources_in(stream, meter.limit - sum(map(len, macros)))
            label = self.prefix + (name if _PROPERTY.fullmatch(name) else told(name))
            seen[label] += 1
            yield Unpacked(label if seen[label] == 1 else f"{label}#{seen[label]}", stream)

        if people:
            text = "".join(f"{line}\n" for line in people).encode("utf-8", "replace")
            yield Unpacked(_PEOPLE, text, Role.METADATA, leaf=True)
        if macros:
            yield Unpacked(_MACROS, b"\n".join(macros))


FORMAT = OleStreams()
