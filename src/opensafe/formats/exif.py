"""What tags of EXIF and TIFF say in words (TIFF 6.0, section 2; Exif 2.32, 4.6), and records of IPTC (IIM 4.2)."""

import struct
from collections.abc import Iterator

_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_BYTES, _ASCII, _UNDEFINED, _UTF8 = 1, 2, 7, 129
_FOLDERS = frozenset({0x8769, 0x8825, 0xA005})
_WIDE = range(0x9C9B, 0x9CA0)  # written by Windows, in UTF-16
_REMARK, _XMP = 0x9286, 0x02BC
_CHARSET = 8  # bytes before a remark
_MOST_TAGS, _MOST_FOLDERS = 2000, 50
_LONGEST = 4 * 1024 * 1024  # bytes of all tags: a file may have many tags that stand at one place
_NAMES = {
    0x010E: "description",
    0x010F: "make",
    0x0110: "model",
    0x0131: "software",
    0x013B: "author",
    0x013C: "computer",
    0x8298: "copyright",
    0xA430: "owner",
    0x9C9B: "title",
    0x9C9C: "comment",
    0x9C9D: "author",
    0x9C9E: "keywords",
    0x9C9F: "subject",
    _REMARK: "comment",
    0xA420: "id",
}
_RECORDS = {5: "title", 25: "keyword", 80: "author", 105: "headline", 116: "copyright", 118: "contact", 120: "caption"}
_RECORDS |= {122: "created by"}
_PHOTOSHOP, _IPTC = b"8BIM", 0x0404


class TagsTooLarge(Exception):
    """There are more tags, or more in them, than are read."""


def exif_lines(data: bytes) -> Iterator[str]:
    """`author: NAME` for every tag that holds text, in all folders of tags. Raises TagsTooLarge, after some."""
    for tag, content in _tags(data):
        if tag == _XMP or not (text := _text(tag, content)):
            continue
        yield f"{_NAMES.get(tag, f'tag {tag}')}: {text}"


def packet_of(data: bytes) -> bytes:
    """The XMP packet that a TIFF file holds as a tag; nothing where the tags are over what is read."""
    try:
        return next((content for tag, content in _tags(data) if tag == _XMP), b"")
    except TagsTooLarge:
        return b""


def iptc_lines(data: bytes) -> Iterator[str]:
    """The records of a Photoshop segment of a JPEG file."""
    at = data.find(_PHOTOSHOP)
    while at >= 0 and at + 12 <= len(data):
        kind, name_size = struct.unpack_from(">HB", data, at + 4)
        at += 7 + name_size + (name_size + 1) % 2
        size = int.from_bytes(data[at : at + 4], "big")
        if kind == _IPTC:
            yield from _records(data[at + 4 : at + 4 + size])
        at = data.find(_PHOTOSHOP, at + 4)


def _records(data: bytes) -> Iterator[str]:
    at = 0
    while at + 5 <= len(data) and data[at] == 0x1C:  # noqa: PLR2004 - the mark of a record
        number, size = struct.unpack_from(">BH", data, at + 2)
        text = data[at + 5 : at + 5 + size]
        if data[at + 1] == 2 and number and text:  # noqa: PLR2004 - the application record
            yield f"{_RECORDS.get(number, f'record {number}')}: {_decoded(text)}"
        at += 5 + size


def _tags(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The tags whose values are bytes. Raises TagsTooLarge."""
    room = _LONGEST
    for tag, kind, size, start in _entries(data):
        if kind in {_BYTES, _ASCII, _UNDEFINED, _UTF8}:
            content = data[start : start + min(size, room + 1)]
            room -= len(content)
            if room < 0:
                raise TagsTooLarge
            yield tag, content


def _entries(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Tag, kind of value, number of values and where they stand, folder by folder."""
    order = _ORDERS.get(data[:4], "")
    waiting = [struct.unpack_from(f"{order}I", data, 4)[0]] if order and len(data) >= 8 else []  # noqa: PLR2004 - the header
    seen: set[int] = set()
    while waiting:
        at = waiting.pop(0)
        if not at or at in seen or at + 2 > len(data):
            continue
        seen.add(at)
        (count,) = struct.unpack_from(f"{order}H", data, at)
        if count > _MOST_TAGS or len(seen) > _MOST_FOLDERS:
            raise TagsTooLarge
        for place in range(at + 2, min(at + 2 + 12 * count, len(data) - 11), 12):
            tag, kind, size, value = struct.unpack_from(f"{order}HHII", data, place)
            if tag in _FOLDERS:
                waiting.append(value)
            yield tag, kind, size, value if size > 4 else place + 8  # noqa: PLR2004 - four bytes stand in its place
        following = at + 2 + 12 * count
        if following + 4 <= len(data):
            waiting.append(struct.unpack_from(f"{order}I", data, following)[0])


def _text(tag: int, content: bytes) -> str:
    if tag in _WIDE:
        return content.decode("utf-16-le", "replace").rstrip("\0")
    if tag == _REMARK:
        content = content[_CHARSET:]
    text = content.rstrip(b"\0 ")
    return _decoded(text) if text and text.translate(None, bytes(range(9))) == text else ""


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("windows-1252", "replace")
