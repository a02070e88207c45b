"""Looks at the result as a repository: nothing in it that its refs do not reach, nothing beside it, sound."""

import os
from pathlib import Path

from opensafe.errors import GitFailed
from opensafe.git.graph import ObjectGraph
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import ObjectView
from opensafe.model.expressions import expression
from opensafe.model.identifiers import Oid
from opensafe.model.verification import Check

_BELONGS = expression(
    r"HEAD|config|packed-refs|refs/.+|objects/[0-9a-f]{2}/[0-9a-f]{38,62}|objects/pack/pack-[0-9a-f]+\.(?:pack|idx|rev)"
)
_SECTION = expression(r"(?m)^\s*\[([^\]]*)\]")
_DAMAGE = expression(r"[;:] (?:error|fatal): ")  # of packs and refs; about an object it says "error in"
_COMPLAINT = expression(r"(?:error|warning) in (\w+) ([0-9a-f]{40,64}): (\w+)")


def read_result_refs(view: ObjectView) -> dict[bytes, Oid]:
    printed = view.run("for-each-ref", "--format=%(objectname) %(refname)")
    pairs = (line.split(b" ", 1) for line in printed.splitlines())
    return {name: Oid(oid.decode()) for oid, name in pairs}


def check_closure(view: ObjectView, graph: ObjectGraph) -> Check:
    """Every object is reachable from the refs, and everything that is reachable is there."""
    present = set(graph.order)
    try:
        listed = view.run("rev-list", "--objects", "--no-object-names", "--all")
    except GitFailed:
        figure = f"{len(present):,} objects listed; something that the refs reach is missing or damaged"
        return Check("only-reachable-objects", passed=False, figure=figure)
    extra = len(present.difference(listed.decode("ascii").split()))
    figure = f"{len(present):,} objects listed, {extra:,} of them not reachable from a ref, 0 missing"
    return Check("only-reachable-objects", not extra, figure)


def check_strays(git_dir: Path) -> Check:
    """No alternates, reflogs, hooks, maps of the rewrite or other strays; no remote and no include in its config."""
    names = [os.fsencode(path.relative_to(git_dir).as_posix()) for path in git_dir.rglob("*") if not path.is_dir()]
    strays = [name for name in names if not _BELONGS.fullmatch(os.fsdecode(name)) or name.startswith(b"refs/replace/")]
    config = (git_dir / "config").read_text("utf-8", "replace")
    foreign = [section for section in _SECTION.findall(config) if section.strip().lower() not in {"core", "extensions"}]
    return Check(
        "nothing-beside-it",
        not strays and not foreign,
        f"{len(names):,} files: {len(strays):,} that do not belong to a bare repository"
        f" (alternates, reflogs, replace refs, maps), {len(foreign):,} foreign sections in its configuration",
    )


def check_fsck(source: ObjectView, source_graph: ObjectGraph, result: ObjectView) -> Check:
    """`git fsck --strict` is content, or complains only of what the source holds as well."""
    told = OwnedRepository(result.git_dir).fsck()
    complaints = _COMPLAINT.findall(told)
    inherited = 0
    if told and complaints:
        kinds = {kind for _, _, kind in _COMPLAINT.findall(OwnedRepository(source.git_dir).fsck())}
        inherited = sum(oid in source_graph.sizes or kind in kinds for _, oid, kind in complaints)
    passed = not told or (bool(complaints) and inherited == len(complaints) and not _DAMAGE.search(told))
    return Check(
        "fsck",
        passed,
        f"git fsck --strict: {len(complaints) - inherited:,} complaints about what is new,"
        f" {inherited:,} that the source has as well" + ("" if passed or complaints else ", and it failed"),
    )
