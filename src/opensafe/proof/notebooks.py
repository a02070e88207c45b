"""Holds the result against the choice to strip every notebook: none has anything left to strip."""

from opensafe.formats.notebook import strip_outputs
from opensafe.git.standing import standing_files
from opensafe.git.stream import read_objects
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec
from opensafe.model.verification import Check
from opensafe.proof.case import ProofCase

_SUFFIX = b".ipynb"


def check_notebooks(case: ProofCase, before: RewriteSpec) -> Check:
    """Every notebook of the result is stripped, and no other file of the source was taken for one."""
    graph = case.result_graph
    standing = standing_files(case.result, graph, list(graph.commits))
    notebooks = {entry.oid for path, entry in standing if path.endswith(_SUFFIX) and not entry.is_symlink}
    found = [item for item in read_objects(case.result, sorted(notebooks)) if isinstance(item, RawObject)]
    left = sum(strip_outputs(item.data) is not None for item in found)
    chosen = _stripped(case.spec) - _stripped(before)
    sources = read_objects(case.source, sorted({oid for oid, _ in chosen}))
    plain = {item.oid for item in sources if isinstance(item, RawObject) and strip_outputs(item.data) is None}
    strange = sum(oid in plain or not path.endswith(_SUFFIX) for oid, path in chosen)
    return Check(
        "notebooks-chosen",
        not left and not strange,
        f"{len(found):,} versions of notebooks in the result, {left:,} with something left to strip;"
        f" {len(chosen):,} stripped by choice, {strange:,} of these no notebooks or without anything to strip",
    )


def _stripped(spec: RewriteSpec) -> set[tuple[Oid, bytes]]:
    """Each file with its path; an empty path stands for every one."""
    return {(change.oid, path) for change in spec.blobs if change.strip_outputs for path in change.paths or (b"",)}
