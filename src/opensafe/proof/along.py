"""Compares the files of two histories along their commits: what each changes, instead of all that it holds.

Where the files of a commit's first parent are as decided, those of the commit are too, if the same holds for every
path at which either side differs from that parent. The first parent of all is the empty tree. So every file is
compared once for each time that it changes, not once for each commit.
"""

from collections.abc import Collection, Iterator

from opensafe.git.graph import topological
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

    Those are the ones of the result that are `carrying` documents along, which the source has not.

    That is all of them where files move, for what stands at one path then depends on another, and where commits leave,
    for the next one has another parent then; and each whose parent is not there, or whose trees cannot be read.
    """
    spec = case.spec
    if trees.decided.moved or spec.root_folder or spec.gone or spec.new_root:
        return frozenset()
    in_order = topological(case.source_graph.commits, case.commits)
    chosen = [oid for oid in in_order if _is_followed(case, oid) and case.claim.commits[oid] not in carrying]
    progress.stage("Comparing files", len(chosen))
    compared: set[Oid] = set()
    for oid, (old, new) in zip(chosen, _differences(case, chosen), strict=True):
        progress.advance()
        if not old.unread and not new.unread:
            _compare(case, oid, old, new, trees)
            compared.add(oid)
    return frozenset(compared)


def _is_followed(case: ProofCase, oid: Oid) -> bool:
    """Whether the commit and its first parent are there on both sides."""
    return all(_new(case, at) is not None for at in (oid, *case.source_graph.commits[oid].parents[:1]))


def _new(case: ProofCase, oid: Oid) -> Oid | None:
    new = case.claim.commits.get(oid) if oid in case.commits else None
    return new if new in case.result_graph.commits else None


def _differences(case: ProofCase, commits: list[Oid]) -> Iterator[tuple[Differing, Differing]]:
    """What each commit changes, on both sides. Where both sides have the same trees they are compared once."""
    old = [_old_pair(case, oid) for oid in commits]
    new = [_new_pair(case, oid) for oid in commits]
    others = [after for before, after in zip(old, new, strict=True) if before != after]
    differing = tree_differences(case.result, case.result_graph.trees, others)
    sources = tree_differences(case.source, case.source_graph.trees, old)
    for before, after, found in zip(old, new, sources, strict=True):
        yield found, (found if before == after else next(differing))


def _old_pair(case: ProofCase, oid: Oid) -> Pair:
    commit = case.source_graph.commits[oid]
    before = [case.source_graph.commits[parent].tree for parent in commit.parents[:1]]
    return (before or [EMPTY_TREES[len(oid)]])[0], commit.tree


def _new_pair(case: ProofCase, oid: Oid) -> Pair:
    """The trees of what stands for the commit and for its first parent; that the parents are right is tested apart."""
    commits, mapped = case.result_graph.commits, case.claim.commits
    parents = [mapped[parent] for parent in case.source_graph.commits[oid].parents[:1]]
    before = [commits[parent].tree for parent in parents if parent is not None]
    return (before or [EMPTY_TREES[len(oid)]])[0], _result_tree(case, oid)


def _result_tree(case: ProofCase, oid: Oid) -> Oid:
    new = case.claim.commits[oid]
    return case.result_graph.commits[new].tree if new is not None else Oid("")


def _compare(case: ProofCase, oid: Oid, old: Differing, new: Differing, trees: TreeComparison) -> None:
    """Every path that differs from the first parent on either side. What stands on the other side is looked up."""
    before = {change.path: change for change in old.changes}
    after = {change.path: change for change in new.changes}
    roots = case.source_graph.commits[oid].tree, _result_tree(case, oid)
    for path in before.keys() | after.keys():
        left = _after(before[path]) if path in before else find_file(trees.old_trees, roots[0], path)
        right = _after(after[path]) if path in after else find_file(trees.new_trees, roots[1], path)
        trees.compare_file(path, left, right)


def _after(change: Change) -> TreeEntry | None:
    return entry_of(change) if change.new_mode else None
