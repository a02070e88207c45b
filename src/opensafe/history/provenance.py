"""Where each blob stands: its paths, and for each path the first and last commit, published or not, in HEAD or not.

First and last are in topological order (ties by date, then id). Standings are worked out when they are asked for:
most blobs hold nothing that anybody asks about.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from opensafe.git.graph import ObjectGraph, ancestors, peel, topological
from opensafe.git.treewalk import differing
from opensafe.git.view import ObjectView
from opensafe.history.circles import Circles
from opensafe.history.comings import comings_of
from opensafe.history.filenames import kind_of_name
from opensafe.history.lineage import Lineage
from opensafe.history.published import NOTES, PublishedRef
from opensafe.history.standing import NOWHERE, Standing
from opensafe.history.traced import Traced
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.model.skip import Unread


@dataclass(slots=True)
class Provenance:
    """Every path of every blob, and which commits are published and part of HEAD's history.

    `beside` are standings that no commit gives: in tagged trees, in the index. `absent` is what trees refer to and
    the store does not have; `unread` the trees that could not be read.
    """

    beside: dict[Oid, list[Standing]] = field(default_factory=dict)
    published: set[Oid] = field(default_factory=set)
    head: set[Oid] = field(default_factory=set)
    order: list[Oid] = field(default_factory=list)
    traced: Traced | None = None
    absent: dict[Oid, tuple[int, bytes]] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    def standings(self, oid: Oid) -> list[Standing]:
        """All standings of a blob; one without a path where nothing leads to it."""
        traced = list(self.traced.standings(oid)) if self.traced else []
        return [*traced, *self.beside.get(oid, ())] or [NOWHERE]

    def first_path(self, oid: Oid) -> tuple[bytes, PlaceKind]:
        """The first of a blob's paths in byte order, so that it is always the same, and its kind there."""
        traced = min(self.traced.paths(oid), default=None) if self.traced else None
        beside = min((at.path for at in self.beside.get(oid, ())), default=None)
        if self.traced and traced is not None and (beside is None or traced < beside):
            return traced, self.traced.kind(oid, traced)
        first = min(self.standings(oid), key=lambda standing: standing.path)
        return first.path, first.kind

    def further_paths(self, oid: Oid) -> list[tuple[bytes, PlaceKind]]:
        """Paths under which a blob may be judged in another way: one for each other kind of file name that it has."""
        traced = self.traced.paths(oid) if self.traced else []
        beside = {standing.path: standing.kind for standing in self.beside.get(oid, ())}
        if len(traced) + len(beside) < 2:  # noqa: PLR2004 - one path, or none
            return []
        chosen: dict[bytes, bytes] = {}
        for path in sorted({*traced, *beside}):
            chosen.setdefault(kind_of_name(path), path)
        _, *further = chosen.values()
        known = set(traced)
        return [
            (path, self.traced.kind(oid, path) if self.traced and path in known else beside[path]) for path in further
        ]

    def files(self) -> Iterator[tuple[Oid, bytes]]:
        """Every blob at every path."""
        oids = dict.fromkeys([*(self.traced.comings.blobs if self.traced else ()), *self.beside])
        for oid in oids:
            traced = self.traced.paths(oid) if self.traced else []
            yield from ((oid, path) for path in dict.fromkeys([*traced, *(at.path for at in self.beside.get(oid, ()))]))

    def places(self) -> Iterator[tuple[Oid, Standing]]:
        """Every path with one standing for all that stands there, and the blob that came there first.

        A path of `beside` that is one of a commit too comes twice.
        """
        if self.traced:
            yield from self.traced.of_paths()
        for oid, standings in self.beside.items():
            yield from ((oid, standing) for standing in standings if standing.path)

    def add(self, oid: Oid, path: bytes, kind: PlaceKind, *, published: bool) -> None:
        """A standing without commits, unless the blob stands there already and is as public."""
        known = [standing for standing in self.standings(oid) if standing is not NOWHERE]
        if not any(other.path == path and other.published >= published for other in known):
            standing = Standing(path, kind, None, None, in_head=False, published=published)
            self.beside.setdefault(oid, []).append(standing)


def trace(
    view: ObjectView,
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
    circles = Circles(
        published=ancestors(graph.commits, tips),
        notes=ancestors(graph.commits, [ref.oid for ref in published if ref.public.startswith(NOTES)]),
        referenced=ancestors(graph.commits, named),
        reflogged=ancestors(graph.commits, reflogged),
    )
    traced = _traced(view, graph, circles, head)
    result = Provenance(
        published=circles.published,
        head=ancestors(graph.commits, [head] if head else []),
        order=traced.order,
        traced=traced,
        absent=dict(traced.comings.absent),
        unread=list(traced.comings.unread),
    )
    _add_trees(graph, tips, PlaceKind.BLOB, result, published=True)
    _add_trees(graph, named, PlaceKind.BLOB, result)
    _add_trees(graph, _loose_trees(graph, traced.comings.folders), PlaceKind.UNREACHABLE, result)
    for path, oid in staged.items():
        result.add(oid, path, PlaceKind.INDEX, published=False)
    return result


def _traced(view: ObjectView, graph: ObjectGraph, circles: Circles, head: Oid | None) -> Traced:
    order = topological(graph.commits, graph.commits)
    positions = {oid: position for position, oid in enumerate(order)}
    parents = [positions.get(next(iter(graph.commits[oid].parents), Oid("")), -1) for oid in order]
    now = _files_of(graph, graph.commits[head].tree) if head in graph.commits else set()
    comings = comings_of(view, graph, order, parents)
    return Traced(order, comings, Lineage(parents), circles, circles.distances(order), now)


def _files_of(graph: ObjectGraph, tree: Oid) -> set[tuple[Oid, bytes]]:
    return {(change.new, change.path) for change in differing(graph.trees, Oid(""), tree).changes}


def _loose_trees(graph: ObjectGraph, met: Collection[Oid]) -> list[Oid]:
    """Trees that belong to no commit and to no other tree."""
    unmet = [oid for oid in graph.trees if oid not in met]
    inner = {entry.oid for oid in unmet for entry in graph.trees.get(oid, ()) if entry.is_tree}
    return [oid for oid in unmet if oid not in inner]


def _add_trees(
    graph: ObjectGraph, tips: Iterable[Oid], kind: PlaceKind, result: Provenance, *, published: bool = False
) -> None:
    """Refs may lead to a tree or a blob without any commit."""
    for oid in tips:
        if oid in graph.trees:
            found = differing(graph.trees, Oid(""), oid)
            result.unread += found.unread
            for change in found.changes:
                result.add(change.new, change.path, kind, published=published)
                if change.new not in graph.sizes:
                    result.absent.setdefault(change.new, (change.new_mode, change.path))
        elif oid in graph.sizes and oid not in graph.commits:
            result.add(oid, b"", kind, published=published)
