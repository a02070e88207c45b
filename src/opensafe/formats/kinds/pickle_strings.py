"""Strings and numbers of Python pickles, found by reading opcodes: nothing is ever loaded (facts, names 7)."""

import warnings
from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.datafiles.arrays import doubles_of, integers_of, texts_of
from opensafe.formats.datafiles.lines import value_lines
from opensafe.formats.datafiles.picklevalues import MAX_OPCODES, values_in
from opensafe.formats.kinds.generated import Generated
from opensafe.model.skip import SkipReason, Unread

_LABEL, _TEXTS, _INTEGERS, _DOUBLES = "pickle:strings", "pickle:texts", "pickle:integers", "pickle:doubles"


class PickleStrings(Generated):
    prefix = "pickle:"
    signatures = frozenset({"pickle"})

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        """One value a line; numbers too, as identifiers are often kept as numbers. Then what is in arrays."""
        lines: list[str] = []
        buffers: list[bytes] = []
        if not _collect(content.data, meter.limit, lines, buffers):
            yield Unread(SkipReason.ARCHIVE_BUDGET, via=(_LABEL,), detail="more values than the budget has")
        if lines:
            yield Unpacked(_LABEL, "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"), leaf=True)
        yield from value_lines(_TEXTS, texts_of(buffers), meter)
        yield from value_lines(_INTEGERS, integers_of(buffers), meter)
        yield from value_lines(_DOUBLES, doubles_of(content.data), meter)


def _collect(data: bytes, room: int, lines: list[str], buffers: list[bytes]) -> bool:
    """Whether all values are within the budget; those that are stand in the lists then."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes that Python does not know: it would quote the file
        for number, value in enumerate(values_in(data)):
            room -= len(value) + 1
            if number >= MAX_OPCODES or room < 0:
                return False
            if isinstance(value, bytes):
                buffers.append(value)
            else:
                lines.append(value)
    return True


FORMAT = PickleStrings()
