"""What a commit would be made of: every entry of an index, or the reason why that cannot be said."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from opensafe.git.index_file import INTENT_TO_ADD, MAX_INDEX, index_entries
from opensafe.git.layout import read_text
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid

_SIGNATURE, _HEADER_BYTES = b"DIRC", 12
_EXTENSION = struct.Struct(">4sI")
_SPLIT = b"link"
_DAMAGED = "the index is damaged"
_IS_SPLIT = "the index is split in two files: git update-index --no-split-index makes it whole"


@dataclass(frozen=True, slots=True)
class Staging:
    """Entries by path, each with its whole path as its name; those of a sparse index may be folders (`a/b/`).

    `unread` says why this is not everything, and is empty where it is.
    """

    entries: Mapping[bytes, TreeEntry]
    unread: str = ""


def read_staging(index: Path, object_format: str) -> Staging:
    """All that is staged; `git add -N` stages a name only and is left out. Without an index nothing is staged."""
    if not (index.exists() or index.is_symlink()):
        return Staging({})
    data = read_text(index, MAX_INDEX)
    oid_bytes = 32 if object_format == "sha256" else 20
    found: dict[bytes, TreeEntry] = {}
    end = _HEADER_BYTES
    try:
        for path, mode, flags, oid, end in index_entries(data, oid_bytes):  # noqa: B007 - the last one is used below
            if not flags & INTENT_TO_ADD:
                found[path] = TreeEntry(mode, path, Oid(oid))
    except (struct.error, ValueError, IndexError):
        return Staging(found, _DAMAGED)
    if not data.startswith(_SIGNATURE) or len(data) < end + oid_bytes:
        return Staging(found, _DAMAGED)
    return Staging(found, _IS_SPLIT if _is_split(data, end, len(data) - oid_bytes) else "")


def _is_split(data: bytes, at: int, end: int) -> bool:
    """Whether one of the extensions between `at` and `end` says that entries are kept in a second file."""
    while at + _EXTENSION.size <= end:
        name, size = _EXTENSION.unpack_from(data, at)
        if name == _SPLIT:
            return True
        at += _EXTENSION.size + size
    return False
