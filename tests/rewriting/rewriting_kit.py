"""Small sources, decisions about them, and the way from there to a result and its proof."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from opensafe.formats.decode import decode
from opensafe.git.graph import ObjectGraph, load_graph
from opensafe.git.layout import read_layout
from opensafe.git.owned import OwnedRepository
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView, open_view, view_of
from opensafe.model.gitobjects import Commit, RawObject, Tag
from opensafe.model.identifiers import Oid
from opensafe.model.plan import ApprovedPlan, BlobChange, Option, RewritePlan, RewriteSpec, SpanEdit
from opensafe.model.progress import NoProgress
from opensafe.model.secret import Secret
from opensafe.model.verification import Verification
from opensafe.proof.prove import prove
from opensafe.rewriting.build import Built, build
from opensafe.rewriting.former import Former
from opensafe.stories.builder import MAIN, History, Mark, Person

ALICE = Person(b"Alice Archer", b"alice@trust.example")
BOB = Person("Bób Brown".encode(), b"bob@trust.example")
SECRET = b"hunter2-" + b"correct-horse"
PLACEHOLDER = b"REDACTED-1"


@dataclass(frozen=True)
class World:
    """A source as opensafe sees it. `ids` are the objects by the marks of the history."""

    repository: OwnedRepository
    folder: Path
    view: ObjectView
    graph: ObjectGraph
    ids: Mapping[Mark, Oid]

    @property
    def spec(self) -> RewriteSpec:
        """Publish every ref and change nothing."""
        return RewriteSpec(self.repository.refs(), MAIN)

    def data(self, oid: Oid) -> bytes:
        return data_of(self.view, oid)


def tell(folder: Path, history: History) -> tuple[OwnedRepository, dict[Mark, Oid]]:
    """Import a history into a new repository."""
    repository = OwnedRepository.create(folder / "source.git")
    asked = b"".join(b"get-mark :%d\n" % mark for mark in history.marks)
    printed = repository.run("fast-import", "--quiet", "--force", stdin=history.stream() + asked + b"done\n")
    return repository, dict(zip(history.marks, map(Oid, printed.decode().split()), strict=True))


def look(folder: Path, repository: OwnedRepository, ids: Mapping[Mark, Oid] | None = None) -> World:
    """See a repository through the isolated view."""
    view = open_view(read_layout(repository.git_dir), folder / "view.git")
    return World(repository, folder, view, load_graph(view), ids or {})


def world(folder: Path, history: History) -> World:
    folder.mkdir(exist_ok=True)
    repository, ids = tell(folder, history)
    return look(folder, repository, ids)


def redact(seen: World, spec: RewriteSpec, value: bytes, text: bytes) -> RewriteSpec:
    """Decide that `value` becomes `text` in every blob, decoded or not, and in every message."""
    blobs = []
    for item in read_objects(seen.view, seen.graph.blobs):
        assert isinstance(item, RawObject)
        edits = tuple(_edits(item.data, value, text))
        if edits:
            blobs.append(BlobChange(item.oid, None, edits))
    holders: list[Commit | Tag] = [*seen.graph.commits.values(), *seen.graph.tags.values()]
    messages = {holder.oid: tuple(_edits(holder.message, value, text)) for holder in holders}
    kept = {oid: edits for oid, edits in messages.items() if edits}
    return replace(spec, blobs=(*spec.blobs, *blobs), message_edits={**spec.message_edits, **kept})


def _edits(data: bytes, value: bytes, text: bytes) -> Iterator[SpanEdit]:
    for part in decode(data).parts:
        at = part.data.find(value)
        while at >= 0:
            yield SpanEdit(part.via, at, at + len(value), text)
            at = part.data.find(value, at + len(value))


def approved(option: Option = Option.REWRITE) -> ApprovedPlan:
    return ApprovedPlan(RewritePlan(option, option, "", "", "", {}, ()), by="Ann", on="2024-01-01")


def make(
    seen: World,
    spec: RewriteSpec,
    name: str = "public",
    option: Option = Option.REWRITE,
    former: Former | None = None,
) -> Built:
    workspace, destination = seen.folder / f"{name}-work", seen.folder / f"{name}.git"
    built = build(approved(option), spec, seen.view, seen.graph, workspace, destination, NoProgress(), former)
    assert not workspace.exists()
    return built


def proven(
    seen: World,
    spec: RewriteSpec,
    built: Built,
    values: Sequence[bytes] = (),
    option: Option = Option.REWRITE,
    added: frozenset[Oid] = frozenset(),
) -> Verification:
    return prove(
        source=seen.view,
        source_graph=seen.graph,
        result=view_of(built.repository),
        spec=spec,
        claim=built.claim,
        option=option,
        values=[Secret(value) for value in values],
        head="",
        progress=NoProgress(),
        added=added,
    )


def failed(verification: Verification) -> dict[str, str]:
    """The checks that failed, with their figures."""
    return {check.id: check.figure for check in verification.checks if not check.passed}


def data_of(view: ObjectView, oid: Oid) -> bytes:
    item = next(iter(read_objects(view, [oid])))
    assert isinstance(item, RawObject)
    return item.data


def file_at(repository: OwnedRepository, ref: bytes, path: bytes) -> bytes:
    return repository.run("cat-file", "blob", ref + b":" + path)


def paths_at(repository: OwnedRepository, ref: bytes) -> list[bytes]:
    return repository.run("ls-tree", "-r", "-z", "--name-only", ref).rstrip(b"\0").split(b"\0")
