"""Renames of files that would put two files in one place: refused before anything is built."""

from collections.abc import Iterable, Mapping

from opensafe.git.graph import ObjectGraph
from opensafe.git.treework import entries_of, folded, folder_at
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.cleaning import CleanFiles
from opensafe.rewriting.folders import folders_of
from opensafe.rewriting.refnames import NamesCollide

_Trees = Mapping[Oid, tuple[TreeEntry, ...]]


def refuse_path_collisions(graph: ObjectGraph, roots: Iterable[Oid], changes: Changes, clean: CleanFiles) -> None:
    """Raises NamesCollide if a renamed file would stand where another file or folder stands in the same tree.

    Names that differ in case or Unicode form alone are the same place: Windows and macOS cannot hold both.
    """
    for root in dict.fromkeys(roots):
        kept = {old for old in changes.spec.path_renames if _stays(find(graph.trees, root, old), old, changes, clean)}
        targets = [changes.spec.path_renames[old] for old in kept]
        names = {folded(target) for target in targets}
        if len(names) != len(targets) or any(_taken(graph.trees, root, target, kept) for target in targets):
            raise NamesCollide(
                "a renamed file would take the place of another one",
                remedy="choose another name: opensafe decide … --action rename --to …",
            )


def find(trees: _Trees, root: Oid, path: bytes) -> TreeEntry | None:
    """The entry at a path, folders included."""
    entry: TreeEntry | None = None
    at = root
    for name in path.split(b"/"):
        if entry is not None and not entry.is_tree:
            return None
        entry = next((e for e in trees.get(at, ()) if e.name == name), None)
        if entry is None:
            return None
        at = entry.oid
    return entry


def _stays(entry: TreeEntry | None, path: bytes, changes: Changes, clean: CleanFiles) -> bool:
    if entry is None or entry.is_tree:
        return False
    key = changes.key_at(entry.oid, path)
    return key is None or clean.files.get(key) is not None


def _taken(trees: _Trees, root: Oid, target: bytes, leaving: set[bytes]) -> bool:
    """Whether something other than a file that is itself renamed stands at the target, or a file above it."""
    for place in (target, *(folder[:-1] for folder in folders_of(target))):
        entry = find(trees, root, place)
        if entry is not None and place not in leaving and (place == target or not entry.is_tree):
            return True
    folder, _, name = target.rpartition(b"/")
    beside = entries_of(lambda tree: trees.get(tree, ()), folder_at(lambda tree: trees.get(tree, ()), root, folder))
    start = folder + b"/" if folder else b""
    return any(other != name and folded(other) == folded(name) and start + other not in leaving for other in beside)
