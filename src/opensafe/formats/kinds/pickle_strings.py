"""Strings of Python pickles, found by reading opcodes: nothing is ever loaded (facts, names 7)."""

import pickletools
from collections.abc import Iterator
from itertools import islice

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.kinds.generated import Generated
from opensafe.model.skip import SkipReason, Unread

_MAX_OPCODES = 1_000_000
_LABEL = "pickle:strings"


class PickleStrings(Generated):
    prefix = _LABEL
    signatures = frozenset({"pickle"})

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        """One value a line; numbers too, as identifiers are often kept as numbers."""
        lines: list[str] = []
        room = meter.limit
        for number, value in enumerate(_values(content.data)):
            room -= len(value) + 1
            if number >= _MAX_OPCODES or room < 0:
                yield Unread(SkipReason.ARCHIVE_BUDGET, via=(_LABEL,), detail="more values than the budget has")
                break
            lines.append(value)
        if lines:
            yield Unpacked(_LABEL, "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"), leaf=True)


def _values(data: bytes) -> Iterator[str]:
    """Text and whole numbers; a pickle that breaks off (arrays of other libraries follow) ends quietly.

    The raw bytes are searched in any case.
    """
    try:
        for opcode, argument, _ in islice(pickletools.genops(data), _MAX_OPCODES + 1):
            if isinstance(argument, str) or (isinstance(argument, int) and opcode.name.startswith(("BININT", "LONG"))):
                yield str(argument)
            else:
                yield from ()
    except (ValueError, IndexError, KeyError, OverflowError, UnicodeError):
        return


FORMAT = PickleStrings()
