"""R's own files, after decompression: every text and number, and data frames as tables.

The objects are read in order. Where that fails, the headers of vectors are recognised wherever they stand, so that a
damaged file loses only what is damaged; it is then named as not read whole.
"""

import re
import struct
from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.datafiles.frame import BROKEN, TooMuch, text
from opensafe.formats.datafiles.lines import value_lines
from opensafe.formats.datafiles.rframes import frames_in, read_frames, values_in
from opensafe.formats.datafiles.ritems import read_items
from opensafe.formats.datafiles.rstream import NOT_AVAILABLE
from opensafe.formats.kinds.data_tables import DataTables
from opensafe.model.expressions import expression
from opensafe.model.skip import SkipReason, Unread

# The flags of an item end with its type: 9 a string (with its encoding), 13 integers, 14 doubles.
_ITEM = expression(rb"\0[\0\x04\x08][\0\x40\x80]\x09|\0\0[\0-\x07][\x0d\x0e]", re.DOTALL)
_STRING, _INTEGERS = 9, 13
_FORMS = (b"X\n", b"A\n", b"B\n", b"RDX", b"RDA", b"RDB")


class RValues(DataTables):
    prefix = "rds"
    signature = "rds"
    signatures = frozenset({"rds", "rdata"})

    def recognises(self, content: Content) -> bool:
        return content.data.startswith(_FORMS)

    def owns(self, label: str) -> bool:
        return label == self.prefix or super().owns(label)

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        """All values, one a line; then the data frames."""
        try:
            whole = read_items(content.data)
        except (*BROKEN, TooMuch) as error:
            yield from value_lines(self.prefix, _recognised(content.data), meter)
            yield _not_whole(error)
            return
        yield from value_lines(self.prefix, (text(value).encode("utf-8") for value in values_in(whole)), meter)
        yield from self.given(frames_in(whole), meter)


def _not_whole(error: BaseException) -> Unread:
    if isinstance(error, TooMuch):
        return Unread(SkipReason.ARCHIVE_BUDGET, via=("rds",), detail="more objects than the budget has")
    return Unread(SkipReason.CORRUPT, via=("rds",), detail="damaged, cut, or of a form that is not known")


def _recognised(data: bytes) -> Iterator[bytes]:
    at = 0
    while found := _ITEM.search(data, at):
        kind, at = found.group()[-1], found.end()
        length = int.from_bytes(data[at : at + 4], "big", signed=True)
        size = length * {_STRING: 1, _INTEGERS: 4}.get(kind, 8)
        if length < 0 or at + 4 + size > len(data):
            continue
        content = data[at + 4 : at + 4 + size]
        at += 4 + size
        yield from (text(content).encode("utf-8"),) if kind == _STRING else _numbers(content, kind)


def _numbers(content: bytes, kind: int) -> Iterator[bytes]:
    """Whole numbers; fractions are measurements, not identifiers."""
    if kind == _INTEGERS:
        integers = struct.unpack(f">{len(content) // 4}i", content)
        yield from (b"%d" % value for value in integers if value != NOT_AVAILABLE)
    else:
        doubles = struct.unpack(f">{len(content) // 8}d", content)
        yield from (b"%d" % value for value in doubles if value.is_integer())


FORMAT = RValues(read_frames)
