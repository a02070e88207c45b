"""Changes raw commits and tags line by line, so that everything else in them stays as it was."""

import re
from collections.abc import Callable, Iterator

from opensafe.git.parse import parse_identity
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import Identity

_SIGNATURE = expression(rb"^-----BEGIN (?:PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----$", re.MULTILINE)
_LINE = expression(rb"[^\n]*\n(?: [^\n]*\n)*")

SIGNATURES = frozenset({b"gpgsig", b"gpgsig-sha256"})
PEOPLE = frozenset({b"author", b"committer", b"tagger"})

EditHeader = Callable[[bytes, bytes], bytes | None]
"""From a header's name and raw value (continuation lines included) to its new value; `None` drops it."""


def edit_object(data: bytes, edit: EditHeader, message: bytes) -> bytes:
    """The object with each header passed through `edit`, and another message."""
    end = data.find(b"\n\n")
    head = data if end < 0 else data[: end + 1]
    return b"".join(_edited_lines(head, edit)) + b"\n" + message


def rename_line(value: bytes, rename: Callable[[Identity], Identity]) -> bytes:
    """An identity line with its name and e-mail renamed; byte for byte the same where nothing is."""
    old = parse_identity(value)
    new = rename(old)
    return value if new == old else format_identity(new)


def format_identity(who: Identity) -> bytes:
    return b"%s <%s> %s" % (who.name, who.email, who.when)


def without_signature(message: bytes) -> bytes:
    """The message of a tag up to its signature."""
    found = _SIGNATURE.search(message)
    return message if found is None else message[: found.start()]


def _edited_lines(head: bytes, edit: EditHeader) -> Iterator[bytes]:
    complete = head if head.endswith(b"\n") else head + b"\n"
    for line in _LINE.findall(complete):
        name, _, value = line[:-1].partition(b" ")
        new = edit(name, value)
        if new is not None:
            yield name + b" " + new + b"\n"
