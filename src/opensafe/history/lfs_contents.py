"""Contents in the local store of Git LFS: each is read in the place of the pointer that stands for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from opensafe.git.layout import SourceLayout
from opensafe.git.lfs_store import LARGEST_POINTER, is_intact, parse_pointer, stored_contents
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, Unread

VIA = "lfs"
"""The first step of the way to what stands in such a content: no change can be made there."""

MAX_CONTENT = 256 << 20
"""Larger contents are named as skipped (bytes)."""

_SMALLEST_POINTER = 100  # its three lines without a digit of the size


@dataclass(frozen=True, slots=True)
class LfsContent:
    """The content that belongs to a pointer (`oid`, a blob); what no pointer leads to has none, but a path."""

    oid: Oid | None
    path: bytes
    data: bytes = field(repr=False)


def lfs_contents(layout: SourceLayout, view: ObjectView, sizes: Mapping[Oid, int]) -> Iterator[LfsContent | Unread]:
    """Every content of the local store, one at a time: at each of its pointers, or by itself where there is none.

    `sizes` are those of all objects. Where nothing is stored no blob is read.
    """
    stored = stored_contents(layout)
    pointers = _pointers(view, sizes) if stored else {}
    for digest, file in stored.items():
        path = b".git/lfs/objects/" + digest.encode()
        for oid in pointers.get(digest, [None]):
            yield _read(file, digest, oid, path)


def _pointers(view: ObjectView, sizes: Mapping[Oid, int]) -> dict[str, list[Oid | None]]:
    """SHA-256 → the blobs that point to it."""
    small = [oid for oid, size in sizes.items() if _SMALLEST_POINTER <= size <= LARGEST_POINTER]
    found: dict[str, list[Oid | None]] = {}
    for item in read_objects(view, small):
        pointer = parse_pointer(item.data) if isinstance(item, RawObject) and item.kind == "blob" else None
        if pointer is not None and isinstance(item, RawObject):
            found.setdefault(pointer.digest, []).append(item.oid)
    return found


def _read(file: Path, digest: str, oid: Oid | None, path: bytes) -> LfsContent | Unread:
    try:
        if file.lstat().st_size > MAX_CONTENT:
            return Unread(SkipReason.TOO_LARGE, oid, path, (VIA,))
        if not is_intact(file, digest):
            return Unread(SkipReason.CORRUPT, oid, path, (VIA,), "not what the pointer stands for")
        return LfsContent(oid, path, file.read_bytes())
    except OSError:
        return Unread(SkipReason.UNREADABLE_FILE, oid, path, (VIA,))
