"""Where things lie in a zip file (PKWARE APPNOTE 6.3): read here, so that a member can be replaced at exact spans.

The standard library reads zip files too, but cannot say where a header stands, and believes declared sizes.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from opensafe.formats.zipmethods import STORED, DamagedMember, unpacked

_END = b"PK\5\6"
_CENTRAL = b"PK\1\2"
_LOCAL = b"PK\3\4"
_END_SIZE = 22
_CENTRAL_SIZE = 46
_LOCAL_SIZE = 30
_END64_SIZE = 56
_MAX32 = 0xFFFFFFFF
_UTF8_NAME = 0x800


class NotZip(Exception):
    """There is no directory of members, or it does not hold together."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the central directory has it; `central_at` is where its record begins, `local_at` its header."""

    name: str
    flags: int
    method: int
    crc: int
    packed_size: int
    size: int
    local_at: int
    central_at: int

    @property
    def is_encrypted(self) -> bool:
        return bool(self.flags & 1)

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/") and self.size == 0


@dataclass(frozen=True, slots=True)
class Directory:
    """The central directory: where it and its end record stand, and by how much offsets are shifted."""

    end_at: int
    start: int
    size: int
    shift: int  # bytes that were put before the archive (a program that unpacks itself)
    is_zip64: bool


def directory_of(data: bytes) -> Directory:
    """Raises NotZip."""
    end_at = data.rfind(_END)
    if end_at < 0 or end_at + _END_SIZE > len(data):
        raise NotZip
    size, start = struct.unpack_from("<II", data, end_at + 12)
    is_zip64 = _MAX32 in {size, start} and data[end_at - 20 : end_at - 16] == b"PK\6\7"
    before = end_at
    if is_zip64:
        before = end_at - 20 - _END64_SIZE
        if before < 0 or data[before : before + 4] != b"PK\6\6":
            raise NotZip
        size, start = struct.unpack_from("<QQ", data, before + 40)
    if before - size < 0:
        raise NotZip
    return Directory(end_at, before - size, size, before - size - start, is_zip64)


def entries_of(data: bytes) -> Iterator[Entry]:
    """The members in the order of the directory. Raises NotZip, before or after some."""
    directory = directory_of(data)
    at, stop = directory.start, directory.start + directory.size
    while at < stop:
        entry, at = _entry(data, at, directory.shift)
        yield entry


def _entry(data: bytes, at: int, shift: int) -> tuple[Entry, int]:
    if data[at : at + 4] != _CENTRAL or at + _CENTRAL_SIZE > len(data):
        raise NotZip
    flags, method, crc, packed, size, name_size, extra_size, comment_size = struct.unpack_from(
        "<8xHH4xIIIHHH", data, at
    )
    (local,) = struct.unpack_from("<I", data, at + 42)
    name_at = at + _CENTRAL_SIZE
    raw_name = data[name_at : name_at + name_size]
    extra = data[name_at + name_size : name_at + name_size + extra_size]
    size, packed, local = _wide_sizes(extra, (size, packed, local))
    name = raw_name.decode("utf-8" if flags & _UTF8_NAME else "cp437", "replace")
    entry = Entry(name, flags, method, crc, packed, size, local + shift, at)
    return entry, name_at + name_size + extra_size + comment_size


def _wide_sizes(extra: bytes, sizes: tuple[int, int, int]) -> tuple[int, int, int]:
    """The 64-bit values of the zip64 extra field stand in for those that are all ones, in this order."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            wide = iter(struct.unpack_from(f"<{min(length, len(extra) - at - 4) // 8}Q", extra, at + 4))
            size, packed, local = (next(wide, value) if value == _MAX32 else value for value in sizes)
            return size, packed, local
        at += 4 + length
    return sizes


def content_span(data: bytes, entry: Entry) -> tuple[int, int]:
    """From where to where the packed bytes of a member stand. Raises NotZip."""
    at = entry.local_at
    if at < 0 or data[at : at + 4] != _LOCAL or at + _LOCAL_SIZE > len(data):
        raise NotZip
    name_size, extra_size = struct.unpack_from("<HH", data, at + 26)
    start = at + _LOCAL_SIZE + name_size + extra_size
    if start + entry.packed_size > len(data):
        raise NotZip
    return start, start + entry.packed_size


def read_entry(data: bytes, entry: Entry) -> bytes:
    """The content of a member, never more than the size that it declares. Raises NotZip or Unsupported.

    A member that holds more than it declares, or fails its check sum, is damaged: readers that trust the stream
    and readers that trust the header would see two different files.
    """
    start, end = content_span(data, entry)
    packed = data[start:end]
    try:
        content = packed if entry.method == STORED else unpacked(packed, entry.method, entry.size)
    except DamagedMember as error:
        raise NotZip from error
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise NotZip
    return content
