"""What lies in the git folder where files belong, and is none: never opened, always named.

A named pipe would be waited for, a device read for ever. Symbolic links are not meant: they are read as text.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from opensafe.git.layout import SourceLayout, is_folder
from opensafe.git.packs import damaged_packs
from opensafe.model.skip import SkipReason, Unread

_FILES = ("HEAD", "config", "config.worktree", "index", "packed-refs", "shallow", "info/exclude", "info/grafts")
_MAX_DEPTH = 32


def irregular(layout: SourceLayout) -> Iterator[Unread]:
    """Pipes, sockets and devices in the git folder, folders in the place of its files, packs that git passes over."""
    for folder in dict.fromkeys((layout.common_dir, layout.git_dir)):
        for name in _FILES:
            if is_folder(folder / name):
                yield _unread(folder / name, folder, SkipReason.UNREADABLE_FILE, "a folder in the place of a file")
        for place in _no_files(folder, _MAX_DEPTH):
            yield _unread(place, folder, SkipReason.UNREADABLE_FILE, "neither a file nor a folder")
    for pack in damaged_packs(layout.objects, layout.object_format):
        yield _unread(pack, layout.common_dir, SkipReason.CORRUPT, "a pack without an index that fits it")


def _no_files(folder: Path, depth: int) -> Iterator[Path]:
    """What is no file, folder or link, in the order of names. The store was looked at before."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            if depth and entry.name != "objects":
                yield from _no_files(Path(entry.path), depth - 1)
        elif not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
            yield Path(entry.path)


def _unread(place: Path, folder: Path, reason: SkipReason, detail: str) -> Unread:
    return Unread(reason, path=b".git/" + os.fsencode(place.relative_to(folder).as_posix()), detail=detail)
