"""Compares the files of two histories along their commits: what each changes, instead of all that it holds.

Where the files of a commit's first parent are as decided, those of the commit are too, if the same holds for every
path at which either side differs from that parent. The first parent of all is the empty tree. So every file is
compared once for each time that it changes, not once for each commit. Where commits had to go, the first parent is
the one that took their place; where a folder became the root, paths are those of the source; and where files move,
both ends of a move are compared whenever something differs at one of them.
"""

from collections.abc import Collection, Iterator, Mapping

from opensafe.git.graph import ObjectGraph, topological
from opensafe.git.standing import entry_of
from opensafe.git.treediff import tree_differences
from opensafe.git.treewalk import EMPTY_TREES, Change, Differing, Pair
from opensafe.model.gitobjects import TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.progress import Progress
from opensafe.proof.case import ProofCase
from opensafe.proof.trees import TreeComparison, find_file


def compare_along(
    case: ProofCase, trees: TreeComparison, carrying: Collection[Oid], progress: Progress
) -> frozenset[Oid]:
    """The commits whose files were compared so. All others have to be compared whole.

    Those are the ones of the result that are `carrying` documents along, which the source has not, and each whose
    parent is not there, or whose trees cannot be read.
    """
    in_order = topological(case.source_graph.commits, case.commits)
    before = {oid: trees.decided.parents(case.source_graph.commits[oid])[:1] for oid in in_order}
    chosen = {
        oid: parents
        for oid, parents in before.items()
        if _are_there(case, oid, *parents) and case.claim.commits[oid] not in carrying
    }
    progress.stage("Comparing files", len(chosen))
    compared: set[Oid] = set()
    for oid, (old, new) in zip(chosen, _differences(case, chosen), strict=True):
        progress.advance()
        if not old.unread and not new.unread:
            _compare(case, oid, old, new, trees)
            compared.add(oid)
    return frozenset(compared)


def _are_there(case: ProofCase, *commits: Oid) -> bool:
    """Whether these commits are there on both sides."""
    return all(_new(case, oid) in case.result_graph.commits for oid in commits)


def _new(case: ProofCase, oid: Oid) -> Oid:
    """What is claimed to stand for a commit that stays; nothing for any other."""
    return (case.claim.commits.get(oid) if oid in case.commits else None) or Oid("")


def _differences(case: ProofCase, chosen: Mapping[Oid, tuple[Oid, ...]]) -> Iterator[tuple[Differing, Differing]]:
    """What each commit changes, on both sides. Where both sides have the same trees they are compared once.

    `chosen` are commits with their first parent. What stands for them in the result; that its parents are right is
    tested apart.
    """
    old = [_pair(case.source_graph, oid, *parents) for oid, parents in chosen.items()]
    new = [_pair(case.result_graph, *(_new(case, at) for at in (oid, *parents))) for oid, parents in chosen.items()]
    others = [after for before, after in zip(old, new, strict=True) if before != after]
    differing = tree_differences(case.result, case.result_graph.trees, others)
    sources = tree_differences(case.source, case.source_graph.trees, old)
    for before, after, found in zip(old, new, sources, strict=True):
        yield found, (found if before == after else next(differing))


def _pair(graph: ObjectGraph, oid: Oid, parent: Oid | None = None) -> Pair:
    """The trees of the first parent and of the commit."""
    before = EMPTY_TREES[len(oid)] if parent is None else graph.commits[parent].tree
    return before, graph.commits[oid].tree


def _compare(case: ProofCase, oid: Oid, old: Differing, new: Differing, trees: TreeComparison) -> None:
    """Every path that differs from the first parent on either side. What stands on the other side is looked up."""
    roots = case.source_graph.commits[oid].tree, case.result_graph.commits[_new(case, oid)].tree
    above = trees.decided.above_root
    before = {change.path: change for change in old.changes}
    after = {above + change.path: change for change in new.changes}
    differing = before.keys() | after.keys()
    for path in differing - trees.decided.moved:
        left = _after(before[path]) if path in before else find_file(trees.old_trees, roots[0], path)
        if path in after:
            right = _after(after[path])
        else:
            right = find_file(trees.new_trees, roots[1], path[len(above) :]) if path.startswith(above) else None
        trees.compare_file(path, left, right)
    trees.compare_moved(*roots, differing & trees.decided.moved)


def _after(change: Change) -> TreeEntry | None:
    return entry_of(change) if change.new_mode else None
