"""Compares a history that was kept: commit by commit, along the topology."""

from collections import Counter
from collections.abc import Mapping

from opensafe.model.identifiers import Oid
from opensafe.model.progress import Progress
from opensafe.model.verification import Check
from opensafe.proof.along import compare_along
from opensafe.proof.blobs import compare_blobs
from opensafe.proof.case import ProofCase
from opensafe.proof.commits import CommitComparison, TranslatedIds
from opensafe.proof.contents import check_files, check_gone
from opensafe.proof.decided import Decided
from opensafe.proof.documents import Documents, documents_of
from opensafe.proof.losses import check_losses
from opensafe.proof.references import ReferenceComparison
from opensafe.proof.trees import TreeComparison


def compare_history(
    case: ProofCase, refs: Mapping[bytes, Oid], progress: Progress
) -> tuple[list[Check], TreeComparison]:
    """The checks of a history that kept its commits, and the comparison of its files."""
    decided = Decided.of(case.spec)
    ids = TranslatedIds(case.claim.commits)
    documents = documents_of(case)
    trees = TreeComparison(case.source_graph.trees, documents.trees, decided)
    commits = CommitComparison(decided, case.claim.commits, ids, documents.below)
    references = ReferenceComparison(case.source_graph, case.result_graph, decided, case.claim, trees)
    along = compare_along(case, trees, documents.carrying, progress)
    progress.stage("Comparing commits", len(case.commits) + len(case.notes))
    for oid in sorted(case.commits) + sorted(case.notes):
        _compare(case, oid, commits, references, documents, None if oid in along else trees)
        progress.advance()
    for oid in case.spec.gone:
        commits.forget(case.source_graph.commits[oid])
    ref_check = references.check_refs(refs)
    blobs = compare_blobs(case.source, case.result, trees.changed, trees.paths)
    seen = _losses(case, decided, commits, references)
    seen["file that could not be changed inside"] = blobs.given_up
    checks = [
        _complete(case),
        _commit_check(commits),
        check_files(trees, blobs),
        ref_check,
        *references.checks(),
        *([documents.check()] if documents.added else []),
        check_gone(case, trees),
        check_losses(case.claim.lost, seen),
    ]
    return checks, trees


def _compare(
    case: ProofCase,
    oid: Oid,
    commits: CommitComparison,
    references: ReferenceComparison,
    documents: Documents,
    trees: TreeComparison | None,
) -> None:
    """One published commit with the one that stands for it. One that is missing is counted by `_complete`.

    `trees` compares all its files; without, they were compared along the history.
    """
    new = case.claim.commits.get(oid)
    if new is None or new not in case.result_graph.commits:
        return
    before, after = case.source_graph.commits[oid], case.result_graph.commits[new]
    commits.compare(before, after)
    if oid in case.notes:
        references.compare_notes(oid, new)
    elif trees is not None:
        trees.compare(before.tree, documents.tree_without(new))


def _losses(
    case: ProofCase, decided: Decided, commits: CommitComparison, references: ReferenceComparison
) -> Counter[str]:
    """What is seen to be gone, by kind."""
    seen = Counter(commits.lost)
    seen["tag signature"] = references.tag_signatures_lost
    seen["tag"] = sum(case.claim.tags.get(oid) is None for oid in case.tags)
    seen["ref"] = references.refs_lost
    seen["commit"] = len(case.spec.gone)
    seen["note"] = len(references.notes_lost)
    seen["message"] = decided.withheld(_messages(case))
    return seen


def _messages(case: ProofCase) -> dict[Oid, bytes]:
    graph = case.source_graph
    found = {oid: graph.commits[oid].message for oid in case.commits | case.notes}
    return found | {oid: graph.tags[oid].message for oid in case.tags}


def _complete(case: ProofCase) -> Check:
    """Every published commit has exactly one that stands for it, and the result has no others but ours."""
    published = case.commits | case.notes
    new = [case.claim.commits.get(oid) for oid in published]
    missing = sum(oid is None or oid not in case.result_graph.commits for oid in new)
    extra = len(case.result_graph.commits.keys() - set(new) - case.added)
    merged = len(new) - len(set(new))
    figure = (
        f"{len(published):,} commits published: {missing:,} missing, {merged:,} merged into others, {extra:,} added"
    )
    return Check("commits-complete", not (missing or extra or merged), figure)


def _commit_check(commits: CommitComparison) -> Check:
    wrong = ", ".join(f"{count:,} {what}" for what, count in sorted(commits.differing.items()))
    figure = f"{commits.compared:,} commits compared (parents, people, dates, messages, headers), "
    return Check("commits-equal", not commits.differing, figure + (f"these differ: {wrong}" if wrong else "0 differ"))
