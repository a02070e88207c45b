"""Which trees hold something that a decision changes, found without walking what is equal twice."""

from collections.abc import Iterator, Mapping

from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.rewriting.changes import Changes

_Spot = tuple[Oid, bytes | None]
"""A tree and the folder it stands at; `None` where no decision names a path below, so that the place is all one."""


class TouchedTrees:
    """Answers for any root tree, remembering every subtree. No recursion: a hostile tree may be deep."""

    def __init__(self, changes: Changes, trees: Mapping[Oid, tuple[TreeEntry, ...]]) -> None:
        self._changes = changes
        self._trees = trees
        self._folders = changes.folders
        self._known: dict[_Spot, bool] = {}

    def touched(self, root: Oid) -> bool:
        """Whether a file below `root` is changed, removed, renamed or moved with its folder."""
        is_moved = bool(self._changes.spec.root_folder and self._trees.get(root))
        return is_moved or self._answer((root, b""))

    def files(self, root: Oid, seen: set[_Spot]) -> Iterator[tuple[bytes, TreeEntry]]:
        """The changed files below `root` with their paths, leaving out what `seen` says was given before."""
        todo: list[tuple[Oid, bytes]] = [(root, b"")]
        while todo:
            tree, at = todo.pop()
            if (tree, at) in seen or not self._answer((tree, self._spot(at))):
                continue
            seen.add((tree, at))
            for entry in self._trees.get(tree, ()):
                path = at + entry.name
                if entry.is_tree:
                    todo.append((entry.oid, path + b"/"))
                elif self._is_changed(entry, path):
                    yield path, entry

    def _answer(self, spot: _Spot) -> bool:
        todo = [spot]
        while todo:
            current = todo[-1]
            if current in self._known:
                todo.pop()
                continue
            answer, waiting = self._look(current)
            if waiting and not answer:
                todo += waiting
            else:
                self._known[current] = answer
                todo.pop()
        return self._known[spot]

    def _look(self, spot: _Spot) -> tuple[bool, list[_Spot]]:
        """Whether the tree is known to be touched, and the subtrees that must be known before it can be denied."""
        tree, at = spot
        waiting: list[_Spot] = []
        for entry in self._trees.get(tree, ()):
            path = None if at is None else at + entry.name
            if not entry.is_tree:
                if self._is_changed(entry, path):
                    return True, []
                continue
            below = (entry.oid, None if path is None else self._spot(path + b"/"))
            if self._known.get(below):
                return True, []
            if below not in self._known:
                waiting.append(below)
        return False, waiting

    def _spot(self, folder: bytes) -> bytes | None:
        return folder if folder in self._folders or not folder else None

    def _is_changed(self, entry: TreeEntry, path: bytes | None) -> bool:
        if path is None:
            return (entry.oid, None) in self._changes.files
        return path in self._changes.spec.path_renames or self._changes.key_at(entry.oid, path) is not None
