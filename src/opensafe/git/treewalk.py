"""What differs between two trees, put together from what differs in each pair of folders.

A pair of folders is compared once, however many paths lead to it: trees that hold themselves again and again, with
more paths than could be listed, cost no more than they are long.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from opensafe.git.trees import Entries
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, Unread

Pair = tuple[Oid, Oid]
"""Two trees to compare, old and new; one of `EMPTY_TREES` stands for none."""

EMPTY_TREES = {
    40: Oid("4b825dc642cb6eb9a060e54bf8d69288fbee4904"),
    64: Oid("6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"),
}
"""The tree without entries, by the number of hex digits of an id: git knows it without an object."""

MOST = 10_000
"""Changes of one pair after which folders that were met before are not followed again: each has a path by then."""

_LONGEST = 1 << 16  # bytes of a path: folders nested deeper are not followed
_NOTHING = Oid("")
_ABSENT = TreeEntry(0, b"", _NOTHING)


class Change(NamedTuple):
    """A file, link or submodule at a path, before and after; an empty id and mode 0 where there is none."""

    path: bytes
    old_mode: int
    old: Oid
    new_mode: int
    new: Oid


class Level(NamedTuple):
    """What differs in one pair of folders: files by name, folders with their pair, what could not be read."""

    files: list[Change]
    folders: list[tuple[bytes, Pair]]
    unread: tuple[Unread, ...] = ()


@dataclass(slots=True)
class Differing:
    """What differs in one pair: files, the folders that were entered on the way, and what could not be read."""

    changes: list[Change] = field(default_factory=list)
    folders: list[Oid] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def differing(trees: Mapping[Oid, Entries], old: Oid, new: Oid, most: int = MOST) -> Differing:
    """Compare two trees; an empty id stands for a tree without entries."""
    return put_together(lambda pair: level_of(trees, pair), (old, new), most)


def put_together(level: Callable[[Pair], Level], pair: Pair, most: int = MOST) -> Differing:
    """Follow the folders of a pair down, listing every path, up to a bound."""
    found = Differing()
    met: set[Pair] = set()
    todo = [(pair, b"")]
    while todo:
        below, prefix = todo.pop()
        if len(found.changes) >= most and below in met:
            _note(found, below, prefix, "folders hold themselves again and again: one path of each is listed")
        elif len(prefix) > _LONGEST:
            _note(found, below, b"", "folders are nested too deep")
        else:
            met.add(below)
            todo += [(inner, prefix + name + b"/") for name, inner in _take(level(below), prefix, found)]
    return found


def _take(here: Level, prefix: bytes, found: Differing) -> list[tuple[bytes, Pair]]:
    """Note what differs in one folder; the folders below it."""
    if prefix:
        found.changes += [Change(prefix + file.path, *file[1:]) for file in here.files]
        path = prefix.rstrip(b"/")
        found.unread += [Unread(item.reason, item.oid, path) for item in here.unread]
    else:
        found.changes += here.files
        found.unread += here.unread
    found.folders += [new for _, (_, new) in here.folders if new not in _EMPTY]
    return here.folders


def _note(found: Differing, pair: Pair, prefix: bytes, detail: str) -> None:
    """Once for each kind: the rest of such a tree says nothing new."""
    if all(item.detail != detail for item in found.unread):
        oid = pair[1] if pair[1] not in _EMPTY else pair[0]
        found.unread.append(Unread(SkipReason.ARCHIVE_BUDGET, oid, prefix.rstrip(b"/") or None, detail=detail))


def level_of(trees: Mapping[Oid, Entries], pair: Pair) -> Level:
    """One pair of folders by our own reading: slower than git's, but no tree is too strange for it."""
    unread: list[Unread] = []
    before, after = (_entries(trees, oid, unread) for oid in pair)
    gone, come = set(before) - set(after), set(after) - set(before)
    was_folder = {entry.name: entry.oid for entry in before if entry in gone and entry.is_tree}
    was_file = {entry.name: entry for entry in before if entry in gone and not entry.is_tree}
    level = Level([], [], tuple(unread))
    for entry in (entry for entry in after if entry in come):
        if entry.is_tree:
            level.folders.append((entry.name, (was_folder.pop(entry.name, _NOTHING), entry.oid)))
        else:
            old = was_file.pop(entry.name, _ABSENT)
            level.files.append(Change(entry.name, old.mode, old.oid, entry.mode, entry.oid))
    level.files.extend(Change(name, entry.mode, entry.oid, 0, _NOTHING) for name, entry in was_file.items())
    level.folders.extend((name, (oid, _NOTHING)) for name, oid in was_folder.items())
    return level


def _entries(trees: Mapping[Oid, Entries], oid: Oid, unread: list[Unread]) -> Entries:
    if oid in _EMPTY:
        return ()
    try:
        return trees[oid]
    except KeyError:
        unread.append(Unread(SkipReason.CORRUPT if oid in trees else SkipReason.MISSING, oid))
        return ()


_EMPTY = frozenset({_NOTHING, *EMPTY_TREES.values()})
