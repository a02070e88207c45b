"""Streams of old Office files and saved mails: text in them is UTF-16 or Windows-1252."""

import re
from collections import Counter
from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.kinds.generated import Generated
from opensafe.formats.labels import told
from opensafe.formats.ole import MAGIC, OleFile
from opensafe.model.skip import SkipReason, Unread

_PROPERTY = re.compile(r"__substg1\.0_[0-9A-F]{8}(?:-[0-9A-F]{8})?")  # a field of a mail ([MS-OXMSG] 2.1)


class OleStreams(Generated):
    prefix = "ole:"
    nests = True

    def recognises(self, content: Content) -> bool:
        return content.data.startswith(MAGIC)

    def unpack(self, content: Content, _meter: Meter) -> Iterator[Unpacked | Unread]:
        if content.nature.signature == "ole-encrypted":
            yield Unread(SkipReason.ENCRYPTED, via=("ole",), detail="an Office document with a password")
        seen: Counter[str] = Counter()
        for name, stream in OleFile(content.data).streams():
            label = self.prefix + (name if _PROPERTY.fullmatch(name) else told(name))
            seen[label] += 1
            yield Unpacked(label if seen[label] == 1 else f"{label}#{seen[label]}", stream)


FORMAT = OleStreams()
