"""Commits that leave the history while what comes after them stays: their parents take their place.

Git itself hands the new shape to the filter: a commit whose parents change is replaced, in our own work repository, by
one with the same tree and the new parents. So no later tree changes, whatever goes before it.
"""

from collections.abc import Iterable
from dataclasses import replace

from opensafe.git.graph import ObjectGraph
from opensafe.git.owned import OwnedRepository
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import Commit, Identity, RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.plan import RewriteSpec
from opensafe.rewriting.malformed import with_good_lines
from opensafe.rewriting.rawobjects import edit_object

_REPLACE = b"refs/replace/"
_MAKER = (b"opensafe", b"opensafe@example.invalid")


def parents_after(spec: RewriteSpec, commit: Commit) -> tuple[Oid, ...]:
    """The parents as they will be: whoever goes is replaced by what takes its place, and nobody stands there twice."""
    found = (_stand_in(spec, parent) for parent in commit.parents)
    return tuple(dict.fromkeys(oid for oid in found if oid is not None and oid != commit.oid))


def shaped(graph: ObjectGraph, spec: RewriteSpec) -> ObjectGraph:
    """The graph, with the parents that commits will have."""
    after = {oid: parents_after(spec, commit) for oid, commit in graph.commits.items()} if spec.gone else {}
    moved = {oid: parents for oid, parents in after.items() if parents != graph.commits[oid].parents}
    commits = {oid: replace(graph.commits[oid], parents=parents) for oid, parents in moved.items()}
    return replace(graph, commits={**graph.commits, **commits}) if moved else graph


def regraft(
    work: OwnedRepository,
    source: ObjectView,
    graph: ObjectGraph,
    spec: RewriteSpec,
    changed: Iterable[Oid],
    broken: frozenset[Oid],
) -> None:
    """Put a commit with new parents in the place of each one whose parents change; `broken` ones are repaired too."""
    parents = {oid: parents_after(spec, graph.commits[oid]) for oid in changed}
    moved = sorted(oid for oid, after in parents.items() if after != graph.commits[oid].parents)
    made: dict[bytes, Oid] = {}
    for item in read_objects(source, moved):
        if isinstance(item, RawObject):
            data = with_good_lines(item.data) if item.oid in broken else item.data
            made[_REPLACE + item.oid.encode()] = work.write_object("commit", _with_parents(data, parents[item.oid]))
    work.set_refs(made)


def root_people(commit: Commit) -> tuple[Identity, Identity]:
    """Author and committer of a new root: nobody is credited with, or blamed for, the work of everybody."""
    who = Identity(*_MAKER, b"%d +0000" % max(commit.committer.timestamp, 0))
    return who, who


def _stand_in(spec: RewriteSpec, oid: Oid) -> Oid | None:
    at: Oid | None = oid
    while at is not None and at in spec.gone:
        at = spec.gone[at]
    return at


def _with_parents(data: bytes, parents: tuple[Oid, ...]) -> bytes:
    lines = b"".join(b"\nparent " + oid.encode() for oid in parents)

    def edit(name: bytes, value: bytes) -> bytes | None:
        if name == b"parent":
            return None
        return value + lines if name == b"tree" else value

    return edit_object(data, edit, data.partition(b"\n\n")[2])
