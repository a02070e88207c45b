"""How members of zip files are compressed (PKWARE APPNOTE 6.3, section 4.4.5)."""

import bz2
import lzma
import struct
import zlib

from opensafe.formats.compression import Damaged, OverLimit, decompressed, recompressed
from opensafe.formats.deflate import deflated

STORED, DEFLATED, BZIP2, LZMA, ZSTD, XZ = 0, 8, 12, 14, 93, 95
_STREAMS = {ZSTD: "zstd", XZ: "xz"}
_ERRORS = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, struct.error)
_PROPERTIES = 5  # bytes: a number for lc, lp and pb, and the size of the dictionary
_LARGEST_DICTIONARY = 64 * 1024 * 1024


class Unsupported(Exception):
    """A member is compressed by a method that is not known here."""


class DamagedMember(Exception):
    """A member is not what its method says, or longer than it declares."""


def unpacked(packed: bytes, method: int, size: int) -> bytes:
    """What a member holds; may give one byte more than `size`. Raises Unsupported or DamagedMember."""
    try:
        if method in _STREAMS:
            return decompressed(packed, _STREAMS[method], size)
        if method == DEFLATED:
            return zlib.decompressobj(wbits=-15).decompress(packed, size + 1)
        if method == BZIP2:
            return bz2.BZ2Decompressor().decompress(packed, size + 1)
        if method == LZMA:
            return _lzma(packed, size)
    except (*_ERRORS, Damaged, OverLimit) as error:
        raise DamagedMember from error
    raise Unsupported


def _lzma(packed: bytes, size: int) -> bytes:
    """A raw stream behind its properties (section 5.8.8)."""
    (length,) = struct.unpack_from("<H", packed, 2)
    code, dictionary = struct.unpack_from("<BI", packed, 4)
    if length != _PROPERTIES or dictionary > _LARGEST_DICTIONARY:
        raise Unsupported
    place = {"lc": code % 9, "lp": code // 9 % 5, "pb": code // 45}
    chain = [{"id": lzma.FILTER_LZMA1, "dict_size": max(dictionary, 4096), **place}]
    stream = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=chain)
    return stream.decompress(packed[4 + _PROPERTIES :], size + 1)


def packed(content: bytes, method: int) -> bytes:
    """`content` compressed by this method, the same on every machine. Raises Unsupported."""
    if method == STORED:
        return content
    if method == DEFLATED:
        return deflated(content)
    if method == BZIP2:
        return bz2.compress(content)
    if method in _STREAMS:
        return recompressed(b"", _STREAMS[method], content)
    raise Unsupported
