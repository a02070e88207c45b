"""Reads which blobs are staged, from the index file of the source (git's index-format.txt, versions 2 to 4)."""

import contextlib
import struct
from collections.abc import Iterator
from pathlib import Path

from opensafe.git.layout import read_text
from opensafe.git.varint import offset_number
from opensafe.model.gitobjects import MODE_GITLINK
from opensafe.model.identifiers import Oid

MAX_INDEX = 1 << 30
_STAT_BYTES = 40
_MODE_AT = 24
_EXTENDED = 0x4000
INTENT_TO_ADD = 0x2000  # of the second word of flags
_PREFIX_COMPRESSED = 4

Entry = tuple[bytes, int, int, Oid, int]
"""Path, mode, extended flags and id of an entry, and the offset behind it."""


def staged_blobs(index: Path, object_format: str) -> dict[bytes, Oid]:
    """Path → blob id, of files whose content is staged: `git add -N` stages a name only, a submodule is no blob.

    Of a file in conflict the last stage is given. An index that is absent, split or malformed gives what could be read.
    """
    entries = _readable_entries(read_text(index, MAX_INDEX), 32 if object_format == "sha256" else 20)
    return {path: oid for path, mode, flags, oid, _ in entries if mode != MODE_GITLINK and not flags & INTENT_TO_ADD}


def _readable_entries(data: bytes, oid_bytes: int) -> Iterator[Entry]:
    with contextlib.suppress(struct.error, ValueError, IndexError):
        yield from index_entries(data, oid_bytes)


def index_entries(data: bytes, oid_bytes: int) -> Iterator[Entry]:
    """Each entry of an index in bytes. Raises struct.error, ValueError or IndexError where it ends too early."""
    signature, version, count = struct.unpack_from(">4sII", data)
    if signature != b"DIRC":
        return
    at, path = 12, b""
    for _ in range(count):
        (mode,) = struct.unpack_from(">I", data, at + _MODE_AT)
        name_at = at + _STAT_BYTES + oid_bytes + 2
        (flags,) = struct.unpack_from(">H", data, name_at - 2)
        oid = Oid(data[at + _STAT_BYTES : name_at - 2].hex())
        extended = 0
        if flags & _EXTENDED:
            (extended,) = struct.unpack_from(">H", data, name_at)
            name_at += 2
        path, at = _name(data, at, name_at, path, version)
        yield path, mode, extended, oid, at


def _name(data: bytes, entry_at: int, name_at: int, previous: bytes, version: int) -> tuple[bytes, int]:
    """The name of an entry and where the next entry begins."""
    if version >= _PREFIX_COMPRESSED:
        drop, name_at = offset_number(data, name_at)
        end = data.index(b"\0", name_at)
        return previous[: len(previous) - drop] + data[name_at:end], end + 1
    end = data.index(b"\0", name_at)
    padded = (end - entry_at + 8) // 8 * 8
    return data[name_at:end], entry_at + padded
