"""Trailers of commit messages that name people: a mailmap does not reach them."""

import re
from collections.abc import Iterator

from opensafe.model.gitobjects import Identity

_TRAILER = re.compile(
    rb"^(?:co-authored-by|signed-off-by|reviewed-by|acked-by|tested-by|reported-by|suggested-by|helped-by|on-behalf-of)"
    rb":[ \t]{0,8}([^<\n]{1,200}?)[ \t]{0,8}<([^>\n]{1,200})>",
    re.IGNORECASE | re.MULTILINE,
)


def trailer_spans(message: bytes) -> Iterator[tuple[int, int]]:
    """Where the trailers stand that name people: start and end (exclusive)."""
    yield from (match.span() for match in _TRAILER.finditer(message))


def trailer_identities(message: bytes) -> Iterator[Identity]:
    """The people that trailers name, without a date."""
    for match in _TRAILER.finditer(message):
        yield Identity(match[1], match[2], b"")
