"""What a commit brings in: the files that none of its parents has, found by walking only where trees differ."""

from collections.abc import Iterator, Sequence

from opensafe.history.objects import Objects
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, Unread

MOST_ENTRIES = 1_000_000
"""More entries in one tree are no repository of people: few objects can name billions of paths."""


def brought_in(objects: Objects, tree: Oid, before: Sequence[Oid] = ()) -> Iterator[tuple[bytes, TreeEntry]]:
    """Path and entry of every file below `tree` that no tree of `before` has there, and of the folders on the way.

    A tree that cannot be read, and what is beyond MOST_ENTRIES, is noted in `objects.unread`.
    """
    todo = [(tree, b"", tuple(before))]
    seen = 0
    while todo:
        oid, prefix, others = todo.pop()
        entries = objects.tree(oid)
        if isinstance(entries, Unread):
            objects.needed(Unread(entries.reason, oid, prefix or None, detail=entries.detail))
            continue
        seen += len(entries)
        if seen > MOST_ENTRIES:
            objects.needed(Unread(SkipReason.TIME_BUDGET, oid, prefix or None, detail="more files than are read"))
            return
        there = [_by_name(objects, other) for other in others]
        for entry in entries:
            same = [names[entry.name] for names in there if entry.name in names]
            if any(other.oid == entry.oid and other.is_symlink == entry.is_symlink for other in same):
                continue
            yield prefix + entry.name, entry
            if entry.is_tree:
                todo.append((entry.oid, prefix + entry.name + b"/", tuple(o.oid for o in same if o.is_tree)))


def _by_name(objects: Objects, tree: Oid) -> dict[bytes, TreeEntry]:
    """Of a tree that cannot be read nothing is known: everything counts as new."""
    entries = objects.tree(tree)
    return {} if isinstance(entries, Unread) else {entry.name: entry for entry in entries}
