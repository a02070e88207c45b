"""Pointers of Git LFS, and the store beside the objects in which their contents lie if they were downloaded.

Format: git-lfs's docs/spec.md, version 1. Another place for the store (`lfs.storage`) is not followed.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opensafe.git.layout import SourceLayout, is_file, is_folder
from opensafe.model.expressions import expression

LARGEST_POINTER = 1024
"""Larger blobs are no pointers (bytes)."""

_POINTER = expression(
    rb"version https://(?:git-lfs\.github\.com|hawser\.github\.com)/spec/v1\r?\n"
    rb"(?:[a-z0-9.-]{1,80} [^\n]{1,200}\n){0,20}?"
    rb"oid sha256:(?P<digest>[0-9a-f]{64})\r?\nsize (?P<size>[0-9]{1,18})\s{0,4}"
)
_DIGEST = expression(r"[0-9a-f]{64}")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class LfsPointer:
    """What a pointer says of its content: SHA-256 in hex, and size in bytes."""

    digest: str
    size: int


def parse_pointer(data: bytes) -> LfsPointer | None:
    """The pointer that a blob is, if it is one."""
    found = _POINTER.fullmatch(data) if len(data) <= LARGEST_POINTER else None
    return LfsPointer(found["digest"].decode(), int(found["size"])) if found else None


def stored_contents(layout: SourceLayout) -> dict[str, Path]:
    """SHA-256 → file of every content in the local store, as the names have it."""
    return {file.name: file for file in _files(layout.common_dir / "lfs" / "objects", 2)}


def is_intact(file: Path, digest: str) -> bool:
    """Whether a content is what its name says. Raises OSError."""
    found = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest() == digest


def _files(folder: Path, depth: int) -> Iterator[Path]:
    for child in sorted(folder.iterdir()) if is_folder(folder) else ():
        if depth:
            yield from _files(child, depth - 1)
        elif is_file(child) and _DIGEST.fullmatch(child.name):
            yield child
