"""Streams as data files use them: Snappy and LZ4 (read here, for the standard library has neither), gzip, zstd."""

import zlib
from collections.abc import Callable

from opensafe.formats.compression import Damaged, OverLimit, decompressed
from opensafe.formats.datafiles.frame import TooMuch

_LZ4_FRAME = b"\x04\x22\x4d\x18"
_UNPACKED = 0x80000000  # the flag of a block of a frame that is stored as it is


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
            _copy(out, (tag >> 5) << 8 | data[at], (tag >> 2 & 7) + 4)
            at += 1
        else:
            width = 2 if kind == 2 else 4  # noqa: PLR2004 - kinds 2 and 3 differ in the width of the offset
            _copy(out, int.from_bytes(data[at : at + width], "little"), (tag >> 2) + 1)
            at += width
    return _whole(out, size)


def _snappy_literal(data: bytes, at: int, length: int, out: bytearray) -> int:
    if length >= 60:  # noqa: PLR2004 - from here on the length follows, in one to four bytes
        width = length - 59
        length, at = int.from_bytes(data[at : at + width], "little"), at + width
    out += data[at : at + length + 1]
    return at + length + 1


def lz4(data: bytes, limit: int) -> bytes:
    """One block of LZ4. Raises TooMuch, IndexError or ValueError."""
    out = bytearray()
    _lz4_block(data, out, limit)
    return bytes(out)


def _lz4_block(data: bytes, out: bytearray, limit: int) -> None:
    """Adds what a block holds to `out`, which it may refer to."""
    at = 0
    while at < len(data):
        token = data[at]
        length, at = _lz4_length(data, at + 1, token >> 4)
        out += data[at : at + length]
        at += length
        if len(out) > limit:
            raise TooMuch
        if at >= len(data):
            break
        offset = int.from_bytes(data[at : at + 2], "little")
        length, at = _lz4_length(data, at + 2, token & 15)
        if len(out) + length + 4 > limit:
            raise TooMuch
        _copy(out, offset, length + 4)


def _lz4_length(data: bytes, at: int, length: int) -> tuple[int, int]:
    while length >= 15 and data[at] == 255:  # noqa: PLR2004 - fifteen and every 255 say that more follows
        length, at = length + 255, at + 1
    return (length + data[at], at + 1) if length >= 15 else (length, at)  # noqa: PLR2004 - as above


def lz4_frame(data: bytes, limit: int) -> bytes:
    """The framing of LZ4 (lz4 Frame Format 1.6); check sums are passed over. Raises as `lz4`."""
    if not data.startswith(_LZ4_FRAME):
        raise ValueError
    flags = data[4]
    at = 7 + (8 if flags & 8 else 0) + (4 if flags & 1 else 0)
    out = bytearray()
    while size := int.from_bytes(data[at : at + 4], "little"):
        block = data[at + 4 : at + 4 + (size & ~_UNPACKED)]
        if size & _UNPACKED:
            out += block
        else:
            _lz4_block(block, out, limit)
        if len(out) > limit:
            raise TooMuch
        at += 4 + (size & ~_UNPACKED) + (4 if flags & 16 else 0)
    return bytes(out)


def _copy(out: bytearray, offset: int, length: int) -> None:
    """Repeat what stands `offset` bytes back; it may run into what it writes."""
    if not 0 < offset <= len(out):
        raise ValueError
    start = len(out) - offset
    if offset >= length:
        out += out[start : start + length]
    else:
        out += (bytes(out[start:]) * (length // offset + 1))[:length]


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
    "lz4": lz4,
    "lz4-frame": lz4_frame,
    "zstd": _zstd,
}


def unpacked(data: bytes, codec: str, limit: int) -> bytes:
    """The content of a stream. Raises UnknownCodec, TooMuch, or what its codec raises."""
    if codec not in CODECS:
        raise UnknownCodec
    return CODECS[codec](data, limit)
