"""Compressed streams, opened within a limit: gzip, bz2, xz, zstd. A bomb costs no more than the limit."""

import bz2
import lzma
import struct
import sys
import zlib
from typing import Protocol

from opensafe.formats.deflate import deflated

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SUFFIXES = {"gzip": b".gz", "bz2": b".bz2", "xz": b".xz", "zstd": b".zst"}
"""The streams that can be opened, and how such files are named."""

_MAGIC = {"gzip": b"\x1f\x8b\x08", "bz2": b"BZh", "xz": b"\xfd7zXZ\0", "zstd": b"\x28\xb5\x2f\xfd"}
_BZ2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")  # how its first block begins, or the end where it is empty
STREAM_MAGIC = tuple(_MAGIC.values())
_XZ_MEMORY = 128 * 1024 * 1024
_ZSTD_WINDOW: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 27}  # 128 MiB, as a power of two
_ERRORS = (zlib.error, OSError, EOFError, ValueError, lzma.LZMAError, zstd.ZstdError)
_CHUNK = 1024 * 1024


class OverLimit(Exception):
    """The stream holds more than the limit."""


class Damaged(Exception):
    """The stream is not what its magic number says, or is cut."""


class _Stream(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


def stream_name(data: bytes) -> str:
    """Which stream begins here, by its magic number; empty for none."""
    name = next((name for name, magic in _MAGIC.items() if data.startswith(magic)), "")
    return "" if name == "bz2" and data[4:10] not in _BZ2_BLOCKS else name


def _stream(name: str) -> _Stream:
    if name == "gzip":
        return zlib.decompressobj(wbits=31)
    if name == "zstd":
        return zstd.ZstdDecompressor(options=_ZSTD_WINDOW)
    return bz2.BZ2Decompressor() if name == "bz2" else lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)


def head_of(data: bytes, name: str, size: int) -> bytes:
    """The first bytes of what a compressed stream holds; empty if it is damaged."""
    try:
        return _stream(name).decompress(data[:_CHUNK], size)
    except _ERRORS:
        return b""


def decompressed(data: bytes, name: str, limit: int) -> bytes:
    """Everything in it, members that follow each other included. Raises OverLimit or Damaged."""
    pieces: list[bytes] = []
    room = limit + 1
    rest = data
    while rest:
        piece, rest = _member(rest, name, room)
        pieces.append(piece)
        room -= len(piece)
        if room <= 0:
            raise OverLimit
        rest = rest.lstrip(b"\0")  # padding between and after members
        if not rest.startswith(_MAGIC[name]):
            break  # what follows the last member is not of the stream: it is searched raw with the container
    return b"".join(pieces)


def _member(data: bytes, name: str, room: int) -> tuple[bytes, bytes]:
    """One member and what follows it; stops at `room` bytes."""
    stream = _stream(name)
    try:
        piece = stream.decompress(data, room)
    except _ERRORS as error:
        raise Damaged from error
    if not stream.eof and len(piece) < room:
        raise Damaged
    return piece, stream.unused_data


def recompressed(original: bytes, name: str, content: bytes) -> bytes:
    """`content` packed as `original` was: gzip keeps its header (name, time).

    The result is the same twice, and on every machine (`deflate`).
    """
    if name == "bz2":
        return bz2.compress(content)
    if name == "xz":
        return lzma.compress(content)
    if name == "zstd":
        return zstd.compress(content)
    header = original[: _gzip_header_size(original)]
    sums = struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
    return header + deflated(content) + sums


def _gzip_header_size(data: bytes) -> int:
    """RFC 1952, section 2.3: ten bytes, then the extra field, the name, the comment and a check sum, by flags."""
    flags, size = data[3], 10
    if flags & 4:
        size += 2 + int.from_bytes(data[size : size + 2], "little")
    for flag in (8, 16):
        if flags & flag:
            size = data.index(b"\0", size) + 1
    return size + (2 if flags & 2 else 0)
