"""The encoded bodies of a mail (RFC 2045, 6): where they stand, in one flat look that damage does not stop.

A body follows the block of headers that names its encoding, and ends at a boundary that the mail names, or where the
next mail of a box begins. Parts in parts need no more than that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opensafe.model.expressions import expression

_ENCODED = expression(
    rb"^Content-Transfer-Encoding:[ \t]{0,20}\"?(base64|quoted-printable)\b", re.IGNORECASE | re.MULTILINE
)
_BOUNDARY = expression(rb"\bboundary[ \t]{0,5}=[ \t]{0,5}(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_NAMED = expression(rb"name[ \t]{0,5}=[ \t]{0,5}(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_BLANK = expression(rb"\n\r?\n")
_MARK = expression(rb"\r?\n--([^\r\n]{1,210})|\r?\n\r?\nFrom [^\r\n]{5,200}\r?\n")
_HEADERS = 65_536


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes `start` to `end` of the mail are packed as `encoding` says; `name` is that of an attachment."""

    start: int
    end: int
    encoding: str
    name: bytes


def bodies_of(mail: bytes) -> Iterator[Body]:
    """Every encoded body that is not empty, in order."""
    boundaries = {found[1] or found[2] for found in _BOUNDARY.finditer(mail)}
    at = 0
    while found := _ENCODED.search(mail, at):
        blank = _BLANK.search(mail, found.end() - 1, found.end() + _HEADERS)
        if not blank:
            at = found.end()
            continue
        start = at = blank.end()
        end = _end_of(mail, blank.start(), boundaries)
        if mail[start:end].strip():
            yield Body(start, end, found[1].decode("ascii").lower(), _name(mail, found.start(), blank.start()))
            at = end


def _end_of(mail: bytes, at: int, boundaries: set[bytes]) -> int:
    is_box = mail.startswith(b"From ")
    for mark in _MARK.finditer(mail, at):
        line = mark[1]
        if line is None:
            if is_box:
                return mark.start()
        elif line.rstrip(b" \t") in boundaries or line.rstrip(b" \t").removesuffix(b"--") in boundaries:
            return max(mark.start(), at)
    return len(mail)


def _name(mail: bytes, at: int, end: int) -> bytes:
    """The name of an attachment, in the headers around `at`."""
    low = max(0, at - _HEADERS)
    first = max(mail.rfind(mark, low, at) for mark in (b"\n\n", b"\n\r\n", b"\n--"))
    found = _NAMED.search(mail, max(first, low), end)
    return (found[1] or found[2]) if found else b""
