"""Where new commits stand in the order of the whole history, among those that were there before.

The order is that of `topological`: parents first, then by date and id. No old commit waits for a new one, so the old
ones keep their order among themselves, and each new one is put before the first old one that is younger.
"""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from opensafe.history.skeleton import Skeleton
from opensafe.model.gitobjects import Commit
from opensafe.model.identifiers import Oid
from opensafe.model.packed import unpacked_numbers


@dataclass(frozen=True, slots=True)
class Placed:
    """`order` are the new commits as they follow each other, with their `numbers`; `places` those of all."""

    order: list[Oid]
    numbers: dict[Oid, int]
    places: list[int] = field(repr=False)

    @classmethod
    def of(cls, order: list[Oid], places: list[int]) -> "Placed":
        return cls(order, {oid: len(places) - len(order) + at for at, oid in enumerate(order)}, places)


def placed(skeleton: Skeleton, new: Mapping[Oid, Commit]) -> Placed:
    """Put new commits into the order."""
    places, waiting = list(unpacked_numbers(skeleton.footing.places)), _Waiting(new)
    oldest = min((commit.committer.timestamp for commit in new.values()), default=None)
    if oldest is None or oldest > skeleton.footing.newest:
        for oid in waiting.parents():
            waiting.has_come(oid)
        order = list(waiting.all())
        return Placed.of(order, [*places, *range(len(places), len(places) + len(order))])
    return _among(skeleton, places, waiting)


def _among(skeleton: Skeleton, places: list[int], waiting: "_Waiting") -> Placed:
    dates = unpacked_numbers(skeleton.footing.dates, "q")
    parents = {skeleton.number(oid): oid for oid in waiting.parents()}
    new: dict[Oid, int] = {}
    for number in sorted(range(len(places)), key=places.__getitem__):
        if waiting.ready:
            for oid in waiting.before((dates[number], skeleton.oid(number))):
                new[oid] = places[number] + len(new)
        places[number] += len(new)
        if number in parents:
            waiting.has_come(parents[number])
    for oid in waiting.all():
        new[oid] = len(places) + len(new)
    return Placed.of(list(new), [*places, *new.values()])


class _Waiting:
    """New commits, each of which waits for its parents. `ready` are those that wait no more, by date and id."""

    def __init__(self, new: Mapping[Oid, Commit]) -> None:
        self._new = new
        self._left = {oid: len(set(commit.parents)) for oid, commit in new.items()}
        self._children: dict[Oid, list[Oid]] = {}
        for oid, commit in new.items():
            for parent in set(commit.parents):
                self._children.setdefault(parent, []).append(oid)
        self.ready = [(new[oid].committer.timestamp, oid) for oid, left in self._left.items() if not left]
        heapq.heapify(self.ready)

    def parents(self) -> list[Oid]:
        """Those that are not new."""
        return [oid for oid in self._children if oid not in self._new]

    def has_come(self, oid: Oid) -> None:
        for child in self._children.get(oid, ()):
            self._left[child] -= 1
            if not self._left[child]:
                heapq.heappush(self.ready, (self._new[child].committer.timestamp, child))

    def before(self, key: tuple[int, Oid]) -> Iterator[Oid]:
        """Those that come before a commit of this date and id."""
        while self.ready and self.ready[0] < key:
            yield self._next()

    def all(self) -> Iterator[Oid]:
        while self.ready:
            yield self._next()

    def _next(self) -> Oid:
        _, oid = heapq.heappop(self.ready)
        self.has_come(oid)
        return oid
