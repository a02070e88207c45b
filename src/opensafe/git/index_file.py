"""Reads which blobs are staged, from the index file of the source (git's index-format.txt, versions 2 to 4)."""

import struct
from pathlib import Path

from opensafe.git.layout import read_text
from opensafe.model.identifiers import Oid

_MAX_INDEX = 1 << 30
_STAT_BYTES = 40
_EXTENDED = 0x4000
_PREFIX_COMPRESSED = 4


def staged_blobs(index: Path, object_format: str) -> dict[bytes, Oid]:
    """Path → blob id. An index that is absent, split or malformed gives what could be read."""
    data = read_text(index, _MAX_INDEX)
    if data[:4] != b"DIRC":
        return {}
    version, count = struct.unpack(">II", data[4:12])
    oid_bytes = 32 if object_format == "sha256" else 20
    found: dict[bytes, Oid] = {}
    at, previous = 12, b""
    for _ in range(count):
        name_at = at + _STAT_BYTES + oid_bytes + 2
        if name_at > len(data):
            break
        oid = data[at + _STAT_BYTES : at + _STAT_BYTES + oid_bytes]
        (flags,) = struct.unpack(">H", data[name_at - 2 : name_at])
        name_at += 2 if flags & _EXTENDED else 0
        previous, at = _name(data, at, name_at, previous, version)
        found[previous] = Oid(oid.hex())
    return found


def _name(data: bytes, entry_at: int, name_at: int, previous: bytes, version: int) -> tuple[bytes, int]:
    """The name of an entry and where the next entry begins."""
    if version >= _PREFIX_COMPRESSED:
        drop, name_at = _offset_number(data, name_at)
        end = data.index(b"\0", name_at)
        return previous[: len(previous) - drop] + data[name_at:end], end + 1
    end = data.index(b"\0", name_at)
    padded = (end - entry_at + 8) // 8 * 8
    return data[name_at:end], entry_at + padded


def _offset_number(data: bytes, at: int) -> tuple[int, int]:
    """Git's variable-width number (as in packs' offset deltas)."""
    byte = data[at]
    value = byte & 127
    while byte & 128:
        at += 1
        byte = data[at]
        value = ((value + 1) << 7) | (byte & 127)
    return value, at + 1
