"""Packs that git passes over in silence, or that are not the ones their indexes were made of (gitformat-pack(5))."""

import os
import struct
from collections.abc import Iterator
from pathlib import Path

from opensafe.git.layout import is_file, is_folder

_SECOND = b"\xfftOc\0\0\0\2"
_PACK_HEADER = struct.Struct(">4sII")
_FAN_OUT = struct.Struct(">256I")  # how many ids begin with this byte or a lower one
_OFFSET, _CHECKSUM = 4, 4  # of each object; the first version has no checksums


def damaged_packs(objects: Path, object_format: str) -> Iterator[Path]:
    """Packs whose index is absent, damaged or another pack's: what is in them is not listed, or not to the end."""
    folder = objects / "pack"
    digest = 32 if object_format == "sha256" else 20
    for pack in sorted(folder.iterdir()) if is_folder(folder) else ():
        if pack.suffix == ".pack" and is_file(pack) and not _fits(pack, pack.with_suffix(".idx"), digest):
            yield pack


def _fits(pack: Path, index: Path, digest: int) -> bool:
    """Both say how many objects there are, and both end with the checksum of the pack."""
    if not is_file(index):
        return False
    try:
        signature, _, count = _PACK_HEADER.unpack(_read(pack, 0, _PACK_HEADER.size))
        listed = _listed(index, digest)
        checksums = _read(pack, -digest, digest), _read(index, -2 * digest, digest)
    except (OSError, struct.error):
        return False
    return signature == b"PACK" and listed == count and checksums[0] == checksums[1]


def _listed(index: Path, digest: int) -> int | None:
    """How many objects an index lists; None where it is too short for them."""
    is_second = _read(index, 0, len(_SECOND)) == _SECOND
    start = len(_SECOND) if is_second else 0
    fan_out = _FAN_OUT.unpack(_read(index, start, _FAN_OUT.size))
    a_row = digest + _OFFSET + (_CHECKSUM if is_second else 0)
    is_whole = index.stat().st_size >= start + _FAN_OUT.size + fan_out[-1] * a_row + 2 * digest
    return fan_out[-1] if is_whole and list(fan_out) == sorted(fan_out) else None


def _read(path: Path, at: int, size: int) -> bytes:
    """Some bytes of a file; a negative offset counts from its end."""
    with path.open("rb") as file:
        file.seek(at, os.SEEK_END if at < 0 else os.SEEK_SET)
        return file.read(size)
