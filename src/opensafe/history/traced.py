"""Standings of blobs in commits, worked out from where they come and go."""

from collections.abc import Iterator
from dataclasses import dataclass

from opensafe.history.circles import Circles
from opensafe.history.comings import Comings, arrivals, events_of
from opensafe.history.lineage import Lineage
from opensafe.history.standing import Standing
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind


@dataclass(frozen=True, slots=True)
class Traced:
    """`order` are the commits, parents first; `distances` how far each is from being public; `now` HEAD's files."""

    order: list[Oid]
    comings: Comings
    lineage: Lineage
    circles: Circles
    distances: list[int]
    now: set[tuple[Oid, bytes]]

    def paths(self, oid: Oid) -> list[bytes]:
        """Those at which a commit holds the blob; in a tree that could not be read it may go without having come."""
        return [path for path, codes in self.comings.blobs.of(oid).items() if arrivals(codes)]

    def standings(self, oid: Oid) -> Iterator[Standing]:
        """One for each path at which a commit holds the blob."""
        for path, codes in self.comings.blobs.of(oid).items():
            standing = self._standing(path, codes, in_head=(oid, path) in self.now)
            if standing is not None:
                yield standing

    def kind(self, oid: Oid, path: bytes) -> PlaceKind:
        """Under which kind of place the blob stands at one of its paths."""
        position, is_link = self._nearest(self.comings.blobs.of(oid)[path])
        return self.circles.kind(self.order[position], path, is_link=is_link)

    def of_paths(self) -> Iterator[tuple[Oid, Standing]]:
        """Each path once, whatever stands there, with the blob that came there first."""
        in_head = {path for _, path in self.now}
        for path, (oid, codes) in self.comings.paths.items():
            standing = self._standing(path, codes, in_head=path in in_head)
            if standing is not None:
                yield oid, standing

    def _standing(self, path: bytes, codes: list[int], *, in_head: bool) -> Standing | None:
        came = arrivals(codes)
        if not came:
            return None
        position, is_link = self._nearest(codes)
        last = self.lineage.last_holder(events_of(codes))
        return Standing(
            path,
            self.circles.kind(self.order[position], path, is_link=is_link),
            self.order[min(came)[0]],
            self.order[last],
            in_head=in_head,
            published=self.order[position] in self.circles.published,
        )

    def _nearest(self, codes: list[int]) -> tuple[int, bool]:
        return min(arrivals(codes), key=lambda came: (self.distances[came[0]], came[0]))
