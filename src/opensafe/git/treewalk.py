"""What differs between two trees, by our own reading: slower than git's, but no tree is too strange for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from opensafe.git.trees import Entries
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, Unread

MOST = 500_000
"""Changes of one pair that are listed with every path; beyond it folders that were seen are not followed again."""

_LONGEST = 1 << 16  # bytes of a path: folders nested deeper are not followed


class Change(NamedTuple):
    """A file, link or submodule at a path, before and after; an empty id and mode 0 where there is none."""

    path: bytes
    old_mode: int
    old: Oid
    new_mode: int
    new: Oid


@dataclass(slots=True)
class Differing:
    """What differs in one pair: files, the folders that were entered on the way, and what could not be read."""

    changes: list[Change] = field(default_factory=list)
    folders: list[Oid] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


_NOTHING = Oid("")


def differing(trees: Mapping[Oid, Entries], old: Oid, new: Oid, most: int = MOST) -> Differing:
    """Compare two trees; an id that names no tree is one without entries."""
    found = Differing()
    seen: set[tuple[Oid, Oid]] = set()
    todo = [(old, new, b"")]
    while todo:
        before, after, prefix = todo.pop()
        if (before, after) in seen and len(found.changes) >= most:
            _note(found, after or before, prefix, "folders hold themselves again and again: one path of each is listed")
            continue
        if len(prefix) > _LONGEST:
            _note(found, after or before, b"", "folders are nested too deep")
            continue
        seen.add((before, after))
        todo += _compare(trees, (before, after), prefix, found)
    return found


def _note(found: Differing, oid: Oid, prefix: bytes, detail: str) -> None:
    """Once for each kind: the rest of such a tree says nothing new."""
    if all(item.detail != detail for item in found.unread):
        found.unread.append(Unread(SkipReason.ARCHIVE_BUDGET, oid, prefix.rstrip(b"/") or None, detail=detail))


def _compare(
    trees: Mapping[Oid, Entries], pair: tuple[Oid, Oid], prefix: bytes, found: Differing
) -> Iterator[tuple[Oid, Oid, bytes]]:
    """Note the files that differ; give the folders that do."""
    before, after = (_entries(trees, oid, prefix, found) for oid in pair)
    gone, come = set(before) - set(after), set(after) - set(before)
    earlier = {entry.name: entry.oid for entry in before if entry in gone and entry.is_tree}
    for entry in after:
        if entry not in come:
            continue
        if entry.is_tree:
            found.folders.append(entry.oid)
            yield earlier.pop(entry.name, _NOTHING), entry.oid, prefix + entry.name + b"/"
        else:
            found.changes.append(Change(prefix + entry.name, 0, _NOTHING, entry.mode, entry.oid))
    for name, oid in earlier.items():
        yield oid, _NOTHING, prefix + name + b"/"
    found.changes += [_removed(prefix, entry) for entry in before if entry in gone and not entry.is_tree]


def _removed(prefix: bytes, entry: TreeEntry) -> Change:
    return Change(prefix + entry.name, entry.mode, entry.oid, 0, _NOTHING)


def _entries(trees: Mapping[Oid, Entries], oid: Oid, prefix: bytes, found: Differing) -> Entries:
    if not oid or oid in EMPTY_TREES.values():
        return ()
    try:
        return trees[oid]
    except KeyError:
        reason = SkipReason.CORRUPT if oid in trees else SkipReason.MISSING
        found.unread.append(Unread(reason, oid, prefix.rstrip(b"/") or None))
        return ()


EMPTY_TREES = {
    40: Oid("4b825dc642cb6eb9a060e54bf8d69288fbee4904"),
    64: Oid("6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"),
}
"""The tree without entries, by the number of hex digits of an id: git knows it without an object."""
