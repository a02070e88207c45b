"""Who wrote or changed an old Office file, from its set of properties ([MS-OLEPS] 2.21, [MS-OSHARED] 2.3.3.2.1)."""

import struct
from collections.abc import Iterator

_HEAD = b"\xfe\xff"
_SECTION_AT = 44  # where the place of the first section stands
_NARROW, _WIDE = 30, 31  # kinds of text
_MOST = 200
_WORDS = {2: "title", 3: "subject", 4: "author", 5: "keywords", 6: "comments", 8: "modified by"}
_COMPANY_WORDS = {14: "contact", 15: "company"}
_COMPANY_SET = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")
STREAMS = frozenset({"\x05SummaryInformation", "\x05DocumentSummaryInformation"})


def property_lines(stream: bytes) -> Iterator[str]:
    """`author: NAME` for every property that is text and known; damage ends it."""
    if not stream.startswith(_HEAD) or len(stream) < _SECTION_AT + 4:
        return
    words = _COMPANY_WORDS if stream[28:44] == _COMPANY_SET else _WORDS
    (start,) = struct.unpack_from("<I", stream, _SECTION_AT)
    if start + 8 > len(stream):
        return
    (count,) = struct.unpack_from("<I", stream, start + 4)
    for at in range(start + 8, min(start + 8 + 8 * min(count, _MOST), len(stream) - 7), 8):
        number, offset = struct.unpack_from("<II", stream, at)
        text = _text(stream, start + offset) if number in words else ""
        if text.strip():
            yield f"{words[number]}: {text}"


def _text(stream: bytes, at: int) -> str:
    if at + 8 > len(stream):
        return ""
    kind, size = struct.unpack_from("<II", stream, at)
    if kind == _WIDE:
        return stream[at + 8 : at + 8 + 2 * size].decode("utf-16-le", "replace").rstrip("\0")
    if kind != _NARROW:
        return ""
    raw = stream[at + 8 : at + 8 + size].rstrip(b"\0")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("windows-1252", "replace")
