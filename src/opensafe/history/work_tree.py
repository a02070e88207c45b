"""Files of a work tree that git does not keep: untracked, ignored, or changed and not staged.

Symbolic links are not followed. Folders of installed packages and repositories of their own are left to their
owners, but never in silence: the walk says where it did not go.
"""

import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from opensafe.git.layout import is_file, is_folder
from opensafe.git.parse import blob_id
from opensafe.history.git_folder import is_repository, path_text
from opensafe.history.metadata import Located
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Specimen

MAX_FILE = 16 << 20
"""Larger files outside history are named as skipped: they are not published (bytes)."""

_MAX_FILES = 50_000
_MAX_DEPTH = 128
_PACKAGES = frozenset({"node_modules", "site-packages"})
_INSIDE = {"renv": ("library", "staging", "sandbox", "python"), "packrat": ("lib", "lib-R", "lib-ext", "src")}
_ENVIRONMENTS = ("pyvenv.cfg", "conda-meta")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A folder that the walk did not enter: another repository, or installed packages."""

    folder: Path
    is_repository: bool


def walk(folder: Path, depth: int = 0) -> Iterator[Path | LeftOut]:
    """Everything below a folder that is no folder, and what was not entered; a folder that cannot be listed itself."""
    try:
        children = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for child in children:
        if not is_folder(child) or depth >= _MAX_DEPTH:
            yield child
        elif child.name == ".git":
            continue
        elif (child / ".git").exists() or is_repository(child):
            yield LeftOut(child, is_repository=True)
        elif _holds_packages(child):
            yield LeftOut(child, is_repository=False)
        else:
            yield from walk(child, depth + 1)


def files_below(folder: Path) -> Iterator[Path]:
    """Regular files below a folder; nested repositories and installed packages are left to their owners."""
    yield from (item for item in walk(folder) if isinstance(item, Path) and is_file(item))


def beside_the_index(
    work_tree: Path, staged: Mapping[bytes, Oid], prefix: bytes = b""
) -> Iterator[Located | Unread | LeftOut]:
    """What of a work tree the index does not hold. `prefix` is put before paths: which work tree it is."""
    count = 0
    left_out: list[LeftOut] = []
    for item in walk(work_tree):
        if isinstance(item, LeftOut):
            left_out.append(item)
            yield item
            continue
        path = _relative(item, work_tree)
        if path in staged and not _differs(item, staged[path]):
            continue
        count += 1
        if count > _MAX_FILES:
            yield Unread(SkipReason.TIME_BUDGET, path=prefix + path, detail="more files outside git than are read")
            return
        yield from _read(item, prefix + path, is_known=path in staged)
    yield from _tracked_in(left_out, work_tree, staged, prefix)


def _holds_packages(folder: Path) -> bool:
    inside = _INSIDE.get(folder.parent.name, ())
    return folder.name in _PACKAGES or folder.name in inside or any((folder / mark).exists() for mark in _ENVIRONMENTS)


def _tracked_in(
    left_out: list[LeftOut], work_tree: Path, staged: Mapping[bytes, Oid], prefix: bytes
) -> Iterator[Located | Unread]:
    """Files that git does keep in folders that were not entered, where they were changed."""
    folders = tuple(_relative(item.folder, work_tree) + b"/" for item in left_out)
    for path, oid in staged.items() if folders else ():
        file = work_tree / os.fsdecode(path)
        if path.startswith(folders) and is_file(file) and _differs(file, oid):
            yield from _read(file, prefix + path, is_known=True)


def _relative(file: Path, folder: Path) -> bytes:
    return os.fsencode(file.relative_to(folder).as_posix())


def _differs(file: Path, oid: Oid) -> bool:
    """Whether a file is not this blob; git may have changed its line ends on the way to the disk."""
    try:
        if file.is_symlink():
            target = os.fsencode(file.readlink())
            return blob_id(io.BytesIO(target), len(target), len(oid)) != oid
        size = file.lstat().st_size
        with file.open("rb") as content:
            if blob_id(content, size, len(oid)) == oid:
                return False
        text = file.read_bytes().replace(b"\r\n", b"\n") if size <= MAX_FILE else b""
    except OSError:
        return True
    return blob_id(io.BytesIO(text), len(text), len(oid)) != oid


def _read(file: Path, path: bytes, *, is_known: bool) -> Iterator[Located | Unread]:
    """A file, and its path where no other text gives it; of a link the target, which is not followed."""
    if not is_known:
        yield path_text(path)
    try:
        data = _content(file)
    except OSError:
        yield Unread(SkipReason.UNREADABLE_FILE, path=path, detail="work tree")
        return
    if data is None:
        yield Unread(SkipReason.TOO_LARGE, path=path, detail="work tree")
    elif data:
        yield Located(Specimen(PlaceKind.WORKTREE, data, path), path=path)


def _content(file: Path) -> bytes | None:
    """`None` where it is too much. A socket or a pipe holds nothing. Raises OSError."""
    if file.is_symlink():
        return os.fsencode(file.readlink())
    if is_folder(file):
        raise OSError
    if not is_file(file):
        return b""
    return None if file.lstat().st_size > MAX_FILE else file.read_bytes()
