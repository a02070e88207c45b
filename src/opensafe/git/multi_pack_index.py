"""What a multi-pack-index leaves out: git believes it, so objects that it does not list are hidden from git.

Formats: gitformat-pack, "multi-pack-index (MIDX) files" and "Version 2 pack-*.idx files". opensafe never uses the
index of many packs; it is read only to be held against the indexes of the packs themselves.
"""

import struct
from itertools import pairwise
from pathlib import Path

from opensafe.git.layout import read_text

_MAX_FILE = 4 << 30
_CHUNK_TABLE, _CHUNK_ROW = 12, 12
_PACK_MAGIC = b"\xfftOc"
_FANOUT_AT, _FANOUT_BYTES = 8, 1024


def hidden_objects(objects: Path) -> int:
    """How many objects of the packs that the index names it does not list. Raises ValueError if it is damaged."""
    packs = objects / "pack"
    data = read_text(packs / "multi-pack-index", _MAX_FILE)
    if not data:
        return 0
    try:
        width = 32 if data[5] == 2 else 20  # noqa: PLR2004 - 1 is SHA-1, 2 is SHA-256
        chunks = _chunks(data)
        names = [name.decode("utf-8", "surrogateescape") for name in chunks[b"PNAM"].split(b"\0") if name]
        listed = _ids(chunks[b"OIDL"], width)
        held = set[bytes]().union(*(_pack_ids(packs / Path(name).name, width) for name in names))
    except (struct.error, IndexError, KeyError) as error:
        raise ValueError("the multi-pack-index is damaged") from error
    return len(held - listed)


def _chunks(data: bytes) -> dict[bytes, bytes]:
    magic, _, _, count = struct.unpack_from(">4s3B", data)
    if magic != b"MIDX":
        raise KeyError(magic)
    table = [struct.unpack_from(">4sQ", data, _CHUNK_TABLE + _CHUNK_ROW * row) for row in range(count + 1)]
    return {name: data[at:end] for (name, at), (_, end) in pairwise(table)}


def _pack_ids(index: Path, width: int) -> set[bytes]:
    """The ids that the index of one pack lists; none where it is gone or of the first version."""
    data = read_text(index.with_suffix(".idx"), _MAX_FILE)
    if not data.startswith(_PACK_MAGIC):
        return set()
    (count,) = struct.unpack_from(">I", data, _FANOUT_AT + _FANOUT_BYTES - 4)
    first = _FANOUT_AT + _FANOUT_BYTES
    return _ids(data[first : first + count * width], width)


def _ids(table: bytes, width: int) -> set[bytes]:
    return {table[at : at + width] for at in range(0, len(table) - width + 1, width)}
