"""How near to being public commits are, now that new ones and other refs are there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from opensafe.history.placing import Placed
from opensafe.history.skeleton import Skeleton
from opensafe.model.gitobjects import Commit
from opensafe.model.ground import DISTANCE, HEAD, NOTES, Footing, Outgrown
from opensafe.model.identifiers import Oid

UNREACHED = 3
_DISTANCES = bytes(code & DISTANCE for code in range(256))


@dataclass(frozen=True, slots=True)
class Tips:
    """What leads to commits: `near` by distance, nearest first; `notes` and `head` besides. Tags are peeled."""

    near: tuple[Collection[Oid], ...]
    notes: Collection[Oid]
    head: Collection[Oid]


@dataclass(slots=True)
class Rings:
    """Bits are those of a footing, `circles` those of the old commits; `placed` says how new ones stand among them."""

    skeleton: Skeleton
    new: Mapping[Oid, Commit]
    placed: Placed
    circles: bytes
    bits: dict[Oid, int] = field(default_factory=dict)

    @property
    def footing(self) -> Footing:
        return self.skeleton.footing

    @property
    def order(self) -> list[Oid]:
        """The new commits in the order of the whole history."""
        return self.placed.order

    def bits_at(self, number: int) -> int:
        """The bits of a commit by its number; new ones follow the old ones in their order."""
        old = len(self.circles)
        return self.circles[number] if number < old else self.of(self.order[number - old])

    def number(self, oid: Oid) -> int:
        """Raises Outgrown for a commit that is neither old nor new."""
        at = self.skeleton.number(oid)
        if at >= 0:
            return at
        if oid not in self.new:
            raise Outgrown
        return self.placed.numbers[oid]

    def place(self, oid: Oid) -> int:
        """Where a commit stands in the order of the whole history."""
        return self.placed.places[self.number(oid)]

    def oid_at(self, number: int) -> Oid:
        old = len(self.circles)
        return self.skeleton.oid(number) if number < old else self.order[number - old]

    def is_old(self, oid: Oid) -> bool:
        return self.skeleton.number(oid) >= 0

    def is_commit(self, oid: Oid) -> bool:
        return oid in self.new or self.is_old(oid)

    def of(self, oid: Oid) -> int:
        """The bits of a commit. Raises Outgrown for one that is neither old nor new: something is missing."""
        if oid in self.new:
            return self.bits.get(oid, UNREACHED)
        at = self.skeleton.number(oid)
        if at < 0:
            raise Outgrown
        return self.circles[at]

    def distance(self, oid: Oid) -> int:
        return self.of(oid) & DISTANCE

    def extend(self, tips: Tips) -> None:
        """Draw the rings on, provided that nothing changes for old commits. Raises Outgrown where something does."""
        for distance, oids in enumerate(tips.near):
            self._reach(oids, distance)
        self._reach(tips.notes, 0, NOTES)
        self._reach(tips.head, 1, HEAD)
        for oid in reversed(self.order):  # children first
            bits = self.of(oid)
            for parent in self.new[oid].parents:
                self._reach_one(parent, bits & DISTANCE, bits & (HEAD | NOTES))

    def redraw(self, tips: Tips) -> None:
        """Draw them from nothing: refs have gone, went back or changed sides."""
        parents = self._parents()
        drawn = bytearray([UNREACHED]) * len(parents)
        for distance, oids in reversed(list(enumerate(tips.near))):
            for number in self._behind(oids, parents):
                drawn[number] = distance
        for bit, oids in ((NOTES, tips.notes), (HEAD, tips.head)):
            for number in self._behind(oids, parents):
                drawn[number] |= bit
        self.circles = bytes(drawn[: len(self.skeleton)])
        self.bits = dict(zip(self.order, drawn[len(self.skeleton) :], strict=True))

    def changed(self) -> list[int]:
        """The numbers of the old commits that are not as they were."""
        before, now = self.footing.circles, self.circles
        return [] if before == now else [number for number in range(len(now)) if before[number] != now[number]]

    def parents_of_all(self) -> dict[Oid, tuple[Oid, ...]]:
        """The parents of every commit, by their ids."""
        known = enumerate(self._parents())
        return {self.oid_at(number): tuple(map(self.oid_at, parents)) for number, parents in known}

    def public(self) -> int:
        """How many commits are public."""
        return self.circles.translate(_DISTANCES).count(0) + len(self.within(0))

    def roots(self, tip: Oid) -> set[Oid]:
        """The old commits that new ones reach from a tip."""
        found: set[Oid] = set()
        seen: set[Oid] = set()
        todo = [tip]
        while todo:
            oid = todo.pop()
            if oid not in self.new:
                found.add(oid)
            elif oid not in seen:
                seen.add(oid)
                todo += self.new[oid].parents
        return found

    def within(self, most: int) -> set[Oid]:
        """The new commits that are no further away."""
        return {oid for oid in self.order if self.distance(oid) <= most}

    def having(self, bit: int, among: Collection[Oid]) -> set[Oid]:
        return {oid for oid in among if self.is_commit(oid) and self.of(oid) & bit}

    def _reach(self, tips: Iterable[Oid], distance: int, also: int = 0) -> None:
        """What is no commit is passed over."""
        for oid in tips:
            if self.is_commit(oid):
                self._reach_one(oid, distance, also)

    def _reach_one(self, oid: Oid, distance: int, also: int) -> None:
        bits = self.of(oid)
        reached = min(bits & DISTANCE, distance) | (bits & (HEAD | NOTES)) | also
        if reached != bits and oid not in self.new:
            raise Outgrown
        if oid in self.new:
            self.bits[oid] = reached

    def _parents(self) -> list[tuple[int, ...]]:
        """Of old commits, then of new ones. Raises Outgrown where one is missing."""
        numbers = self.numbers()
        try:
            new = [tuple(numbers[parent] for parent in self.new[oid].parents) for oid in self.order]
        except KeyError as error:
            raise Outgrown from error
        return [*self.skeleton.parents(), *new]

    def numbers(self) -> dict[Oid, int]:
        """The numbers of new commits and of their parents."""
        found = self.placed.numbers
        parents = {parent for oid in self.order for parent in self.new[oid].parents} - found.keys()
        return found | {oid: at for oid in parents if (at := self.skeleton.number(oid)) >= 0}

    def _behind(self, tips: Iterable[Oid], parents: list[tuple[int, ...]]) -> list[int]:
        """The numbers of these commits and of all behind them."""
        new = self.placed.numbers
        todo = [number for oid in tips if (number := new.get(oid, self.skeleton.number(oid))) >= 0]
        seen = bytearray(len(parents))
        found: list[int] = []
        while todo:
            number = todo.pop()
            if not seen[number]:
                seen[number] = 1
                found.append(number)
                todo += parents[number]
        return found
