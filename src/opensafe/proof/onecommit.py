"""Compares a squash: one commit in place of the history, or one for each state of it that was published so.

Each has the files of its state as decided, stands on the one before, and holds nothing else of the old history.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from opensafe.git.graph import ancestors
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import Commit
from opensafe.model.identifiers import Oid
from opensafe.model.verification import Check
from opensafe.proof.blobs import compare_blobs
from opensafe.proof.case import ProofCase
from opensafe.proof.commits import lost_with
from opensafe.proof.contents import check_files, check_gone
from opensafe.proof.decided import Decided
from opensafe.proof.documents import Documents, documents_of
from opensafe.proof.losses import check_losses
from opensafe.proof.trees import TreeComparison

_NOTES = b"refs/notes/"
_MAKER = (b"opensafe", b"opensafe@example.invalid")
_HEX = expression(rb"\b[0-9a-f]{7,64}\b")

_Pair = tuple[Commit, Commit]
"""A commit of the source, and the one that has its files."""


def compare_one_commit(case: ProofCase, refs: Mapping[bytes, Oid]) -> tuple[list[Check], TreeComparison]:
    """The checks of a squash or a new repository, and the comparison of its files."""
    documents = documents_of(case)
    trees = TreeComparison(case.source_graph.trees, documents.trees, Decided.of(case.spec))
    name = case.spec.ref_renames.get(case.spec.head, case.spec.head)
    line = list(_line(case, documents, refs.get(name, Oid(""))))
    if not line:
        return [Check("one-commit", passed=False, figure="the default branch has no commit of the source")], trees
    for old, new in line:
        trees.compare(old.tree, documents.tree_without(new.oid))
    blobs = compare_blobs(case.source, case.result, trees.changed, trees.paths)
    seen = _losses(case, line)
    seen["file that could not be changed inside"] = blobs.given_up
    checks = [
        _one_line(case, documents, line),
        _one_ref(refs, name),
        check_files(trees, blobs),
        *([documents.check()] if documents.added else []),
        check_gone(case, trees),
        check_losses(case.claim.lost, seen),
    ]
    return checks, trees


def _line(case: ProofCase, documents: Documents, tip: Oid) -> Iterator[_Pair]:
    """Down from the tip, what opensafe added left out, as long as a commit stands for one of the source."""
    graph = case.result_graph
    at: Oid | None = tip
    while at in graph.commits and (old := documents.of.get(at)) is not None:
        commit = graph.commits[at]
        yield case.source_graph.commits[old], commit
        at = documents.below(commit.parents[0]) if len(commit.parents) == 1 else None


def _one_line(case: ProofCase, documents: Documents, line: list[_Pair]) -> Check:
    """Nothing beside the line, its tip for the default branch, nobody's name, and no id of the old history."""
    graph = case.result_graph
    alone = {new.oid for _, new in line} == graph.commits.keys() - documents.added and not graph.tags
    rooted = all(len(new.parents) == 1 for _, new in line[:-1]) and not line[-1][1].parents
    good = all(_says_nothing(case, old, new) for old, new in line) and _counts(case, line)
    published = len(case.commits | case.notes)
    figure = f"{len(line):,} commit{'s' * (len(line) > 1)} in place of {published:,}"
    return Check("one-commit", alone and rooted and good and line[0][0].oid == case.head, figure)


def _says_nothing(case: ProofCase, old: Commit, new: Commit) -> bool:
    """A commit of a line tells the date of what it publishes, and nothing that leads back to it."""
    named = [token.decode() for token in _HEX.findall(new.message)]
    leads_back = any(oid.startswith(token) for token in named for oid in case.source_graph.sizes)
    people = (new.author, new.committer)
    is_anonymous = all((who.name, who.email) == _MAKER for who in people)
    is_dated = all(who.timestamp == max(old.committer.timestamp, 0) for who in people)
    return is_anonymous and is_dated and not leads_back and not new.headers


def _counts(case: ProofCase, line: list[_Pair]) -> bool:
    """Each comes after the one before it in the source too, and its message says for how many commits it stands."""
    seen: set[Oid] = set()
    before: Oid | None = None
    for old, new in reversed(line):
        reached = ancestors(case.source_graph.commits, [old.oid])
        if before not in {None, *reached} or b"\nCommits: %d\n" % len(reached - seen) not in new.message:
            return False
        seen |= reached
        before = old.oid
    return True


def _one_ref(refs: Mapping[bytes, Oid], name: bytes) -> Check:
    return Check("refs", set(refs) == {name}, f"{len(refs):,} ref in the result")


def _losses(case: ProofCase, line: list[_Pair]) -> Counter[str]:
    published = case.commits | case.notes
    others = case.spec.refs.keys() - {case.spec.head}
    return sum((lost_with(case.source_graph.commits[oid]) for oid in published), Counter[str]()) + Counter(
        {
            "commit": len(published) - len(line),
            "tag": len(case.tags),
            "note": sum(name.startswith(_NOTES) for name in others),
            "ref": len(others),
        }
    )
