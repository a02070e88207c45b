"""Builds the new repository as the approved plan says, beside everything else: the step switches it by one rename."""

import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from opensafe.errors import OpensafeError, OutOfOrder
from opensafe.git.graph import ObjectGraph
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.plan import ApprovedPlan, IdentityRename, Option, RewriteSpec
from opensafe.model.progress import Progress
from opensafe.model.rewrite import RewriteClaim
from opensafe.rewriting.outcome import Outcome
from opensafe.rewriting.published import Published
from opensafe.rewriting.refnames import new_head
from opensafe.rewriting.squash import squash
from opensafe.rewriting.surgical import rewrite_history
from opensafe.rewriting.transfer import transfer

_SHA256_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Built:
    """The new repository, what is claimed about it, and which blob became which (old id to new)."""

    repository: OwnedRepository
    claim: RewriteClaim
    blob_map: Mapping[Oid, Oid]


def build(
    approved: ApprovedPlan,
    spec: RewriteSpec,
    source: ObjectView,
    graph: ObjectGraph,
    workspace: Path,
    destination: Path,
    progress: Progress,
) -> Built:
    """Build a bare repository at `destination`, which must not exist yet; `workspace` is scratch and is deleted.

    The same plan on the same source gives the same ids. Raises OpensafeError where it cannot be done; nothing but
    `workspace` and `destination` is written.
    """
    _refuse_bad_names(spec)
    if destination.exists():
        raise OutOfOrder(f"{destination} exists already", remedy="name a folder that does not exist yet")
    object_format = "sha256" if any(len(oid) == _SHA256_LENGTH for oid in spec.refs.values()) else "sha1"
    _delete(workspace)
    try:
        work = OwnedRepository.create(workspace, object_format=object_format)
        work.borrow_objects([source.git_dir / "objects"])
        outcome = _carry_out(approved.plan.option, spec, source, graph, work, progress)
        progress.stage("Writing the new repository")
        repository = transfer(
            work, graph, destination, object_format=object_format, refs=outcome.refs, head=new_head(spec)
        )
    finally:
        _delete(workspace)
    return Built(repository, outcome.claim, outcome.blob_map)


def _carry_out(
    option: Option,
    spec: RewriteSpec,
    source: ObjectView,
    graph: ObjectGraph,
    work: OwnedRepository,
    progress: Progress,
) -> Outcome:
    match option:
        case Option.REVIEW:
            return _as_it_is(spec, graph)
        case Option.REWRITE:
            return rewrite_history(spec, source, graph, work, progress)
        case Option.SQUASH | Option.NEW_REPOSITORY:
            return squash(option, spec, source, graph, work, progress)


def _as_it_is(spec: RewriteSpec, graph: ObjectGraph) -> Outcome:
    """The published refs with the same objects and ids."""
    if not spec.changes_nothing:
        raise OutOfOrder(
            "decisions change the history, so it cannot be published as it is",
            remedy="opensafe plan --option rewrite, or withdraw the decisions",
        )
    published = Published.of(spec, graph)
    claim = RewriteClaim(
        commits={oid: oid for oid in published.all_commits},
        tags={oid: oid for oid in published.tags},
        refs={name: name for name in spec.refs},
    )
    return Outcome(spec.refs, claim, {})


def _refuse_bad_names(spec: RewriteSpec) -> None:
    """New names that would end an identity line early."""
    if any(_breaks_line(rename) for rename in spec.identities):
        raise OpensafeError(
            "a new name or e-mail holds <, > or a line break",
            remedy="decide again with another text: opensafe decide … --action rename --to …",
        )


def _breaks_line(rename: IdentityRename) -> bool:
    return any(character in rename.new_name + rename.new_email for character in b"<>\n\0")


def _delete(folder: Path) -> None:
    """Delete our scratch, which may be there from a run that was killed; packs are read-only, which Windows heeds."""
    if folder.exists():
        for file in (folder / "objects" / "pack").glob("*"):
            file.chmod(stat.S_IREAD | stat.S_IWRITE)
        shutil.rmtree(folder)
