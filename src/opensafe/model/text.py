"""Bytes from a repository made fit for people: nothing that a terminal or a browser would obey."""

import re
from collections.abc import Mapping
from itertools import islice

from opensafe.model.expressions import expression

# C0 and C1 controls, DEL, bidi controls, zero-width characters, line separators, lone surrogates, and characters
# that show nothing (fillers, variation selectors, musical and annotation controls, tags).
_UNSAFE = expression(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

_LONE_SURROGATE = expression("[\ud800-\udfff]")
_SURROGATE = 0xDC00
_CARRIED_BYTES = range(0xDC80, 0xDD00)  # bytes that are not UTF-8, as surrogateescape carries them
_LAST_BYTE, _LAST_SHORT = 0xFF, 0xFFFF


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code in _CARRIED_BYTES:
        return f"\\x{code - _SURROGATE:02x}"
    if code <= _LAST_BYTE:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _LAST_SHORT else f"\\U{code:08x}"


def printable(text: str) -> str:
    """`text` with every control, bidi and zero-width character written as an escape."""
    if text.isascii() and text.isprintable():  # as nearly all are: that is told at once
        return text
    return _UNSAFE.sub(_escape, text)


def well_formed(text: str) -> str:
    """`text` with lone surrogates (bytes that were no UTF-8) as people see them: no encoding holds them as they are."""
    return _LONE_SURROGATE.sub(_escape, text)


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 finding`, `2,000 findings`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def counted_together(numbers: Mapping[str, int]) -> str:
    """Numbers by their nouns: `3 findings and 1 skip`. Of what there is nothing it says nothing, unless of all."""
    some = {noun: number for noun, number in numbers.items() if number} or dict(islice(numbers.items(), 1))
    return " and ".join(counted(number, noun) for noun, number in some.items())


def shown(raw: bytes) -> str:
    """Bytes of a name or message for display: UTF-8 where it is, `\\xNN` where it is not, controls escaped."""
    return printable(raw.decode("utf-8", "surrogateescape"))
