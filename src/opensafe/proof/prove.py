"""The proof: every statement about the result is tested on the objects, and each comes with its figure."""

from collections.abc import Mapping, Sequence

from opensafe.git.graph import ObjectGraph, load_graph
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.plan import Option, RewriteSpec
from opensafe.model.progress import Progress
from opensafe.model.rewrite import RewriteClaim
from opensafe.model.secret import Secret
from opensafe.model.verification import Check, Verification
from opensafe.proof.case import ProofCase
from opensafe.proof.choices import Wanted, check_choices
from opensafe.proof.history import compare_history
from opensafe.proof.losses import all_losses
from opensafe.proof.onecommit import compare_one_commit
from opensafe.proof.references import check_head
from opensafe.proof.store import check_closure, check_fsck, check_strays, read_result_refs
from opensafe.proof.trees import TreeComparison
from opensafe.proof.values import residue

_NAMED = 5  # objects that a failed check names


def prove(
    *,
    source: ObjectView,
    source_graph: ObjectGraph,
    result: ObjectView,
    spec: RewriteSpec,
    claim: RewriteClaim,
    option: Option,
    values: Sequence[Secret],
    words: Sequence[Secret] = (),
    wanted: Wanted | None = None,
    head: str,
    progress: Progress,
    added: frozenset[Oid] = frozenset(),
) -> Verification:
    """Test that `result` is `source` with the changes of `spec` and no others, and that no value is left in it.

    Every check is carried out, whatever the ones before it gave. `words` are values that are searched as whole words
    (`residue`). `wanted` are the team's own choices, which are in `spec` already. `head` is the commit that the proof
    holds for. `added` are commits of opensafe's own: those that later ones stand on are in the result, and are proven
    with it.
    """
    graph = load_graph(result, progress)
    case = ProofCase(source, source_graph, result, graph, spec, claim, added)
    refs = read_result_refs(result)
    checks = [
        check_residue(result, graph, values, progress, words, names=list(refs)),
        check_closure(result, graph),
        check_strays(result.git_dir),
        check_fsck(source, source_graph, result),
        check_head(result.git_dir, spec),
    ]
    keeps_history = option in {Option.REVIEW, Option.REWRITE}
    more, trees = compare_history(case, refs, progress) if keeps_history else compare_one_commit(case, refs)
    more += check_choices(case, wanted) if wanted else []
    changed, unchanged = _counts(case, trees, refs)
    return Verification((*checks, *more), changed, unchanged, all_losses(claim.lost, trees.modes), head)


def check_residue(
    view: ObjectView,
    graph: ObjectGraph,
    values: Sequence[Secret],
    progress: Progress,
    words: Sequence[Secret],
    names: Sequence[bytes],
) -> Check:
    """No value is left in any object or in the `names` of the refs. `words` as for `residue`."""
    found = residue(view, graph, values, progress, words, names)
    left, holders = {value for value, _ in found.found}, {oid for _, oid in found.found}
    named = ", ".join(sorted(oid or "the name of a ref" for oid in holders)[:_NAMED])
    return Check(
        "no-value-left",
        not found.found and not found.unread,
        f"{len(values) + len(words):,} values in {found.forms:,} forms searched in {found.objects:,} objects"
        f" ({found.parts:,} contents, {found.bytes:,} bytes): {len(left):,} values found in {len(holders):,} places,"
        f" {len(found.unread):,} objects unread{f': {named}' if named else ''}",
    )


def _counts(case: ProofCase, trees: TreeComparison, refs: Mapping[bytes, Oid]) -> tuple[dict[str, int], dict[str, int]]:
    """Commits, files and refs that changed, and those that did not."""
    commits = sum(old != new for old, new in case.claim.commits.items())
    blobs = len({pair.old for pair in trees.changed} | trees.removed)
    same_refs = sum(refs.get(name) == oid for name, oid in case.spec.refs.items())
    changed = {"commits": commits, "blobs": blobs, "refs": len(case.spec.refs) - same_refs}
    unchanged = {
        "commits": len(case.claim.commits) - commits,
        "blobs": len(trees.kept),
        "refs": same_refs,
    }
    return changed, unchanged
