"""Text and numbers in R's own files (R Internals, 1.8 Serialization Formats), in the XDR form after decompression.

Not a parser: the headers of vectors are recognised wherever they stand, so a damaged file loses only what is damaged.
"""

import re
import struct
from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.kinds.generated import Generated
from opensafe.model.skip import SkipReason, Unread

_LABEL = "rds"
# The flags of an item end with its type: 9 a string (with its encoding), 13 integers, 14 doubles.
_ITEM = re.compile(rb"\0[\0\x04\x08][\0\x40\x80]\x09|\0\0[\0-\x07][\x0d\x0e]", re.DOTALL)
_STRING, _INTEGERS = 9, 13
_NOT_AVAILABLE = -(2**31)


class RValues(Generated):
    prefix = _LABEL
    signatures = frozenset({"rds", "rdata"})

    def recognises(self, content: Content) -> bool:
        return content.data.startswith((b"X\n", b"RDX"))

    def owns(self, label: str) -> bool:
        return label == _LABEL

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        """One value a line."""
        lines: list[bytes] = []
        room = meter.limit
        for line in _values(content.data):
            room -= len(line) + 1
            if room < 0:
                yield Unread(SkipReason.ARCHIVE_BUDGET, via=(_LABEL,), detail="over the budget of one file")
                return
            lines.append(line)
        if lines:
            yield Unpacked(_LABEL, b"\n".join(lines) + b"\n")


def _values(data: bytes) -> Iterator[bytes]:
    at = 0
    while found := _ITEM.search(data, at):
        kind, at = found.group()[-1], found.end()
        length = int.from_bytes(data[at : at + 4], "big", signed=True)
        size = length * {_STRING: 1, _INTEGERS: 4}.get(kind, 8)
        if length < 0 or at + 4 + size > len(data):
            continue
        content = data[at + 4 : at + 4 + size]
        at += 4 + size
        yield from (content,) if kind == _STRING else _numbers(content, kind)


def _numbers(content: bytes, kind: int) -> Iterator[bytes]:
    """Whole numbers; fractions are measurements, not identifiers."""
    if kind == _INTEGERS:
        integers = struct.unpack(f">{len(content) // 4}i", content)
        yield from (b"%d" % value for value in integers if value != _NOT_AVAILABLE)
    else:
        doubles = struct.unpack(f">{len(content) // 8}d", content)
        yield from (b"%d" % value for value in doubles if value.is_integer())


FORMAT = RValues()
