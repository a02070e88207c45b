"""What new commits change about what was known: how long it stands, whether it is in HEAD, how many carry it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from opensafe.casefile.past import Past
from opensafe.history.footing import is_known
from opensafe.history.grown import Grown
from opensafe.history.growth import Growth
from opensafe.history.metadata import Located, identity_line
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.ground import Outgrown, Spot
from opensafe.model.identifiers import Oid


@dataclass(frozen=True, slots=True)
class Moved:
    """Asks the last audit where things stand, and tells where they stand now."""

    found: Growth
    grown: Grown
    past: Past
    key: FingerprintKey

    def is_known(self, path: bytes) -> bool:
        """Whether a published commit had something at this path."""
        return is_known(self.found.rings.footing, self.key, "", path)

    def files(self) -> Iterator[Spot]:
        """Contents that new commits go on holding, or that are not in HEAD any more."""
        blobs = self.grown.traced.comings.blobs
        held = [oid for oid in blobs if oid not in self.found.graph.sizes]
        events: dict[Oid, dict[str, list[int]]] = {}
        now: dict[Oid, list[bytes]] = {}
        for oid, path in self.grown.now:
            now.setdefault(oid, []).append(path)
        for spot in self.past.spots_of_files(held):
            if spot.first is None or spot.oid is None or spot.path_key is None:
                continue
            if spot.oid not in events:
                events[spot.oid] = {self.key.name(path): codes for path, codes in blobs.of(spot.oid).items()}
            codes = events[spot.oid].get(spot.path_key, [])
            in_head = spot.path_key in map(self.key.name, now.get(spot.oid, ()))
            changed = replace(spot, last=self._last(codes) or spot.last, in_head=in_head)
            if changed != spot:
                yield changed

    def paths(self, new: set[bytes]) -> Iterator[Spot]:
        """Paths that hold something themselves. Raises Outgrown where a `new` one was known, but not in public."""
        spots = self.past.spots_of_paths()
        if not spots:
            return
        told = {self.key.name(path): codes for path, (_, codes) in self.grown.traced.comings.paths.items()}
        now = {self.key.name(path) for _, path in self.grown.now}
        fresh = {self.key.name(path) for path in new}
        for spot in spots:
            if spot.path_key in fresh or spot.path_key is None:
                raise Outgrown
            last = self._last(told.get(spot.path_key, [])) or spot.last
            changed = replace(spot, last=last, in_head=spot.path_key in now)
            if changed != spot:
                yield changed

    def identities(self, new: list[Located]) -> tuple[list[Spot], list[Located]]:
        """Identities that new commits and tags carry: those that were known, and the others."""
        known = {spot.path_key: spot for spot in self.past.spots_of_identities()}
        tags = Counter(
            identity_line(tag.tagger)
            for tag in self.found.graph.tags.values()
            if tag.tagger is not None and tag.oid in self.found.graph.sizes
        )
        changed: list[Spot] = []
        others: list[Located] = []
        for item in new:
            spot = known.get(self.key.name(item.subject or b""))
            if spot is None:
                others.append(item)
            else:
                changed += self._carried(spot, item, tags[item.subject or b""])
        return changed, others

    def _carried(self, spot: Spot, item: Located, tags: int) -> Iterator[Spot]:
        """`item` counts all taggers, old ones too. Raises Outgrown where only tags carried it before."""
        commits = [oid for oid in self.found.order if item.subject in _lines(self.found, oid)]
        if not (commits or tags):
            return
        if commits and spot.first is None:
            raise Outgrown
        yield replace(
            spot,
            last=commits[-1] if commits else spot.last,
            in_head=spot.in_head or item.in_head,
            published=spot.published or bool(commits and item.published),
            count=spot.count + len(commits) + tags,
        )

    def _last(self, codes: list[int]) -> Oid | None:
        return self.grown.last_holder(codes) if codes else None


def _lines(found: Growth, oid: Oid) -> set[bytes]:
    commit = found.graph.commits[oid]
    return {identity_line(commit.author), identity_line(commit.committer)}
