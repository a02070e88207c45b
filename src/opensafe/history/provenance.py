"""Where each blob stands: its paths, and for each path the first and last commit, published or not, in HEAD or not.

First and last are in topological order (ties by date, then id). A (tree, path prefix) pair is walked once however
many commits share it, so the cost is what differs between commits.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from opensafe.git.graph import ObjectGraph, ancestors, peel, topological, walk_tree
from opensafe.history.published import NOTES, PublishedRef
from opensafe.model.gitobjects import MODE_SYMLINK
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind


@dataclass(frozen=True, slots=True)
class Standing:
    """One (blob, path): `first` and `last` commit that hold it there, and under which kind of place."""

    path: bytes
    kind: PlaceKind
    first: Oid | None
    last: Oid | None
    in_head: bool
    published: bool


@dataclass(slots=True)
class Provenance:
    """Every path of every blob, and which commits are published and part of HEAD's history."""

    blobs: dict[Oid, list[Standing]] = field(default_factory=dict)
    published: set[Oid] = field(default_factory=set)
    head: set[Oid] = field(default_factory=set)
    order: list[Oid] = field(default_factory=list)

    def paths(self, oid: Oid) -> list[bytes]:
        return [standing.path for standing in self.blobs.get(oid, ())]

    def standings(self, oid: Oid) -> list[Standing]:
        """All standings of a blob; one without a path where nothing leads to it."""
        return self.blobs.get(oid) or [_NOWHERE]


_NOWHERE = Standing(b"", PlaceKind.UNREACHABLE, None, None, in_head=False, published=False)
_Key = tuple[Oid, bytes]


def trace(
    graph: ObjectGraph,
    published: Iterable[PublishedRef],
    *,
    head: Oid | None,
    referenced: Collection[Oid],
    reflogged: Collection[Oid],
    staged: Mapping[bytes, Oid],
) -> Provenance:
    """Work out the provenance of every blob in the graph.

    `referenced` are the ids that any ref names, `reflogged` those that stand in a reflog (older stashes, amended
    commits), `staged` is the index.
    """
    published = tuple(published)
    tips = [peel(graph, ref.oid) for ref in published]
    result = Provenance(order=topological(graph.commits, graph.commits))
    result.published = ancestors(graph.commits, tips)
    result.head = ancestors(graph.commits, [head] if head else [])
    kinds = _CommitKinds(
        notes=ancestors(graph.commits, [ref.oid for ref in published if ref.public.startswith(NOTES)]),
        referenced=ancestors(graph.commits, [peel(graph, oid) for oid in referenced]),
        reflogged=ancestors(graph.commits, reflogged),
    )
    first, modes = _first_commits(graph, result.order)
    last, _ = _first_commits(graph, reversed(result.order))
    public, _ = _first_commits(graph, [oid for oid in result.order if oid in result.published])
    now = _tree_of(graph, head)
    for key, commit in first.items():
        oid, path = key
        kind = kinds.of(public.get(key, commit), modes[key])
        standing = Standing(path, kind, commit, last[key], in_head=key in now, published=key in public)
        result.blobs.setdefault(oid, []).append(standing)
    _add_tagged(graph, published, result)
    _add_staged(staged, result)
    return result


def _first_commits(graph: ObjectGraph, order: Iterable[Oid]) -> tuple[dict[_Key, Oid], dict[_Key, int]]:
    """For each (blob, path) the first commit in `order` whose tree holds it, and the mode it has there."""
    seen: set[tuple[Oid, bytes]] = set()
    found: dict[_Key, Oid] = {}
    modes: dict[_Key, int] = {}
    for commit in order:
        for path, entry in walk_tree(graph.trees, graph.commits[commit].tree, seen=seen):
            key = (entry.oid, path)
            if not entry.is_gitlink and key not in found:
                found[key] = commit
                modes[key] = entry.mode
    return found, modes


def _tree_of(graph: ObjectGraph, head: Oid | None) -> set[_Key]:
    if head is None or head not in graph.commits:
        return set()
    return {(entry.oid, path) for path, entry in walk_tree(graph.trees, graph.commits[head].tree)}


@dataclass(frozen=True, slots=True)
class _CommitKinds:
    notes: set[Oid]
    referenced: set[Oid]
    reflogged: set[Oid]

    def of(self, commit: Oid, mode: int) -> PlaceKind:
        if commit in self.notes:
            return PlaceKind.NOTE
        if commit in self.referenced:
            return PlaceKind.SYMLINK_TARGET if mode == MODE_SYMLINK else PlaceKind.BLOB
        return PlaceKind.REFLOG if commit in self.reflogged else PlaceKind.UNREACHABLE


def _add_tagged(graph: ObjectGraph, published: Iterable[PublishedRef], result: Provenance) -> None:
    """Tags may point at a tree or a blob without any commit."""
    for ref in published:
        oid = peel(graph, ref.oid)
        if oid in graph.trees:
            for path, entry in walk_tree(graph.trees, oid):
                _add_if_new(
                    result, entry.oid, Standing(path, PlaceKind.BLOB, None, None, in_head=False, published=True)
                )
        elif oid in graph.sizes and oid not in graph.commits:
            _add_if_new(result, oid, _tagged(b""))


def _tagged(path: bytes) -> Standing:
    return Standing(path, PlaceKind.BLOB, None, None, in_head=False, published=True)


def _add_staged(staged: Mapping[bytes, Oid], result: Provenance) -> None:
    for path, oid in staged.items():
        if oid not in result.blobs:
            standing = Standing(path, PlaceKind.INDEX, None, None, in_head=False, published=False)
            result.blobs.setdefault(oid, []).append(standing)


def _add_if_new(result: Provenance, oid: Oid, standing: Standing) -> None:
    known = result.blobs.setdefault(oid, [])
    if not any(other.path == standing.path and other.published for other in known):
        known.append(standing)
