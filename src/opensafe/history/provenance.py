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
_MODULES = b".gitmodules"  # git reads it at the top of a work tree only
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
    commits), `staged` is the index. Submodules stand at their paths too, as the commit that they name.
    """
    published = tuple(published)
    tips = [peel(graph, ref.oid) for ref in published]
    named = [peel(graph, oid) for oid in (*referenced, *([head] if head else ()))]
    result = Provenance(order=topological(graph.commits, graph.commits))
    result.published = ancestors(graph.commits, tips)
    result.head = ancestors(graph.commits, [head] if head else [])
    kinds = _CommitKinds(
        published=result.published,
        notes=ancestors(graph.commits, [ref.oid for ref in published if ref.public.startswith(NOTES)]),
        referenced=ancestors(graph.commits, named),
        reflogged=ancestors(graph.commits, reflogged),
    )
    first, _ = _first_commits(graph, result.order)
    last, _ = _first_commits(graph, reversed(result.order))
    nearest, modes = _first_commits(graph, sorted(result.order, key=kinds.distance))
    now = _tree_of(graph, head)
    for key, commit in first.items():
        oid, path = key
        kind = kinds.of(nearest[key], path, modes[key])
        is_public = nearest[key] in result.published
        standing = Standing(path, kind, commit, last[key], in_head=key in now, published=is_public)
        result.blobs.setdefault(oid, []).append(standing)
    _add_tagged(graph, tips, PlaceKind.BLOB, result, published=True)
    _add_tagged(graph, named, PlaceKind.BLOB, result)
    _add_tagged(graph, _loose_trees(graph), PlaceKind.UNREACHABLE, result)
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
            if key not in found:
                found[key] = commit
                modes[key] = entry.mode
    return found, modes


def _tree_of(graph: ObjectGraph, head: Oid | None) -> set[_Key]:
    if head is None or head not in graph.commits:
        return set()
    return {(entry.oid, path) for path, entry in walk_tree(graph.trees, graph.commits[head].tree)}


@dataclass(frozen=True, slots=True)
class _CommitKinds:
    published: set[Oid]
    notes: set[Oid]
    referenced: set[Oid]
    reflogged: set[Oid]

    def distance(self, commit: Oid) -> int:
        """How far a commit is from being public: a blob stands where the nearest of its commits stands."""
        circles = (self.published, self.referenced, self.reflogged)
        return next((number for number, circle in enumerate(circles) if commit in circle), len(circles))

    def of(self, commit: Oid, path: bytes, mode: int) -> PlaceKind:
        if commit in self.notes:
            return PlaceKind.NOTE
        if commit in self.referenced:
            return kind_of_file(path, mode)
        return PlaceKind.REFLOG if commit in self.reflogged else PlaceKind.UNREACHABLE


def kind_of_file(path: bytes, mode: int) -> PlaceKind:
    """Under which kind of place the content of a file stands."""
    if path == _MODULES:
        return PlaceKind.SUBMODULE_URL
    return PlaceKind.SYMLINK_TARGET if mode == MODE_SYMLINK else PlaceKind.BLOB


def _loose_trees(graph: ObjectGraph) -> list[Oid]:
    """Trees that belong to no commit and to no other tree."""
    used = {commit.tree for commit in graph.commits.values()}
    used |= {entry.oid for entries in graph.trees.values() for entry in entries if entry.is_tree}
    return [oid for oid in graph.trees if oid not in used]


def _add_tagged(
    graph: ObjectGraph, tips: Iterable[Oid], kind: PlaceKind, result: Provenance, *, published: bool = False
) -> None:
    """Refs may lead to a tree or a blob without any commit."""
    for oid in tips:
        if oid in graph.trees:
            for path, entry in walk_tree(graph.trees, oid):
                _add_if_new(result, entry.oid, path, kind, published=published)
        elif oid in graph.sizes and oid not in graph.commits:
            _add_if_new(result, oid, b"", kind, published=published)


def _add_staged(staged: Mapping[bytes, Oid], result: Provenance) -> None:
    for path, oid in staged.items():
        _add_if_new(result, oid, path, PlaceKind.INDEX, published=False)


def _add_if_new(result: Provenance, oid: Oid, path: bytes, kind: PlaceKind, *, published: bool) -> None:
    """Add a standing without commits, unless the blob stands there already and is as public."""
    known = result.blobs.setdefault(oid, [])
    if not any(other.path == path and other.published >= published for other in known):
        known.append(Standing(path, kind, None, None, in_head=False, published=published))
