"""The git folder itself: every file in it but objects, refs and logs, which have readers of their own.

Nothing is chosen by name, because tools keep what they like there: unfinished rebases, remembered conflicts, messages
that were never used, addresses with passwords in FETCH_HEAD, settings of linked work trees and submodules. What is not
read is named.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from opensafe.git.index_file import index_problem
from opensafe.git.layout import SourceLayout, is_file, is_folder
from opensafe.git.refs import LARGEST_FILE, worktree_folders
from opensafe.history.metadata import Located
from opensafe.model.expressions import expression
from opensafe.model.place import PlaceKind
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role, Specimen

MAX_FILE = 64 << 20
"""Larger files of the git folder are named as skipped (bytes)."""

_MAX_FILES = 20_000
_MAX_DEPTH = 32
_ID = rb"[0-9a-f]{40}(?:[0-9a-f]{24})?"
_REF = expression(rb"(?:ref: *)?" + _ID + rb"|ref: *refs/[^\s]{1,4096}")
_PACKED = expression(rb"#.{0,200}|\^?" + _ID + rb"|" + _ID + rb" refs/.{1,4096}|")
_IN_STORE = expression(
    r"objects/(?:[0-9a-f]{2}/[0-9a-f]{38,62}|pack/(?:pack-|multi-pack-index)[^/]*|info/commit-graphs?.*)"
)
_INDEX = expression(r"(?:worktrees/[^/]+/)?(?:index|sharedindex\.[0-9a-f]+)")
_TABLE = expression(r"(?:worktrees/[^/]+/)?reftable/[^/]+\.ref")
_LOG = expression(r"(?:worktrees/[^/]+/)?logs/.+")
_TEXT_OF_PACK = (".keep", ".promisor")
_LEFT_BEHIND = expression(r"objects/(?:.*/)?tmp_|objects/incoming-")


def git_folder(layout: SourceLayout) -> Iterator[Located | Unread]:
    """Every text of the git folder, linked work trees' included, and what of it was not read."""
    yield from _indexes(layout)
    for count, file in enumerate(_files(layout.common_dir)):
        if count >= _MAX_FILES:
            yield Unread(SkipReason.TIME_BUDGET, path=b".git", detail="more files in the git folder than are read")
            return
        yield from _texts(file, file.relative_to(layout.common_dir).as_posix())


def is_repository(folder: Path) -> bool:
    """Whether a folder is the git folder of a repository."""
    return is_folder(folder / "objects") and is_file(folder / "HEAD")


def path_text(path: bytes) -> Located:
    """The path of something beside the history, as a text of its own."""
    return Located(Specimen(PlaceKind.PATH, path, role=Role.TEXT, signature="text"), path=path)


def _with_path(data: bytes, path: bytes) -> Iterator[Located]:
    yield path_text(path)
    if data.strip():
        yield Located(Specimen(PlaceKind.CONFIG, data, path, role=Role.TEXT, signature="text"), path=path)


def _indexes(layout: SourceLayout) -> Iterator[Unread]:
    """What is staged is read as objects, in linked work trees too: here it is said where an index cannot be read."""
    for folder in (layout.common_dir, *worktree_folders(layout)):
        problem = index_problem(folder / "index", layout.object_format)
        if problem:
            path = b".git/" + _raw((folder / "index").relative_to(layout.common_dir).as_posix())
            yield Unread(SkipReason.CORRUPT, path=path, detail=problem)


def _files(folder: Path, depth: int = 0) -> Iterator[Path]:
    """Everything below a folder that is no folder, links included. A folder that is not entered is given itself."""
    try:
        children = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    is_nested = depth > 0 and is_repository(folder)
    for child in children:
        if not is_folder(child) or depth >= _MAX_DEPTH or (is_nested and child.name == "objects"):
            yield child
        else:
            yield from _files(child, depth + 1)


def _texts(file: Path, name: str) -> Iterator[Located | Unread]:
    """What is to be said about one file, whose name is relative to the git folder."""
    path = b".git/" + _raw(name)
    if file.is_symlink():
        yield from _with_path(os.fsencode(file.readlink()), path)
        yield Unread(SkipReason.SYMLINK, path=path, detail="a link in the git folder")
    elif is_folder(file):
        yield _not_entered(file, path)
    elif _LEFT_BEHIND.match(name):
        yield Unread(SkipReason.UNSUPPORTED, path=path, detail="left behind by a git that was interrupted: run git gc")
    elif _LOG.fullmatch(name) and file.lstat().st_size > LARGEST_FILE:
        yield Unread(SkipReason.TOO_LARGE, path=path, detail="the end of a reflog")
    elif is_file(file) and not _has_own_reader(name):
        yield from _read(file, name, path)


def _not_entered(folder: Path, path: bytes) -> Unread:
    if is_repository(folder.parent):
        return Unread(SkipReason.SUBMODULE, path=path, detail="objects of another repository: audit it by itself")
    return Unread(SkipReason.UNREADABLE_FILE, path=path, detail="a folder that was not listed")


def _has_own_reader(name: str) -> bool:
    """Objects, indexes, tables of refs and logs are read elsewhere."""
    if _IN_STORE.fullmatch(name):
        return not name.endswith(_TEXT_OF_PACK)
    return any(pattern.fullmatch(name) for pattern in (_INDEX, _TABLE, _LOG)) or name.startswith("lfs/objects/")


def _read(file: Path, name: str, path: bytes) -> Iterator[Located | Unread]:
    try:
        size = file.lstat().st_size
        data = b"" if size > MAX_FILE else file.read_bytes()
    except OSError:
        yield Unread(SkipReason.UNREADABLE_FILE, path=path, detail="git folder")
        return
    if size > MAX_FILE:
        yield Unread(SkipReason.TOO_LARGE, path=path, detail=f"git folder, {size:,} bytes")
        return
    text = _without_refs(data, name)
    if text or not name.startswith("refs/"):
        yield from _with_path(text, path)


def _without_refs(data: bytes, name: str) -> bytes:
    """Refs are texts of their own: of their files only what is no ref is left."""
    if name == "packed-refs":
        return b"\n".join(line for line in data.split(b"\n") if not _PACKED.fullmatch(line))
    if name.startswith("refs/") and _REF.fullmatch(data.strip()):
        return b""
    return data


def _raw(name: str) -> bytes:
    return os.fsencode(name)
