"""Which commits bring in something that a decision changes: found by what each changes, not by walking its files."""

from collections.abc import Sequence
from dataclasses import dataclass

from opensafe.git.graph import ObjectGraph
from opensafe.git.standing import entry_of
from opensafe.git.treediff import tree_differences
from opensafe.git.treewalk import EMPTY_TREES, Change
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.touched import TouchedTrees


@dataclass(frozen=True, slots=True)
class Introduced:
    """`commits` have such a file that their first parent has not, so they and their descendants change.

    `files` are all such files, each with its path: there is none that no commit brings in.
    """

    commits: frozenset[Oid]
    files: frozenset[tuple[bytes, TreeEntry]]


def introduced(view: ObjectView, graph: ObjectGraph, commits: Sequence[Oid], changes: Changes) -> Introduced:
    """Compare each of `commits`, which are all there with their parents, with its first parent.

    The parent is the one that it will have: what a commit that leaves had brought in comes with the next one. Where a
    folder becomes the root every commit changes.
    """
    found: set[Oid] = set()
    files: set[tuple[bytes, TreeEntry]] = set()
    if not (changes.files or changes.spec.path_renames or changes.spec.root_folder):
        return Introduced(frozenset(), frozenset())
    pairs = [(_tree_before(graph, oid, changes), graph.commits[oid].tree) for oid in commits]
    walked, seen = TouchedTrees(changes, graph.trees), set[tuple[Oid, bytes | None]]()
    for oid, difference in zip(commits, tree_differences(view, graph.trees, pairs), strict=True):
        touched = {(change.path, entry_of(change)) for change in difference.changes if _is_changed(change, changes)}
        if difference.unread:  # not every path was compared: a tree that repeats itself, or a damaged one
            tree = graph.commits[oid].tree
            touched.update(walked.files(tree, seen))
            found.update({oid} if walked.touched(tree) else ())
        if touched or changes.spec.root_folder:
            found.add(oid)
            files |= touched
    return Introduced(frozenset(found), frozenset(files))


def _tree_before(graph: ObjectGraph, oid: Oid, changes: Changes) -> Oid:
    spec = changes.spec
    parent = next(iter(graph.commits[oid].parents), None) if oid != spec.new_root else None
    while parent is not None and parent in spec.gone:
        parent = spec.gone[parent]
    return graph.commits[parent].tree if parent is not None else EMPTY_TREES[len(oid)]


def _is_changed(change: Change, changes: Changes) -> bool:
    if not change.new_mode:
        return False
    return change.path in changes.spec.path_renames or changes.key_at(change.new, change.path) is not None
