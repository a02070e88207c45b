"""Trailers of commit messages that name people: a mailmap does not reach them.

Which words are used is a matter of habit (`git interpret-trailers`, the kernel's and the forges' manuals), so it is
their shape that counts: a word with hyphens that ends in `-by` or the like, a colon, and somebody.
"""

import re
from collections.abc import Iterator

from opensafe.model.expressions import expression
from opensafe.model.gitobjects import Identity

_WORD = rb"(?:[a-z]{1,20}-){1,4}(?:by|with|of|to|author|authors|patch)|cc|author|committer"
_TRAILER = expression(
    rb"^(?:(?i:" + _WORD + rb"))[ \t]{0,4}:[ \t]{0,8}(?:"
    rb"(?P<name>[^<\n]{0,200}?)[ \t]{0,8}<(?P<email>[^>\n]{1,200})>"
    rb"|(?P<address>[^\s<>@]{1,64}@[^\s<>@]{1,190})(?=[ \t\r]{0,8}$))",
    re.MULTILINE,
)


def trailer_spans(message: bytes) -> Iterator[tuple[int, int]]:
    """Where the trailers stand that name people: start and end (exclusive)."""
    yield from (match.span() for match in _TRAILER.finditer(message))


def trailer_identities(message: bytes) -> Iterator[Identity]:
    """The people that trailers name, without a date. A name without an address may be a team's or a firm's."""
    for match in _TRAILER.finditer(message):
        yield Identity(match["name"] or b"", match["email"] or match["address"] or b"", b"")
