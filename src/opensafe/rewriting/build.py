"""Builds the new repository as the approved plan says, beside everything else: the step switches it by one rename."""

import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from opensafe.errors import OpensafeError, OutOfOrder
from opensafe.git.graph import ObjectGraph
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.plan import ApprovedPlan, IdentityRename, Option, RewriteSpec
from opensafe.model.progress import Progress
from opensafe.model.rewrite import Reach, RewriteClaim
from opensafe.rewriting.former import Former
from opensafe.rewriting.outcome import Outcome
from opensafe.rewriting.refnames import new_head
from opensafe.rewriting.squash import squash
from opensafe.rewriting.surgical import rewrite_history
from opensafe.rewriting.transfer import transfer

_SHA256_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Built:
    """The new repository, what is claimed about it, and which blob became which (old id to new).

    `refs` are its refs as they were rewritten, without what opensafe added before; the rest is as in Outcome.
    """

    repository: OwnedRepository
    claim: RewriteClaim
    blob_map: Mapping[Oid, Oid]
    refs: Mapping[bytes, Oid]
    extends: bool
    reach: Reach
    displaced: frozenset[bytes]
    joined: Oid | None = None


def build(
    approved: ApprovedPlan,
    spec: RewriteSpec,
    source: ObjectView,
    graph: ObjectGraph,
    workspace: Path,
    destination: Path,
    progress: Progress,
    former: Former | None = None,
) -> Built:
    """Build a bare repository at `destination`, which must not exist yet; `workspace` is scratch and is deleted.

    It goes on from the `former` result where it can (`Outcome.extends`), and keeps what was added there.

    The same plan on the same source gives the same ids. Raises OpensafeError where it cannot be done; nothing but
    `workspace` and `destination` is written.
    """
    if destination.exists():
        raise OutOfOrder(f"{destination} exists already", remedy="name a folder that does not exist yet")
    with _workshop(spec, source, workspace, former) as work:
        outcome = _carry_out(approved.plan.option, spec, source, graph, work, progress, former)
        progress.stage("Writing the new repository")
        repository = transfer(
            work,
            graph,
            destination,
            object_format=_object_format(spec),
            refs=outcome.all_refs,
            head=new_head(spec),
        )
    return Built(
        repository,
        outcome.claim,
        outcome.blob_map,
        outcome.refs,
        outcome.extends,
        outcome.reach,
        outcome.displaced,
        outcome.joined,
    )


def foresee(
    option: Option,
    spec: RewriteSpec,
    source: ObjectView,
    graph: ObjectGraph,
    workspace: Path,
    progress: Progress,
    former: Former,
) -> Reach:
    """How far `build` would reach back into the former result: found by doing it, in `workspace`, which is deleted."""
    with _workshop(spec, source, workspace, former) as work:
        return _carry_out(option, spec, source, graph, work, progress, former).reach


@contextmanager
def _workshop(
    spec: RewriteSpec, source: ObjectView, workspace: Path, former: Former | None
) -> Iterator[OwnedRepository]:
    """A repository of ours that reads the objects of both sides, as long as the block lasts."""
    _refuse_bad_names(spec)
    _delete(workspace)
    try:
        work = OwnedRepository.create(workspace, object_format=_object_format(spec))
        work.borrow_objects([source.git_dir / "objects", *([former.objects] if former else [])])
        yield work
    finally:
        _delete(workspace)


def _object_format(spec: RewriteSpec) -> str:
    return "sha256" if any(len(oid) == _SHA256_LENGTH for oid in spec.refs.values()) else "sha1"


def _carry_out(
    option: Option,
    spec: RewriteSpec,
    source: ObjectView,
    graph: ObjectGraph,
    work: OwnedRepository,
    progress: Progress,
    former: Former | None,
) -> Outcome:
    match option:
        case Option.REVIEW:
            _refuse_changes(spec)
            return rewrite_history(spec, source, graph, work, progress, former)
        case Option.REWRITE:
            return rewrite_history(spec, source, graph, work, progress, former)
        case Option.SQUASH | Option.NEW_REPOSITORY:
            return squash(option, spec, source, graph, work, progress, former)


def _refuse_changes(spec: RewriteSpec) -> None:
    """The published refs keep their objects and ids."""
    if not spec.changes_nothing:
        raise OutOfOrder(
            "decisions change the history, so it cannot be published as it is",
            remedy="opensafe plan --option rewrite, or withdraw the decisions",
        )


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
