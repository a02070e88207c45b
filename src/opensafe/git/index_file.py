"""Reads which blobs are staged, from the index file of the source (git's index-format.txt, versions 2 to 4)."""

import contextlib
import struct
from collections.abc import Iterator
from pathlib import Path

from opensafe.git.layout import is_file, read_text
from opensafe.git.varint import offset_number
from opensafe.model.gitobjects import MODE_GITLINK
from opensafe.model.identifiers import Oid

MAX_INDEX = 1 << 30
_STAT_BYTES = 40
_MODE_AT = 24
_EXTENDED = 0x4000
INTENT_TO_ADD = 0x2000  # of the second word of flags
_PREFIX_COMPRESSED = 4
_SIGNATURE, _HEADER_BYTES = b"DIRC", 12
_EXTENSION = struct.Struct(">4sI")

Entry = tuple[bytes, int, int, Oid, int]
"""Path, mode, extended flags and id of an entry, and the offset behind it."""


def staged_blobs(index: Path, object_format: str) -> dict[bytes, Oid]:
    """Path → blob id, of files whose content is staged: `git add -N` stages a name only, a submodule is no blob.

    Of a file in conflict the last stage is given. Of a split index the shared part comes first. An index that is
    absent or malformed gives what could be read.
    """
    data = read_text(index, MAX_INDEX)
    width = 32 if object_format == "sha256" else 20
    shared = _shared_index(data, width)
    parts = [read_text(index.with_name(shared), MAX_INDEX)] if shared else []
    return {
        path: oid
        for part in (*parts, data)
        for path, mode, flags, oid, _ in _readable_entries(part, width)
        if path and mode != MODE_GITLINK and not flags & INTENT_TO_ADD
    }


def index_problem(index: Path, object_format: str) -> str:
    """Why `staged_blobs` may not be everything; empty where it is, and where there is no index."""
    data = read_text(index, MAX_INDEX)
    width = 32 if object_format == "sha256" else 20
    try:
        ends = [end for *_, end in index_entries(data, width)] if data else [0]
    except (struct.error, ValueError, IndexError):
        return "the index is damaged"
    if data and (not data.startswith(_SIGNATURE) or len(data) < max(ends, default=_HEADER_BYTES) + width):
        return "the index is damaged"
    shared = _shared_index(data, width)
    return "the shared part of the index is missing" if shared and not is_file(index.with_name(shared)) else ""


def _shared_index(data: bytes, oid_bytes: int) -> str:
    """The name of the file that a split index builds on (extension `link`), empty where it is whole."""
    at = max((end for *_, end in _readable_entries(data, oid_bytes)), default=_HEADER_BYTES)
    while at + _EXTENSION.size <= len(data) - oid_bytes:
        name, size = _EXTENSION.unpack_from(data, at)
        at += _EXTENSION.size
        if name == b"link":
            shared = data[at : at + oid_bytes].hex()
            return f"sharedindex.{shared}" if shared.strip("0") else ""
        at += size
    return ""


def _readable_entries(data: bytes, oid_bytes: int) -> Iterator[Entry]:
    with contextlib.suppress(struct.error, ValueError, IndexError):
        yield from index_entries(data, oid_bytes)


def index_entries(data: bytes, oid_bytes: int) -> Iterator[Entry]:
    """Each entry of an index in bytes. Raises struct.error, ValueError or IndexError where it ends too early."""
    signature, version, count = struct.unpack_from(">4sII", data)
    if signature != _SIGNATURE:
        return
    at, path = _HEADER_BYTES, b""
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
