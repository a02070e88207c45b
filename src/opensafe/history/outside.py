"""What lies beside the object store: the git folder, and files of the work trees that git does not keep.

Read as text with symbolic links not followed; labelled apart from history, because none of it is published.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from opensafe.git.index_file import staged_blobs
from opensafe.git.layout import SourceLayout, is_file, read_text
from opensafe.git.refs import worktree_folders
from opensafe.history.git_folder import git_folder
from opensafe.history.irregular import irregular
from opensafe.history.left_out import left_out_settings
from opensafe.history.metadata import Located
from opensafe.history.setting import HistorySetting
from opensafe.history.work_tree import LeftOut, beside_the_index
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, Unread


def outside(
    layout: SourceLayout, staged: Mapping[bytes, Oid], *, work_tree: bool
) -> Iterator[Located | Unread | HistorySetting]:
    """The git folder, and (with `work_tree`) files on disk whose content no index holds.

    What was left to its owners in the work trees is told as settings, one for all packages and one for all
    repositories.
    """
    yield from irregular(layout)
    yield from git_folder(layout)
    if not work_tree:
        return
    left_out: list[tuple[bytes, LeftOut]] = []
    for item in _work_trees(layout, staged):
        if isinstance(item, tuple):
            left_out.append(item)
        else:
            yield item
    yield from left_out_settings(left_out)


def _work_trees(
    layout: SourceLayout, staged: Mapping[bytes, Oid]
) -> Iterator[Located | Unread | tuple[bytes, LeftOut]]:
    """The work tree that was given, and the others of this repository that lead back here."""
    if layout.work_tree is not None:
        yield from _named(layout.work_tree, staged, b"")
    if layout.git_dir != layout.common_dir and layout.common_dir.name == ".git":
        index = staged_blobs(layout.common_dir / "index", layout.object_format)
        yield from _named(layout.common_dir.parent, index, b"main-worktree/")
    for folder in worktree_folders(layout):
        if folder == layout.git_dir:
            continue
        prefix = b"worktrees/" + os.fsencode(folder.name) + b"/"
        linked = _linked(folder)
        if linked is None:
            yield Unread(SkipReason.MISSING, path=prefix, detail="a linked work tree that is not where it was")
        else:
            yield from _named(linked, staged_blobs(folder / "index", layout.object_format), prefix)


def _named(
    work_tree: Path, staged: Mapping[bytes, Oid], prefix: bytes
) -> Iterator[Located | Unread | tuple[bytes, LeftOut]]:
    for item in beside_the_index(work_tree, staged, prefix):
        if isinstance(item, LeftOut):
            yield prefix + os.fsencode(item.folder.relative_to(work_tree).as_posix()), item
        else:
            yield item


def _linked(folder: Path) -> Path | None:
    """The linked work tree of a folder in `worktrees`, where its `.git` file leads back: a path is only a claim."""
    text = read_text(folder / "gitdir").decode("utf-8", "surrogateescape").strip()
    if not text:
        return None
    pointer = folder / text
    back = read_text(pointer).decode("utf-8", "surrogateescape")
    target = pointer.parent / back.removeprefix("gitdir:").strip()
    leads_back = is_file(pointer) and back.startswith("gitdir:") and target.exists() and target.samefile(folder)
    return pointer.parent if leads_back else None
