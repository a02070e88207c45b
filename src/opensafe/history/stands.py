"""How something stands that old and new commits bring: told from all of these, and nothing else is read."""

from dataclasses import dataclass

from opensafe.history.arrivals import ANY_BLOB, Arrivals
from opensafe.history.comings import arrivals
from opensafe.history.footing import REFLOGGED
from opensafe.history.grown import Grown
from opensafe.history.growth import Growth
from opensafe.history.standing import kind_of_file
from opensafe.model.ground import DISTANCE, NOTES, Outgrown
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind


@dataclass(frozen=True, slots=True)
class Stood:
    """The kind of place, whether it is public, and the first commit."""

    kind: PlaceKind
    published: bool
    first: Oid


@dataclass(frozen=True, slots=True)
class Stands:
    """Asks what was kept of old commits, and what new ones bring."""

    found: Growth
    grown: Grown
    arrived: Arrivals

    def of(self, oid: Oid, path: bytes, codes: list[int]) -> Stood:
        """How a blob stands at a path; `codes` are its events there in what was traced. Raises Outgrown for links."""
        came = [*self.arrived.of(oid, path), *self._anew(codes)]
        if any(is_link for _, is_link in came) and oid != ANY_BLOB:
            raise Outgrown
        rings = self.found.rings
        nearest = min((number for number, _ in came), key=lambda at: (rings.bits_at(at) & DISTANCE, self._place(at)))
        bits = rings.bits_at(nearest)
        return Stood(_kind(bits, path), not bits & DISTANCE, rings.oid_at(min((n for n, _ in came), key=self._place)))

    def later(self, one: Oid | None, other: Oid | None) -> Oid | None:
        """The one of two commits that stands behind the other."""
        if one is None or other is None:
            return one or other
        return max(one, other, key=self.found.rings.place)

    def _anew(self, codes: list[int]) -> list[tuple[int, bool]]:
        shift = len(self.found.rings.circles) - self.grown.roots
        return [(at + shift, is_link) for at, is_link in arrivals(codes) if at >= self.grown.roots]

    def _place(self, number: int) -> int:
        return self.found.rings.placed.places[number]


def _kind(bits: int, path: bytes) -> PlaceKind:
    """As `Circles.kind` has it, of a file."""
    if bits & NOTES:
        return PlaceKind.NOTE
    distance = bits & DISTANCE
    if distance < REFLOGGED:
        return kind_of_file(path, 0)
    return PlaceKind.REFLOG if distance == REFLOGGED else PlaceKind.UNREACHABLE
