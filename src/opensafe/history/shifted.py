"""What old commits bring that are nearer to being public than they were, or further away: it stands otherwise now."""

from dataclasses import dataclass

from opensafe.git.trees import AnyTrees
from opensafe.history.brought import Brought, brought_by
from opensafe.history.growth import Growth
from opensafe.model.ground import DISTANCE, NOTES, Outgrown
from opensafe.model.identifiers import Oid


@dataclass(frozen=True, slots=True)
class Shifted:
    """`commits` are all old commits with other bits; those of them that are not as near as they were bring this."""

    commits: frozenset[Oid]
    brought: Brought


def shifted_by(found: Growth, trees: AnyTrees) -> Shifted:
    """Raises Outgrown for too many, and for notes: they are files of another kind."""
    rings = found.rings
    before, numbers = rings.footing.circles, rings.changed()
    if any((before[number] ^ rings.circles[number]) & NOTES for number in numbers):
        raise Outgrown
    moved = [number for number in numbers if (before[number] ^ rings.circles[number]) & DISTANCE]
    return Shifted(frozenset(map(rings.oid_at, numbers)), brought_by(found, trees, list(map(rings.oid_at, moved))))
