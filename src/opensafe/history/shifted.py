"""What old commits bring that are nearer to being public than they were, or further away: it stands otherwise now."""

from dataclasses import dataclass, field

from opensafe.git.graph import ObjectGraph
from opensafe.git.parse import parse_commit
from opensafe.git.trees import AnyTrees
from opensafe.history.comings import arrivals, comings_of
from opensafe.history.growth import Growth, read_commits
from opensafe.model.gitobjects import Commit
from opensafe.model.ground import DISTANCE, NOTES, Outgrown
from opensafe.model.identifiers import Oid

_MOST = 2_000
"""Commits: beyond that little is saved."""

_MOST_PARENTS = 100
"""Commits outside: every file of each is listed."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """`commits` are all old commits with other bits, `blobs` with their paths and `paths` what some of them bring."""

    commits: frozenset[Oid] = frozenset()
    blobs: dict[Oid, set[bytes]] = field(default_factory=dict)
    paths: set[bytes] = field(default_factory=set)


def shifted_by(found: Growth, trees: AnyTrees) -> Shifted:
    """Raises Outgrown for too many, and for notes: they are files of another kind."""
    rings = found.rings
    numbers = rings.changed()
    before = rings.footing.circles
    if len(numbers) > _MOST or any((before[number] ^ rings.circles[number]) & NOTES for number in numbers):
        raise Outgrown
    moved = [number for number in numbers if (before[number] ^ rings.circles[number]) & DISTANCE]
    result = Shifted(frozenset(map(rings.oid_at, numbers)))
    if moved:
        _bring(found, trees, list(map(rings.oid_at, moved)), result)
    return result


def _bring(found: Growth, trees: AnyTrees, moved: list[Oid], result: Shifted) -> None:
    """Compare each of these commits with its first parent."""
    commits = {oid: parse_commit(item) for oid, item in read_commits(found.view, moved).items()}
    outside = _outside(found, commits)
    if len(outside) > _MOST_PARENTS:
        raise Outgrown
    order = [*outside, *moved]
    positions = {oid: position for position, oid in enumerate(order)}
    parents = [-1] * len(outside) + [positions[first] if (first := _first(commits[oid])) else -1 for oid in moved]
    graph = ObjectGraph(commits=commits | outside, trees=trees)
    comings = comings_of(found.view, graph, order, parents)
    if comings.unread:
        raise Outgrown
    for oid in comings.blobs:
        for path, codes in comings.blobs.of(oid).items():
            if any(position >= len(outside) for position, _ in arrivals(codes)):
                result.blobs.setdefault(oid, set()).add(path)
    for path, (_, codes) in comings.paths.items():
        if any(position >= len(outside) for position, _ in arrivals(codes)):
            result.paths.add(path)


def _outside(found: Growth, commits: dict[Oid, Commit]) -> dict[Oid, Commit]:
    firsts = {_first(commit) for commit in commits.values()} - commits.keys() - {Oid("")}
    return {oid: parse_commit(item) for oid, item in read_commits(found.view, sorted(firsts)).items()}


def _first(commit: Commit) -> Oid:
    return commit.parents[0] if commit.parents else Oid("")
