"""Compressed streams, opened within a limit, so that a bomb costs no more than it."""

import bz2
import lzma
import struct
import sys
import zlib
from typing import Protocol

from opensafe.formats.deflate import deflated
from opensafe.formats.lz4 import FRAME, LEGACY, TooLong, add_frames

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SUFFIXES = {
    "gzip": b".gz",
    "bz2": b".bz2",
    "xz": b".xz",
    "zstd": b".zst",
    "lz4": b".lz4",
    "lzma": b".lzma",
    "zlib": b".zlib",  # joblib's files, objects of git
}
"""The streams that can be opened, and how such files are named."""

_MAGIC = {
    "gzip": (b"\x1f\x8b\x08",),
    "bz2": (b"BZh",),
    "xz": (b"\xfd7zXZ\0",),
    "lz4": (FRAME, LEGACY),
    "zstd": (b"\x28\xb5\x2f\xfd", *(bytes([code]) + b"\x2a\x4d\x18" for code in range(0x50, 0x60))),
    "lzma": (b"]\0\0",),
    "zlib": (b"x\x01", b"x^", b"x\x9c", b"x\xda"),
}
_SHORT = frozenset({"lzma", "zlib"})  # magic numbers that chance and text have too
_BZ2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")  # how its first block begins, or the end where it is empty
STREAM_MAGIC = tuple(magic for magics in _MAGIC.values() for magic in magics)
_XZ_MEMORY = 128 * 1024 * 1024
_ZSTD_WINDOW: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 27}  # 128 MiB, as a power of two
_ERRORS = (zlib.error, OSError, EOFError, ValueError, IndexError, lzma.LZMAError, zstd.ZstdError)
_CHUNK = 1024 * 1024
_TRIED = 65_536


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
    if name == "bz2" and data[4:10] not in _BZ2_BLOCKS:
        return ""
    return "" if name in _SHORT and not _opens(data, name) else name


def _opens(data: bytes, name: str) -> bool:
    """Whether it can be unpacked to its end, or for a long way: text that begins alike cannot."""
    stream = _stream(name)
    try:
        found = stream.decompress(data[:_TRIED], _TRIED)
    except _ERRORS:
        return False
    return bool(found) and (stream.eof or len(data) > _TRIED or len(found) == _TRIED)


class _Lz4:
    """All frames that begin in the data, as a stream."""

    def __init__(self) -> None:
        self.eof = False
        self.unused_data = b""

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes:
        out = bytearray()
        try:
            end = add_frames(data, out, max_length - 1)
        except TooLong:
            return bytes(out)
        self.eof, self.unused_data = True, data[end:]
        return bytes(out)


def _stream(name: str) -> _Stream:
    if name == "gzip":
        return zlib.decompressobj(wbits=31)
    if name == "zstd":
        return zstd.ZstdDecompressor(options=_ZSTD_WINDOW)
    if name == "zlib":
        return zlib.decompressobj()
    if name == "lz4":
        return _Lz4()
    if name == "bz2":
        return bz2.BZ2Decompressor()
    form = lzma.FORMAT_ALONE if name == "lzma" else lzma.FORMAT_XZ
    return lzma.LZMADecompressor(form, memlimit=_XZ_MEMORY)


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
    if name in {"xz", "lzma"}:
        return lzma.compress(content, format=lzma.FORMAT_XZ if name == "xz" else lzma.FORMAT_ALONE)
    if name == "zlib":
        return original[:2] + deflated(content) + struct.pack(">I", zlib.adler32(content))
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
