"""Compares the files of two histories tree by tree: equal wherever no decision says otherwise."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange
from opensafe.proof.decided import Decided

Trees = Mapping[Oid, tuple[TreeEntry, ...]]
_OLD_FILE_MODE, _FILE_MODE = 0o100664, 0o100644


@dataclass(frozen=True, slots=True)
class ChangedBlob:
    """A file whose content had to change: `new` is absent where the file went though an edit was decided."""

    old: Oid
    new: Oid | None
    changes: tuple[BlobChange, ...]


@dataclass(slots=True)
class TreeComparison:
    """Counts as it goes. `kept` are blobs that stand unchanged somewhere; `modes` counts 100664 written as 100644.

    `paths` has the first path of each file in `changed`, which helps to recognise its format.
    """

    old_trees: Trees
    new_trees: Trees
    decided: Decided
    entries: int = 0
    differing: int = 0
    modes: int = 0
    changed: set[ChangedBlob] = field(default_factory=set)
    removed: set[Oid] = field(default_factory=set)
    kept: set[Oid] = field(default_factory=set)
    paths: dict[Oid, bytes] = field(default_factory=dict)
    _seen: set[tuple[Oid | None, Oid | None, bytes | None]] = field(default_factory=set)
    _moves: set[tuple[Oid, Oid]] = field(default_factory=set)

    def compare(self, old: Oid, new: Oid) -> None:
        """Compare two root trees. A pair that was compared before, where decisions say the same, is not again."""
        todo = self._roots(old, new)
        while todo:
            left, right, at = todo.pop()
            key = (left, right, self.decided.place(at))
            if key not in self._seen:
                self._seen.add(key)
                todo += self._level(left, right, at)
        if self.decided.moved and (old, new) not in self._moves:
            self._moves.add((old, new))
            self.compare_moved(old, new, self.decided.moved)

    def compare_file(self, path: bytes, old: TreeEntry | None, new: TreeEntry | None) -> None:
        """Compare what stands at one path; a folder counts as nothing."""
        self._file(path, _leaf(old), _leaf(new))

    def compare_moved(self, old_root: Oid, new_root: Oid, touched: AbstractSet[bytes]) -> None:
        """Where a rename starts from or leads to, and at its other end: what should stand there, and no more."""
        renames = self.decided.spec.path_renames
        for place in touched | {renames[path] for path in touched & renames.keys()}:
            self._compare_place(old_root, new_root, place)

    def _compare_place(self, old_root: Oid, new_root: Oid, place: bytes) -> None:
        renames = self.decided.spec.path_renames
        arriving = [source for source, target in renames.items() if target == place]
        candidates = arriving if place in renames else [*arriving, place]
        found = {path: entry for path in candidates if (entry := find_file(self.old_trees, old_root, path))}
        after = self._new_file(new_root, place)
        staying = {path: entry for path, entry in found.items() if not self._goes(path, entry)}
        if len(staying) > 1:
            self._count(good=False)
        for path, entry in (staying or found).items():
            self._file(path, entry, after)
        if not found:
            self._file(place, None, after)

    def _new_file(self, root: Oid, path: bytes) -> TreeEntry | None:
        """What stands in the result for a path of the source, where a folder may have become the root."""
        above = self.decided.above_root
        return find_file(self.new_trees, root, path[len(above) :]) if path.startswith(above) else None

    def note_change(self, path: bytes, old: Oid, new: Oid | None, changes: tuple[BlobChange, ...]) -> None:
        """A file whose content had to change: it is compared inside later."""
        self.changed.add(ChangedBlob(old, new, changes))
        self.paths[old] = min(path, self.paths.get(old, path))

    def _roots(self, old: Oid, new: Oid) -> list[tuple[Oid | None, Oid | None, bytes]]:
        """The pairs to begin with: where a folder became the root, what stands beside it has nothing to be equal to."""
        pairs: list[tuple[Oid | None, Oid | None, bytes]] = []
        inside: Oid | None = old
        at = b""
        for name in self.decided.root_folders:
            level = _by_name(self.old_trees, inside)
            for other, entry in level.items():
                if entry.is_tree and other != name:
                    pairs.append((entry.oid, None, at + other + b"/"))
                elif not entry.is_tree:
                    self._file(at + other, entry, None)
            found = level.get(name)
            inside = found.oid if found is not None and found.is_tree else None
            at += name + b"/"
        return [*pairs, (inside, new, at)]

    def _level(self, old: Oid | None, new: Oid | None, at: bytes) -> list[tuple[Oid | None, Oid | None, bytes]]:
        """Compare the files of two folders; the pairs of folders below are returned."""
        left, right = _by_name(self.old_trees, old), _by_name(self.new_trees, new)
        below: list[tuple[Oid | None, Oid | None, bytes]] = []
        for name in left.keys() | right.keys():
            path = at + name
            before, after = left.get(name), right.get(name)
            folders = [entry.oid if entry is not None and entry.is_tree else None for entry in (before, after)]
            if any(folders):
                below.append((folders[0], folders[1], path + b"/"))
            if path not in self.decided.moved:
                self._file(path, _leaf(before), _leaf(after))
        return below

    def _file(self, path: bytes, old: TreeEntry | None, new: TreeEntry | None) -> None:
        """`path` is where the old file stands: that is what decisions name."""
        if old is None:
            self._count(good=new is None, compared=new is not None)
            return
        changes = self.decided.at(old.oid, path)
        if any(change.remove for change in changes):
            self.removed.add(old.oid)
            self._count(good=new is None)
        elif changes:
            self.note_change(path, old.oid, None if new is None else new.oid, changes)
            self._count(good=new is None or self._same_mode(old, new))
        else:
            self.kept.add(old.oid)
            self._count(good=new is not None and new.oid == old.oid and self._same_mode(old, new))

    def _count(self, *, good: bool, compared: bool = True) -> None:
        self.entries += compared
        self.differing += not good

    def _same_mode(self, old: TreeEntry, new: TreeEntry) -> bool:
        """Git's stream has no 100664, which old versions of git wrote: it becomes 100644."""
        if old.mode == _OLD_FILE_MODE and new.mode == _FILE_MODE:
            self.modes += 1
            return True
        return old.mode == new.mode

    def _goes(self, path: bytes, entry: TreeEntry) -> bool:
        return any(change.remove for change in self.decided.at(entry.oid, path))


def find_file(trees: Trees, root: Oid, path: bytes) -> TreeEntry | None:
    """The entry at a path, unless it is a folder."""
    *folders, last = path.split(b"/")
    at: Oid | None = root
    for name in folders:
        entry = _by_name(trees, at).get(name)
        if entry is None or not entry.is_tree:
            return None
        at = entry.oid
    return _leaf(_by_name(trees, at).get(last))


def _by_name(trees: Trees, oid: Oid | None) -> dict[bytes, TreeEntry]:
    return {} if oid is None else {entry.name: entry for entry in trees.get(oid, ())}


def _leaf(entry: TreeEntry | None) -> TreeEntry | None:
    return None if entry is None or entry.is_tree else entry
