"""How a name is compared: so that all spellings of one name are one finding."""

from opensafe.model.expressions import expression

_TITLE = expression(r"(?:dr|mr|mrs|ms|miss|mx|prof|professor|sir|dame|rev|revd|cllr)\.? (?=\S+ \S)")
_REVERSED = expression(r"(?P<last>[^,]{2,60}), ?(?P<first>[^,]{1,60})")


def canonical_name(name: bytes) -> bytes:
    """In small letters, with single blanks, without a title before two words, the given name first."""
    text = " ".join(name.decode("utf-8", "replace").lower().split())
    text = _TITLE.sub("", text, count=1) if _TITLE.match(text) else text
    reversed_name = _REVERSED.fullmatch(text)
    return (f"{reversed_name['first']} {reversed_name['last']}" if reversed_name else text).encode()
