"""Every file that stands in some commits, at every path: found by what each commit changes."""

from collections.abc import Collection, Iterable, Iterator

from opensafe.git.graph import ObjectGraph, walk_tree
from opensafe.git.treediff import tree_differences
from opensafe.git.treewalk import EMPTY_TREES, Change
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid

File = tuple[bytes, TreeEntry]
"""A path, and what stands there: a file, a link or a submodule."""


def standing_files(view: ObjectView, graph: ObjectGraph, commits: Collection[Oid]) -> Iterator[File]:
    """Path and entry, each pair once. `commits` may be any, in any order.

    What a commit holds is what its first parent holds, and what differs. Where that parent is not among `commits`, the
    empty tree stands for it. A commit of which something cannot be compared is walked whole.
    """
    given: set[File] = set()
    walked: set[tuple[Oid, bytes]] = set()
    chosen = set(commits)
    pairs = [(_tree_before(graph, oid, chosen), graph.commits[oid].tree) for oid in commits]
    for (_, tree), found in zip(pairs, tree_differences(view, graph.trees, pairs), strict=True):
        files = walk_tree(graph.trees, tree, seen=walked) if found.unread else _brought(found.changes)
        for file in files:
            if file not in given:
                given.add(file)
                yield file


def entry_of(change: Change) -> TreeEntry:
    """What stands at the path of a change afterwards."""
    return TreeEntry(change.new_mode, change.path.rpartition(b"/")[2], change.new)


def _brought(changes: Iterable[Change]) -> Iterator[File]:
    return ((change.path, entry_of(change)) for change in changes if change.new_mode)


def _tree_before(graph: ObjectGraph, oid: Oid, chosen: set[Oid]) -> Oid:
    parents = graph.commits[oid].parents[:1]
    return next((graph.commits[parent].tree for parent in parents if parent in chosen), EMPTY_TREES[len(oid)])
