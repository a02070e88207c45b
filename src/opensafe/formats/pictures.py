"""Where pictures hold text: chunks of PNG, segments of JPEG, extensions of GIF, chunks of WebP.

Sources: PNG (W3C, third edition) 11.3.3; JPEG (ITU T.81) B.1.1; GIF 89a, sections 24 and 26; WebP container
specification. A file that is cut ends the list: its pixels are not read here in any case.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_PNG_HEAD, _JPEG_HEAD = 8, 2
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_MORE_XMP_HEAD = len(_MORE_XMP) + 40  # an id, the whole length, an offset
_EXIF, _PHOTOSHOP = b"Exif\0\0", b"Photoshop 3.0\0"
_LARGEST_SEGMENT = 65_533
_SCAN = 0xDA
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_GIF_XMP, _XMP_TRAILER = b"XMP DataXMP", 258


class PictureTooLarge(Exception):
    """A text is packed that is over the limit."""


class PictureDamaged(Exception):
    """A text is packed that cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class Block:
    """Text (or, for `exif` and `iptc`, what holds it) at bytes `start` to `end` of the file.

    `packed` with a limit gives the text; `written` makes new bytes for the place, or None where that is not possible.
    """

    kind: str
    start: int
    end: int
    key: bytes
    packed: Callable[[int], bytes] = field(repr=False)
    written: Callable[[bytes], bytes | None] = field(repr=False)


def blocks_of(data: bytes, signature: str) -> Iterator[Block]:
    return _READERS[signature](data)


def _given(text: bytes) -> Callable[[int], bytes]:
    return lambda _limit: text


def _never(_text: bytes) -> None:
    return None


def _png(data: bytes) -> Iterator[Block]:
    at = _PNG_HEAD
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        end = at + 12 + size
        if len(content) < size:
            return
        if kind in {b"tEXt", b"zTXt", b"iTXt"}:
            yield _png_text(kind, content, at, end)
        elif kind == b"eXIf":
            yield Block("exif", at, end, b"", _given(content), _never)
        at = end


def _png_text(kind: bytes, content: bytes, start: int, end: int) -> Block:
    """The key, then flags and names that stay as they are, then the text, packed or not."""
    key, _, rest = content.partition(b"\0")
    flags, names = {b"tEXt": 0, b"zTXt": 1, b"iTXt": 2}[kind], 2 if kind == b"iTXt" else 0
    is_packed = kind == b"zTXt" or (kind == b"iTXt" and rest[:1] == b"\1")
    text = rest[flags:].split(b"\0", names)[-1]
    head = kind + content[: len(content) - len(text)]

    def written(new: bytes) -> bytes:
        body = head + (zlib.compress(new, 9) if is_packed else new)
        return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))

    return Block("text", start, end, key, _inflating(text) if is_packed else _given(text), written)


def _inflating(packed: bytes) -> Callable[[int], bytes]:
    def inflated(limit: int) -> bytes:
        stream = zlib.decompressobj()
        try:
            text = stream.decompress(packed, limit + 1)
        except zlib.error:
            raise PictureDamaged from None
        if len(text) > limit:
            raise PictureTooLarge
        return text

    return inflated


def _jpeg(data: bytes) -> Iterator[Block]:
    at = _JPEG_HEAD
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        marker = data[at + 1]
        if marker in _ALONE or marker == 0xFF:  # noqa: PLR2004 - padding
            at += 2 if marker in _ALONE else 1
            continue
        if marker == _SCAN:
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        content = data[at + 4 : end]
        for kind, found, head in _JPEG_KINDS:
            if marker == found and content.startswith(head):
                used = _MORE_XMP_HEAD if head == _MORE_XMP else len(head)
                yield _segment(kind, data[at : at + 2], content, used, at, end)
                break
        at = max(end, at + 4)


_JPEG_KINDS = (
    ("comment", 0xFE, b""),
    ("exif", 0xE1, _EXIF),
    ("xmp", 0xE1, _XMP),
    ("more xmp", 0xE1, _MORE_XMP),
    ("iptc", 0xED, _PHOTOSHOP),
)


def _segment(kind: str, marker: bytes, content: bytes, head: int, start: int, end: int) -> Block:
    def written(new: bytes) -> bytes | None:
        size = head + len(new) + 2
        return None if size > _LARGEST_SEGMENT else marker + struct.pack(">H", size) + content[:head] + new

    is_text = kind in {"comment", "xmp"}
    return Block(kind, start, end, b"", _given(content[head:]), written if is_text else _never)


def _gif(data: bytes) -> Iterator[Block]:
    at = 13 + _colours(data, 10)
    while at + 2 <= len(data):
        mark, label = data[at], data[at + 1]
        if mark == 0x21:  # noqa: PLR2004 - an extension
            content, end = _sub_blocks(data, at + 2)
            if label == 0xFE:  # noqa: PLR2004 - a comment
                yield Block("comment", at, end, b"", _given(content), _gif_comment)
            elif content.startswith(_GIF_XMP):
                raw = data[at + 14 : end]  # the packet stands there without sub-blocks, with a trailer
                yield Block("xmp", at, end, b"", _given(raw[:-_XMP_TRAILER]), _never)
            at = end
        elif mark == 0x2C and at + 10 <= len(data):  # noqa: PLR2004 - an image
            _, at = _sub_blocks(data, at + 11 + _colours(data, at + 9))
        else:
            return


def _colours(data: bytes, at: int) -> int:
    """The size of the table of colours that the flags at `at` tell of."""
    flags = data[at] if at < len(data) else 0
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _sub_blocks(data: bytes, at: int) -> tuple[bytes, int]:
    pieces: list[bytes] = []
    while at < len(data) and (size := data[at]):
        pieces.append(data[at + 1 : at + 1 + size])
        at += 1 + size
    return b"".join(pieces), min(at + 1, len(data))


def _gif_comment(new: bytes) -> bytes:
    pieces = (new[at : at + 255] for at in range(0, len(new), 255))
    return b"\x21\xfe" + b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"


def _webp(data: bytes) -> Iterator[Block]:
    at = 12
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size
        name = {b"EXIF": "exif", b"XMP ": "xmp"}.get(kind)
        if name and end <= len(data):
            content = data[at + 8 : end]
            content = content.removeprefix(_EXIF) if name == "exif" else content
            yield Block(name, at, end, b"", _given(content), _never)
        at = end + size % 2


def _tiff(data: bytes) -> Iterator[Block]:
    yield Block("exif", 0, len(data), b"", _given(data), _never)


_READERS: dict[str, Callable[[bytes], Iterator[Block]]] = {
    "png": _png,
    "jpeg": _jpeg,
    "gif": _gif,
    "webp": _webp,
    "tiff": _tiff,
}
PICTURES = frozenset(_READERS)
