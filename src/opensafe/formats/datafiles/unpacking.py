"""Streams as data files use them: Snappy (read here, for the standard library has it not), LZ4, gzip, zstd."""

import zlib
from collections.abc import Callable

from opensafe.formats.compression import Damaged, OverLimit, decompressed
from opensafe.formats.datafiles.frame import TooMuch
from opensafe.formats.lz4 import TooLong, lz4_block, lz4_frames, repeat


class UnknownCodec(Exception):
    """There is no reader for this kind of stream."""


def inflated(data: bytes, limit: int) -> bytes:
    """Zlib or gzip. Raises TooMuch, zlib.error or EOFError."""
    stream = zlib.decompressobj(wbits=47)
    content = stream.decompress(data, limit + 1)
    if len(content) > limit:
        raise TooMuch
    if not stream.eof:
        raise EOFError
    return content


def snappy(data: bytes, limit: int) -> bytes:
    """The format of google/snappy, without its framing. Raises TooMuch, IndexError or ValueError."""
    size, at = varint(data, 0)
    if size > limit:
        raise TooMuch
    out = bytearray()
    while at < len(data) and len(out) < size:
        tag = data[at]
        kind, at = tag & 3, at + 1
        if kind == 0:
            at = _snappy_literal(data, at, tag >> 2, out)
        elif kind == 1:
            repeat(out, (tag >> 5) << 8 | data[at], (tag >> 2 & 7) + 4)
            at += 1
        else:
            width = 2 if kind == 2 else 4  # noqa: PLR2004 - kinds 2 and 3 differ in the width of the offset
            repeat(out, int.from_bytes(data[at : at + width], "little"), (tag >> 2) + 1)
            at += width
    return _whole(out, size)


def _snappy_literal(data: bytes, at: int, length: int, out: bytearray) -> int:
    if length >= 60:  # noqa: PLR2004 - from here on the length follows, in one to four bytes
        width = length - 59
        length, at = int.from_bytes(data[at : at + width], "little"), at + width
    out += data[at : at + length + 1]
    return at + length + 1


def _lz4(data: bytes, limit: int) -> bytes:
    try:
        return lz4_block(data, limit)
    except TooLong:
        raise TooMuch from None


def _lz4_frame(data: bytes, limit: int) -> bytes:
    try:
        return lz4_frames(data, limit)
    except TooLong:
        raise TooMuch from None


def _whole(out: bytearray, size: int) -> bytes:
    if len(out) != size:
        raise ValueError
    return bytes(out)


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the low ones first, and where it ends. Raises IndexError or ValueError."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 - the last byte
            return value, at
        if shift > 63:  # noqa: PLR2004 - bits of the longest number
            raise ValueError


def _plain(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise TooMuch
    return data


def _zstd(data: bytes, limit: int) -> bytes:
    """Frames of Zstandard, as in files of their own. Raises TooMuch or ValueError."""
    try:
        return decompressed(data, "zstd", limit)
    except OverLimit:
        raise TooMuch from None
    except Damaged:
        raise ValueError from None


CODECS: dict[str, Callable[[bytes, int], bytes]] = {
    "": _plain,
    "snappy": snappy,
    "gzip": inflated,
    "lz4": _lz4,
    "lz4-frame": _lz4_frame,
    "zstd": _zstd,
}


def unpacked(data: bytes, codec: str, limit: int) -> bytes:
    """The content of a stream. Raises UnknownCodec, TooMuch, or what its codec raises."""
    if codec not in CODECS:
        raise UnknownCodec
    return CODECS[codec](data, limit)
