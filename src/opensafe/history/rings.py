"""How near to being public new commits are, provided that nothing changes for the old ones."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from opensafe.model.gitobjects import Commit
from opensafe.model.ground import DISTANCE, HEAD, NOTES, Footing, Outgrown
from opensafe.model.identifiers import Oid
from opensafe.model.packed import Packed

UNREACHED = 3


@dataclass(slots=True)
class Rings:
    """`order` are the new commits, parents first. Bits are those of a footing, for old and new commits alike."""

    footing: Footing
    new: Mapping[Oid, Commit]
    order: list[Oid]
    bits: dict[Oid, int] = field(default_factory=dict)

    def is_old(self, oid: Oid) -> bool:
        return self._at(oid) >= 0

    def of(self, oid: Oid) -> int:
        """The bits of a commit. Raises Outgrown for one that is neither old nor new: something is missing."""
        if oid in self.new:
            return self.bits.get(oid, UNREACHED)
        at = self._at(oid)
        if at < 0:
            raise Outgrown
        return self.footing.circles[at]

    def distance(self, oid: Oid) -> int:
        return self.of(oid) & DISTANCE

    def reach(self, tips: Iterable[Oid], distance: int, also: int = 0) -> None:
        """These commits, and all behind them, are as near as that. What is no commit is passed over.

        Raises Outgrown where an old commit was not as near: all that stands in it would be told in another way.
        """
        for oid in tips:
            if oid in self.new or self.is_old(oid):
                self._reach(oid, distance, also)

    def settle(self) -> None:
        """Hand down what tips were given, children first."""
        for oid in reversed(self.order):
            bits = self.of(oid)
            for parent in self.new[oid].parents:
                self._reach(parent, bits & DISTANCE, bits & (HEAD | NOTES))

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
        return {oid for oid in among if (oid in self.new or self.is_old(oid)) and self.of(oid) & bit}

    def _reach(self, oid: Oid, distance: int, also: int) -> None:
        bits = self.of(oid)
        reached = min(bits & DISTANCE, distance) | (bits & (HEAD | NOTES)) | also
        if reached != bits and oid not in self.new:
            raise Outgrown
        if oid in self.new:
            self.bits[oid] = reached

    def _at(self, oid: Oid) -> int:
        return Packed(self.footing.commits, len(oid) // 2).at(oid) if oid else -1
