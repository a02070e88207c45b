"""Quoted-printable text (RFC 2045, 6.7) as a stretch of escapes, so that changes find their way back."""

from collections.abc import Iterator

from opensafe.formats.escapes import Escape, Stretch
from opensafe.model.expressions import expression

_CODED = expression(rb"=([0-9A-Fa-f]{2})|=[ \t]{0,20}\r?\n")
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;()<>@/+-_[]\r\n")


def quoted_stretch(data: bytes, start: int, end: int) -> Stretch:
    """The bytes `start` to `end`; a line break that is escaped stands for nothing."""
    return Stretch(start, end, tuple(_escapes(data, start, end)))


def _escapes(data: bytes, start: int, end: int) -> Iterator[Escape]:
    for found in _CODED.finditer(data, start, end):
        meaning = bytes.fromhex(found[1].decode("ascii")) if found[1] else b""
        yield Escape(found.start(), found.end(), meaning)


def quoted(text: bytes) -> bytes:
    return b"".join(bytes([code]) if code in _PLAIN else b"=%02X" % code for code in text)
