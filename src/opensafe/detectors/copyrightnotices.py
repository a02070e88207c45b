"""Notices of copyright: the names in them are of those whom a licence asks to credit."""

from opensafe.model.expressions import expression

_NOTICE = expression(rb"(?i)copyright|\(c\)|\xc2\xa9|&copy;|\\u00a9|[ \t]\xa9|\blicen[cs]ed (?:under|by|mit)")
_REACH = 160  # bytes before a name, in its line
WHY = "in a notice of copyright, which licences ask to keep"


def is_in_notice(data: bytes, start: int) -> bool:
    """Whether what begins at `start` stands in a notice of copyright, behind the word or sign for it."""
    low = max(0, start - _REACH)
    return _NOTICE.search(data, max(low, data.rfind(b"\n", low, start) + 1), start) is not None
