"""Writes trees that are built in Python: the few that git-filter-repo does not make (squash, notes, tagged trees)."""

import hashlib
from collections.abc import Iterator, Mapping

from opensafe.git.graph import walk_tree
from opensafe.git.owned import OwnedRepository
from opensafe.git.parse import format_tree
from opensafe.model.gitobjects import MODE_TREE, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.rewriting.changes import Changes, FileKey

_SHA1_LENGTH = 40


class TreeWriter:
    """Stores each new tree once; one that the source has is not written again."""

    def __init__(self, work: OwnedRepository, trees: Mapping[Oid, tuple[TreeEntry, ...]]) -> None:
        self._work = work
        self._trees = trees
        self._written: set[Oid] = set()

    def cleaned(self, root: Oid, changes: Changes, files: Mapping[FileKey, Oid | None]) -> Oid:
        """The tree `root` as decided."""
        return self.write(dict(_cleaned_files(self._trees, root, changes, files)))

    def write(self, files: Mapping[bytes, TreeEntry]) -> Oid:
        """The tree that holds these files, by their whole paths."""
        folders: dict[bytes, list[TreeEntry]] = {b"": []}
        for path, entry in files.items():
            folder, name = _split(path)
            folders.setdefault(folder, []).append(TreeEntry(entry.mode, name, entry.oid))
            while folder and (parent := _split(folder)[0]) not in folders:
                folders[parent] = []
                folder = parent
        for folder in sorted(folders.keys() - {b""}, key=lambda at: at.count(b"/"), reverse=True):
            parent, name = _split(folder)
            folders[parent].append(TreeEntry(MODE_TREE, name, self._store(folders[folder])))
        return self._store(folders[b""])

    def _store(self, entries: list[TreeEntry]) -> Oid:
        data = format_tree(entries)
        oid = self._tree_id(data)
        if oid not in self._trees and oid not in self._written:
            self._written.add(self._work.write_object("tree", data))
        return oid

    def _tree_id(self, data: bytes) -> Oid:
        sample = next(iter(self._trees), "0" * _SHA1_LENGTH)
        algorithm = "sha1" if len(sample) == _SHA1_LENGTH else "sha256"
        return Oid(hashlib.new(algorithm, b"tree %d\0%s" % (len(data), data), usedforsecurity=False).hexdigest())


def _split(path: bytes) -> tuple[bytes, bytes]:
    folder, _, name = path.rpartition(b"/")
    return folder, name


def _cleaned_files(
    trees: Mapping[Oid, tuple[TreeEntry, ...]], root: Oid, changes: Changes, files: Mapping[FileKey, Oid | None]
) -> Iterator[tuple[bytes, TreeEntry]]:
    moved = len(changes.spec.root_folder + b"/") if changes.spec.root_folder else 0
    for path, entry in walk_tree(trees, root):
        key = changes.key_at(entry.oid, path)
        new = entry.oid if key is None else files[key]
        if new is not None:
            yield changes.spec.path_renames.get(path, path)[moved:], TreeEntry(entry.mode, entry.name, new)
