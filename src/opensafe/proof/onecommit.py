"""Compares a squash: one new root with the files of the default branch as decided, and nothing of the old history."""

import re
from collections import Counter
from collections.abc import Mapping

from opensafe.model.gitobjects import Commit
from opensafe.model.identifiers import Oid
from opensafe.model.verification import Check
from opensafe.proof.blobs import compare_blobs
from opensafe.proof.case import ProofCase
from opensafe.proof.contents import check_files, check_gone
from opensafe.proof.decided import Decided
from opensafe.proof.losses import check_losses
from opensafe.proof.trees import TreeComparison

_NOTES = b"refs/notes/"
_MAKER = (b"opensafe", b"opensafe@example.invalid")
_HEX = re.compile(rb"\b[0-9a-f]{7,64}\b")


def compare_one_commit(case: ProofCase, refs: Mapping[bytes, Oid]) -> tuple[list[Check], TreeComparison]:
    """The checks of a squash or a new repository, and the comparison of its files."""
    trees = TreeComparison(case.source_graph.trees, case.result_graph.trees, Decided.of(case.spec))
    name = case.spec.ref_renames.get(case.spec.head, case.spec.head)
    root = case.result_graph.commits.get(refs.get(name, Oid("")))
    if case.head is None or root is None:
        return [Check("one-commit", passed=False, figure="the default branch has no commit")], trees
    old = case.source_graph.commits[case.head]
    trees.compare(old.tree, root.tree)
    blobs = compare_blobs(case.source, case.result, trees.changed, trees.paths)
    seen = _losses(case)
    seen["file that could not be changed inside"] = blobs.given_up
    checks = [
        _one_root(case, old, root),
        _one_ref(refs, name),
        check_files(trees, blobs),
        check_gone(case, trees),
        check_losses(case.claim.lost, seen),
    ]
    return checks, trees


def _one_root(case: ProofCase, old: Commit, root: Commit) -> Check:
    """No parents, no other commit, nobody's name, and no id of the old history in the message."""
    named = [token.decode() for token in _HEX.findall(root.message)]
    leads_back = any(oid.startswith(token) for token in named for oid in case.source_graph.sizes)
    is_anonymous = all((who.name, who.email) == _MAKER for who in (root.author, root.committer))
    dated = all(who.timestamp == max(old.committer.timestamp, 0) for who in (root.author, root.committer))
    alone = len(case.result_graph.commits) == 1 and not case.result_graph.tags and not root.parents
    figure = f"{len(case.result_graph.commits):,} commit in place of {len(case.commits | case.notes):,}"
    return Check("one-commit", alone and is_anonymous and dated and not leads_back, figure)


def _one_ref(refs: Mapping[bytes, Oid], name: bytes) -> Check:
    return Check("refs", set(refs) == {name}, f"{len(refs):,} ref in the result")


def _losses(case: ProofCase) -> Counter[str]:
    published = case.commits | case.notes
    others = case.spec.refs.keys() - {case.spec.head}
    return Counter(
        {
            "commit": len(published) - 1,
            "signature": sum(case.source_graph.commits[oid].signed for oid in published),
            "tag": len(case.tags),
            "note": sum(name.startswith(_NOTES) for name in others),
            "ref": len(others),
        }
    )
