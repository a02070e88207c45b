"""Checks on files, for every option: what is equal, what was changed inside, what is gone."""

from opensafe.model.verification import Check
from opensafe.proof.blobs import BlobFigures
from opensafe.proof.case import ProofCase
from opensafe.proof.trees import TreeComparison


def check_files(trees: TreeComparison, blobs: BlobFigures) -> Check:
    """Paths, modes and contents: equal where nothing was decided, changed exactly as decided elsewhere."""
    return Check(
        "files-equal",
        not trees.differing and not blobs.wrong,
        f"{trees.entries:,} tree entries compared, {trees.differing:,} differ;"
        f" {blobs.compared:,} changed files compared inside, {blobs.wrong:,} differ from what was decided",
    )


def check_gone(case: ProofCase, trees: TreeComparison) -> Check:
    """Old ids that must not be there: changed commits, and files that were changed or removed wherever they stood."""
    commits = {old for old, new in case.claim.commits.items() if new != old} | case.spec.gone.keys()
    changed = {pair.old for pair in trees.changed if pair.new != pair.old}
    blobs = (changed | trees.removed) - trees.kept
    left = len((commits | blobs) & case.result_graph.sizes.keys())
    return Check(
        "old-objects-gone",
        not left,
        f"{len(commits):,} old commits and {len(blobs):,} old files looked for in the result, {left:,} found",
    )
