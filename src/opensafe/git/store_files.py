"""The files of an object store as they lie there: what has not changed needs not be read again."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_ADDED = re.compile(r"[0-9a-f]{2}/[0-9a-f]{38,62}|pack/pack-[0-9a-f]{40,64}\.(?:pack|idx|rev)")
_MAX_DEPTH = 3
_LISTING = "info/packs"  # for servers without git of their own: git itself never reads it

Stored = dict[str, tuple[int, int]]
"""Name → size in bytes and number of the file: git writes a file anew under another one, and touches old ones often."""


def stored_files(objects: Path) -> Stored:
    """Every file of the store that git reads; links are not followed."""
    return {name: stamp for name, stamp in _below(objects, "", _MAX_DEPTH) if name != _LISTING}


def only_added(before: Mapping[str, tuple[int, int]], now: Stored) -> bool:
    """Whether every file is as it was, and what is new are loose objects and packs.

    Anything else changes how git reads what it had (a commit-graph, alternates, a pack that was written anew), and old
    objects could read otherwise, or not at all.
    """
    return all(now.get(name) == stamp for name, stamp in before.items()) and all(
        _ADDED.fullmatch(name) for name in now.keys() - before.keys()
    )


def _below(folder: Path, prefix: str, depth: int) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and depth:
            yield from _below(Path(entry.path), f"{prefix}{entry.name}/", depth - 1)
        else:
            yield prefix + entry.name, (entry.stat(follow_symlinks=False).st_size, entry.inode())
