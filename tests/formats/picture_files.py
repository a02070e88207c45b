"""Small pictures that carry text, built by hand."""

import struct
import zlib
from collections.abc import Sequence

NAME = b"Ada Lovelace"


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(*chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\xff"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + pixels + chunk(b"IEND", b"")


def tiff(tags: Sequence[tuple[int, int, bytes]], order: str = "<") -> bytes:
    """One folder of tags, their values behind it."""
    head = b"II*\0" if order == "<" else b"MM\0*"
    at = 8 + 2 + 12 * len(tags) + 4
    folder, values = b"", b""
    for tag, kind, content in tags:
        stands_there = len(content) <= 4
        place = content.ljust(4, b"\0") if stands_there else struct.pack(f"{order}I", at + len(values))
        values += b"" if stands_there else content
        folder += struct.pack(f"{order}HHI", tag, kind, len(content)) + place
    return head + struct.pack(f"{order}IH", 8, len(tags)) + folder + bytes(4) + values


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg(*segments: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xda\0\2" + b"pixels" + b"\xff\xd9"


EXIF = tiff(
    [
        (0x010E, 2, b"Ward 7\0"),
        (0x013B, 2, NAME + b"\0"),
        (0x9C9C, 1, "Größe".encode("utf-16-le") + b"\0\0"),
        (0x9286, 7, b"ASCII\0\0\0seen by Bo"),
        (0x0131, 2, b"R\0"),
    ],
    ">",
)
IPTC = (
    b"8BIM" + struct.pack(">HBx", 0x0404, 0) + struct.pack(">I", 5 + 12) + b"\x1c\2" + struct.pack(">BH", 80, 12) + NAME
)
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:rights>Ada</dc:rights></x:xmpmeta>'
GIF_COMMENT = b"\x21\xfe\x0c" + NAME + b"\0"
SCREEN = png(
    chunk(b"tEXt", b"Author\0" + NAME),
    chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"host = db1, by " + NAME, 9)),
    chunk(b"iTXt", b"Title\0\0\0en\0\0" + "Größe".encode()),
    chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET),
    chunk(b"eXIf", EXIF),
)
PHOTO = jpeg(
    segment(0xE0, b"JFIF\0\1\1"),
    segment(0xE1, b"Exif\0\0" + EXIF),
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PACKET),
    segment(0xED, b"Photoshop 3.0\0" + IPTC),
    segment(0xFE, b"taken by " + NAME),
)
GIF = (
    b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6) + GIF_COMMENT + b"\x2c" + bytes(9) + b"\2\1\0\0\x3b"
)
WEBP_BODY = (
    b"WEBPEXIF"
    + struct.pack("<I", len(EXIF))
    + EXIF
    + bytes(len(EXIF) % 2)
    + b"XMP "
    + struct.pack("<I", len(PACKET))
    + PACKET
)
WEBP = b"RIFF" + struct.pack("<I", len(WEBP_BODY)) + WEBP_BODY
PICTURES = {"png": SCREEN, "jpeg": PHOTO, "gif": GIF, "webp": WEBP, "tiff": EXIF}
