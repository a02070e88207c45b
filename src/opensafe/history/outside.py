"""What lies beside the object store: configuration, hooks, and files of the work tree that git does not keep.

Read as text with symbolic links not followed; labelled apart from history, because none of it is published.
"""

import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from opensafe.git.layout import SourceLayout, is_file, is_folder, read_text
from opensafe.git.parse import blob_id
from opensafe.history.metadata import Located
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role, Specimen

MAX_FILE = 16 << 20
"""Larger files outside history are named as skipped: they are not published (bytes)."""

_NEVER = frozenset({".git", "node_modules", ".venv", "venv", "__pycache__", "renv", "packrat", ".Rproj.user"})
_MAX_FILES = 50_000


def outside(layout: SourceLayout, staged: Mapping[bytes, Oid], *, work_tree: bool) -> Iterator[Located | Unread]:
    """Configuration, hooks, and (with `work_tree`) files on disk whose content the index does not hold."""
    yield from _settings(layout)
    if work_tree and layout.work_tree is not None:
        yield from _unstaged(layout.work_tree, staged)


def _settings(layout: SourceLayout) -> Iterator[Located]:
    hooks = layout.common_dir / "hooks"
    files = [layout.common_dir / "config", layout.git_dir / "config.worktree", layout.common_dir / "info" / "exclude"]
    if is_folder(hooks):
        files += sorted(path for path in hooks.iterdir() if path.suffix != ".sample")
    for file in files:
        data = read_text(file)
        if data.strip():
            path = b".git/" + os.fsencode(file.name)
            yield Located(Specimen(PlaceKind.CONFIG, data, path, role=Role.TEXT, signature="text"), path=path)


def _unstaged(work_tree: Path, staged: Mapping[bytes, Oid]) -> Iterator[Located | Unread]:
    count = 0
    for file in files_below(work_tree):
        path = os.fsencode(file.relative_to(work_tree).as_posix())
        if path in staged and _is_blob(file, staged[path]):
            continue
        count += 1
        if count > _MAX_FILES:
            yield Unread(SkipReason.TIME_BUDGET, path=path, detail="more files outside git than are read")
            return
        yield _read(file, path)


def _is_blob(file: Path, oid: Oid) -> bool:
    """Whether a file is this blob; git may have changed its line ends on the way to the disk."""
    try:
        size = file.lstat().st_size
        with file.open("rb") as content:
            if blob_id(content, size, len(oid)) == oid:
                return True
        text = file.read_bytes().replace(b"\r\n", b"\n") if size <= MAX_FILE else b""
    except OSError:
        return False
    return blob_id(io.BytesIO(text), len(text), len(oid)) == oid


def _read(file: Path, path: bytes) -> Located | Unread:
    try:
        if file.lstat().st_size > MAX_FILE:
            return Unread(SkipReason.TOO_LARGE, path=path, detail="work tree")
        data = file.read_bytes()
    except OSError:
        return Unread(SkipReason.UNREADABLE_FILE, path=path, detail="work tree")
    return Located(Specimen(PlaceKind.WORKTREE, data, path), path=path)


def files_below(folder: Path) -> Iterator[Path]:
    """Regular files below a folder; nested repositories and installed packages are left to their owners."""
    try:
        children = sorted(folder.iterdir())
    except OSError:
        return
    for child in children:
        if is_folder(child) and child.name not in _NEVER and not (child / ".git").exists():
            yield from files_below(child)
        elif is_file(child):
            yield child
