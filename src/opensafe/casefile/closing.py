"""A closed case: the record stays and can be read; the key and the mirrors may be gone."""

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from opensafe.casefile.disk import disk_failures, open_private, remove_tree, switch
from opensafe.errors import UsageError

CLOSED = "closed.json"
STILL_ALLOWED = frozenset({"close", "report", "log sign"})
"""What a closed case still takes: it is read, printed and signed, and nothing is added to it."""

_RECORD = ("*.toml", "*.jsonl", "*.json", "reports/*")
_MIRRORS = ("backup.*", "memory.sqlite")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: equal records are equal archives


@dataclass(frozen=True, slots=True)
class Closing:
    """When and by whom a case was closed, and which of its parts were to be destroyed."""

    on: date
    by: str
    destroyed: tuple[str, ...]


def refuse_closed(closing: Closing | None, what: str) -> None:
    """Raises UsageError for what a closed case does not take any more."""
    if closing is not None and what not in STILL_ALLOWED:
        raise UsageError(
            f"this case was closed on {closing.on.isoformat()}: nothing is added to it",
            remedy="its record can be read and reported; to go on, open a new case: opensafe start REPO --case DIR",
        )


def record_files(root: Path) -> Iterator[Path]:
    """The files of the record, sorted: what people said, every step, the plan and the proof, the reports."""
    found = {path for pattern in _RECORD for path in root.glob(pattern) if path.is_file()}
    yield from sorted(path for path in found if path.suffix not in {".new", ".zip"})


def mirrors(root: Path) -> tuple[Path, ...]:
    """What holds, or was made from, unredacted content: the backup, and what the last audit remembered."""
    return tuple(sorted(path for pattern in _MIRRORS for path in root.glob(pattern) if path.suffix != ".json"))


def write_archive(root: Path, target: Path) -> None:
    """The record as one zip file: whole, or not there. Raises DiskFailed."""
    beside = target.with_name(target.name + ".new")
    with disk_failures(target, "write"):
        try:
            with os.fdopen(open_private(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as file:
                _fill(file, root)
                file.flush()
                os.fsync(file.fileno())
            switch(beside, target)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


def _fill(file: IO[bytes], root: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for path in record_files(root):
            entry = zipfile.ZipInfo(path.relative_to(root).as_posix(), _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())


def destroy(path: Path) -> None:
    """Removes a file or a folder that may be gone already. Raises DiskFailed."""
    with disk_failures(path, "remove"):
        if path.is_dir():
            remove_tree(path)
        else:
            path.unlink(missing_ok=True)
