"""Whether a text is a mail, or a box of mails: it begins with a block of headers (RFC 5322, 2.2; RFC 4155)."""

from opensafe.model.expressions import expression

_FIRST = expression(rb"From [^\n]{5,200}\n|[A-Za-z][A-Za-z0-9-]{1,60}:[ \t\r]")
_LINE = expression(rb"(?:([A-Za-z][A-Za-z0-9-]{1,60}):|[ \t]\S|>From )[^\n]{0,2000}(?:\n|\Z)")
_KNOWN = frozenset(
    b"from to cc bcc date subject message-id in-reply-to references reply-to sender mime-version content-type "
    b"content-transfer-encoding received return-path delivered-to thread-topic thread-index list-id user-agent "
    b"x-mailer dkim-signature authentication-results".split()
)
_SURE = frozenset((b"from", b"received", b"message-id", b"mime-version", b"return-path"))
_FEWEST = 3
_LINES = 500
_BLANK = (b"\n", b"\r\n", b"")


def is_mail(text: bytes) -> bool:
    """At least three headers that mails have, one of them hardly used elsewhere, in a block that a blank line ends."""
    found = _FIRST.match(text)
    if not found:
        return False
    at = found.end() if text.startswith(b"From ") else 0
    names: set[bytes] = set()
    for _ in range(_LINES):
        line = _LINE.match(text, at)
        if not line:
            break
        names.add((line[1] or b"").lower())
        at = line.end()
    ended = text[at : text.find(b"\n", at) + 1] in _BLANK
    return ended and len(names & _KNOWN) >= _FEWEST and bool(names & _SURE)
