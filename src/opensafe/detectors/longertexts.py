"""Whether what looks like a token is only a part of something longer: of a checksum, or of a block in base64."""

from opensafe.model.expressions import expression

_CHECKSUM = expression(rb"(?i:sha(?:1|256|384|512)[-:])[A-Za-z0-9+/]{0,90}\Z")
_REACH = 100  # bytes before a token in which its checksum may begin
_LINE = expression(rb"[ \t#*/>-]{0,4}(?P<text>[A-Za-z0-9+/]{60,76})\r?")
_SIGNS = expression(rb"[+/]")  # no token of a vendor holds them, and nearly every line of base64 does


def part_of_longer(data: bytes, start: int, end: int) -> str | None:
    """What the token between `start` and `end` is a part of, in words."""
    if _CHECKSUM.search(data, max(0, start - _REACH), start):
        return "it is a part of a checksum"
    return "it is a line of a longer block" if _is_line_of_block(data, start, end) else None


def _is_line_of_block(data: bytes, start: int, end: int) -> bool:
    """Whether the line that holds the token is base64 from end to end, as is the one before or after it."""
    first = data.rfind(b"\n", max(0, start - _REACH), start) + 1
    last = data.find(b"\n", end, end + _REACH)
    if not first or last < 0 or not _LINE.fullmatch(data, first, last):
        return False
    before = data.rfind(b"\n", max(0, first - 1 - _REACH), first - 1) + 1
    after = data.find(b"\n", last + 1, last + 1 + _REACH)
    lines = (_LINE.fullmatch(data, before, first - 1), _LINE.fullmatch(data, last + 1, after) if after > 0 else None)
    return any(line is not None and _SIGNS.search(line["text"]) for line in lines)
