"""What new commits bring, and how long what was there before stands in them.

The old commits that new ones grow from are the roots of a small history: all that stands in a root has "come" there,
so that one lineage tells of old and new files alike which new commit holds them last.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from opensafe.git.graph import ObjectGraph
from opensafe.git.parse import parse_commit
from opensafe.git.trees import AnyTrees
from opensafe.git.treewalk import differing
from opensafe.history.arrivals import Arrivals
from opensafe.history.circles import Circles
from opensafe.history.comings import Comings, arrivals, comings_of, events_of
from opensafe.history.footing import REFLOGGED
from opensafe.history.growth import Growth, read_commits
from opensafe.history.lineage import Lineage
from opensafe.history.provenance import Provenance
from opensafe.history.renamed import Renamed, renamed
from opensafe.history.shifted import Shifted, shifted_by
from opensafe.history.traced import Traced
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.gitobjects import MODE_GITLINK, Commit
from opensafe.model.ground import HEAD, NOTES, Outgrown
from opensafe.model.identifiers import Oid
from opensafe.model.packed import Packed
from opensafe.model.skip import SkipReason, Unread

_MOST_ROOTS = 100
"""Old commits that new ones grow from: every file of each is listed."""


@dataclass(frozen=True, slots=True)
class Grown:
    """`traced` begins with the roots; `provenance` tells of the new commits alone. `now` are HEAD's files.

    `shifted` is what old commits bring that are nearer to being public than they were, or further away; `renamed` are
    old blobs at new paths.
    """

    traced: Traced
    provenance: Provenance
    roots: int
    unread: tuple[Unread, ...]
    shifted: Shifted
    renamed: Mapping[Oid, Renamed]

    @property
    def now(self) -> set[tuple[Oid, bytes]]:
        return self.traced.now

    def last_holder(self, codes: list[int]) -> Oid | None:
        """The last new commit that holds it; none where old commits alone do."""
        last = self.traced.lineage.last_holder(events_of(codes))
        return self.traced.order[last] if last >= self.roots else None

    def comes_anew(self, codes: list[int]) -> bool:
        """Whether a new commit brings it."""
        return any(position >= self.roots for position, _ in arrivals(codes))

    def new_paths(self, is_known: Callable[[bytes], bool]) -> Iterator[tuple[bytes, list[int]]]:
        """Every path that a new commit has and its first parent has not, but those that are known."""
        for path, (_, codes) in self.traced.comings.paths.items():
            if self.comes_anew(codes) and not is_known(path):
                yield path, codes


@dataclass(frozen=True, slots=True)
class _Present(Mapping[Oid, int]):
    """Tells whether an object is there; sizes do not matter."""

    ids: Packed

    def __contains__(self, oid: object) -> bool:
        return oid in self.ids

    def __getitem__(self, oid: Oid) -> int:
        return self.ids.at(oid)

    def __iter__(self) -> Iterator[Oid]:
        return (Oid(self.ids[at].hex()) for at in range(len(self.ids)))

    def __len__(self) -> int:
        return len(self.ids)


def grown(found: Growth, key: FingerprintKey) -> Grown:
    """Raises Outgrown where something comes to a place of which nothing is known."""
    commits, order = _with_roots(found)
    roots = len(order) - len(found.order)
    with AnyTrees(found.view) as trees:
        traced = _traced(found, commits, order, trees)
        shifted = shifted_by(found, trees)
        moved = renamed(found, traced, roots, Arrivals(found.rings.footing.arrivals, key), trees)
    unread = tuple(_submodules(traced.comings))
    result = Grown(traced, _provenance(found, traced), roots, unread, shifted, moved)
    _check_trees(found, traced.comings)
    _check_index(found, result, key)
    _check_submodules(found, result)
    return result


def _with_roots(found: Growth) -> tuple[dict[Oid, Commit], list[Oid]]:
    new = found.graph.commits
    firsts = [commit.parents[0] for commit in new.values() if commit.parents]
    roots = sorted({oid for oid in firsts if oid not in new})
    if len(roots) > _MOST_ROOTS:
        raise Outgrown
    old = {oid: parse_commit(item) for oid, item in read_commits(found.view, roots).items()}
    return old | new, [*roots, *found.order]


def _traced(found: Growth, commits: dict[Oid, Commit], order: list[Oid], trees: AnyTrees) -> Traced:
    positions = {oid: position for position, oid in enumerate(order)}
    firsts = (commits[oid].parents[:1] if oid in found.rings.new else () for oid in order)
    parents = [positions[first[0]] if first else -1 for first in firsts]
    graph = ObjectGraph(commits=commits, trees=trees)
    comings = comings_of(found.view, graph, order, parents, _Present(found.everything))
    rings = found.rings
    circles = Circles(
        published={oid for oid in order if rings.distance(oid) == 0},
        notes=rings.having(NOTES, order),
        referenced={oid for oid in order if rings.distance(oid) <= 1},
        reflogged={oid for oid in order if rings.distance(oid) <= REFLOGGED},
    )
    return Traced(order, comings, Lineage(parents), circles, circles.distances(order), _now(found, commits, trees))


def _now(found: Growth, commits: dict[Oid, Commit], trees: AnyTrees) -> set[tuple[Oid, bytes]]:
    head = found.refs.head
    if head is None:
        return set()
    commit = commits.get(head) or parse_commit(read_commits(found.view, [head])[head])
    return {(change.new, change.path) for change in differing(trees, Oid(""), commit.tree).changes}


def _provenance(found: Growth, traced: Traced) -> Provenance:
    """Of the new commits, and (for what they are asked about) of the commits that tags name."""
    tagged = {tag.target for tag in found.graph.tags.values()}
    return Provenance(
        published=found.rings.within(0),
        head=found.rings.having(HEAD, {*found.order, *tagged}),
        order=found.order,
        traced=traced,
    )


def _submodules(comings: Comings) -> Iterator[Unread]:
    """Raises Outgrown for anything else that is referred to and absent: it has to be named."""
    if comings.unread:
        raise Outgrown
    for oid, (mode, path) in comings.absent.items():
        if mode != MODE_GITLINK:
            raise Outgrown
        yield Unread(SkipReason.SUBMODULE, oid, path)


def _check_trees(found: Growth, comings: Comings) -> None:
    """A tree that no commit leads to gives its blobs places of their own."""
    if any(oid not in comings.folders for oid in found.graph.trees):
        raise Outgrown


def _check_index(found: Growth, result: Grown, key: FingerprintKey) -> None:
    """What is staged and in no commit stands in the index alone, until it is committed or taken back."""
    arrived = Arrivals(found.rings.footing.arrivals, key)
    for path, oid in found.staged_anywhere.items():
        if (oid, path) in result.now:
            continue
        comes = oid in found.graph.sizes and path in result.traced.paths(oid)
        if not comes and (oid in found.graph.sizes or not arrived.of(oid, path)):
            raise Outgrown


def _check_submodules(found: Growth, result: Grown) -> None:
    """A submodule is named where it came first, which may now be in a commit that stands before old ones."""
    places = found.rings.placed.places
    is_last = not found.order or places[len(found.rings.circles)] == len(found.rings.circles)
    blobs = result.traced.comings.blobs
    anew = (result.comes_anew(codes) for item in result.unread if item.oid for codes in blobs.of(item.oid).values())
    if not is_last and any(anew):
        raise Outgrown
