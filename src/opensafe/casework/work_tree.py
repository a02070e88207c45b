"""The files of a work tree as they lie on the disk, for what is written into one that is already open."""

import os
from itertools import islice
from pathlib import Path

from opensafe.errors import UsageError
from opensafe.git.layout import SourceLayout, read_text
from opensafe.history.work_tree import files_below
from opensafe.model.text import shown

_LARGEST_READ = 4 << 20
"""Files larger than this are given as empty: no document or manifest is (bytes)."""
_MOST_FILES = 50_000


def require_work_tree(layout: SourceLayout) -> Path:
    """The top folder of the work tree. Raises UsageError for a bare repository."""
    if layout.work_tree is None:
        raise UsageError(
            f"{layout.root} is a bare repository: there is no work tree to write to",
            remedy="give the folder of a clone with --into DIR",
        )
    return layout.work_tree


def work_tree_files(folder: Path) -> dict[str, bytes]:
    """Path → content, tracked or not; folders of installed packages are left out.

    Links are not followed: those at the top are there, with no content.
    """
    files = {_name(file, folder): _content(file) for file in islice(files_below(folder), _MOST_FILES)}
    return files | {_name(link, folder): b"" for link in folder.iterdir() if link.is_symlink()}


def _name(file: Path, folder: Path) -> str:
    return shown(os.fsencode(file.relative_to(folder).as_posix()))


def _content(file: Path) -> bytes:
    return read_text(file, _LARGEST_READ) if file.lstat().st_size <= _LARGEST_READ else b""
