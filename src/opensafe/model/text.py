"""Bytes from a repository made fit for people: nothing that a terminal or a browser would obey."""

import re

# C0 and C1 controls, DEL, bidi controls, zero-width characters, line separators, lone surrogates.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")

_SURROGATE = 0xDC00
_CARRIED_BYTES = range(0xDC80, 0xDD00)  # bytes that are not UTF-8, as surrogateescape carries them
_LAST_BYTE = 0xFF


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code in _CARRIED_BYTES:
        return f"\\x{code - _SURROGATE:02x}"
    return f"\\x{code:02x}" if code <= _LAST_BYTE else f"\\u{code:04x}"


def printable(text: str) -> str:
    """`text` with every control, bidi and zero-width character written as an escape."""
    return _UNSAFE.sub(_escape, text)


def shown(raw: bytes) -> str:
    """Bytes of a name or message for display: UTF-8 where it is, `\\xNN` where it is not, controls escaped."""
    return printable(raw.decode("utf-8", "surrogateescape"))
