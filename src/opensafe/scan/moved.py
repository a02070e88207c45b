"""What new commits and other refs change about what was known: how it stands, how long, in HEAD or not, how often."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from opensafe.casefile.past import Past
from opensafe.git.parse import parse_commit
from opensafe.history.arrivals import ANY_BLOB, Arrivals
from opensafe.history.grown import Grown
from opensafe.history.growth import Growth, read_each
from opensafe.history.metadata import Located
from opensafe.history.stands import Stands
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.gitobjects import Commit
from opensafe.model.ground import DISTANCE, HEAD, Outgrown, Spot
from opensafe.model.identifiers import Oid


@dataclass(frozen=True, slots=True)
class Moved:
    """Asks the last audit where things stand, and tells where they stand now."""

    found: Growth
    grown: Grown
    past: Past
    key: FingerprintKey
    stands: Stands

    @classmethod
    def between(cls, found: Growth, grown: Grown, past: Past, key: FingerprintKey) -> "Moved":
        arrived = Arrivals(found.rings.footing.arrivals, key)
        return cls(found, grown, past, key, Stands(found, grown, arrived))

    def is_known(self, path: bytes) -> bool:
        """Whether a commit had something at this path."""
        return bool(self.stands.arrived.of(ANY_BLOB, path))

    def files(self) -> Iterator[Spot]:
        """Contents that new commits go on holding, that are as public as they were not, or not in HEAD any more."""
        held = [oid for oid in self.grown.traced.comings.blobs if oid not in self.found.graph.sizes]
        now: dict[Oid, set[bytes]] = {}
        for oid, path in self.grown.now:
            now.setdefault(oid, set()).add(path)
        told: dict[Oid, dict[str, bytes]] = {}
        if self.grown.shifted.commits:  # HEAD may be elsewhere, so that files have come into it
            held += [*self.grown.shifted.brought.blobs, *now]
        for spot in self.past.spots_of_files(held):
            if spot.first is None or spot.oid is None or spot.path_key is None:
                continue
            if spot.oid not in told:
                told[spot.oid] = {
                    self.key.name(path): path for path in self._paths_of(spot.oid) | now.get(spot.oid, set())
                }
            at = told[spot.oid].get(spot.path_key)
            changed = replace(spot, in_head=False) if at is None else self._file(spot, spot.oid, at)
            if changed != spot:
                yield changed

    def paths(self) -> Iterator[Spot]:
        """Paths that hold something themselves."""
        spots = self.past.spots_of_paths()
        if not spots:
            return
        comings = self.grown.traced.comings.paths
        told = {self.key.name(path): path for path in (*comings, *self.grown.shifted.brought.paths)}
        now = {self.key.name(path) for _, path in self.grown.now}
        for spot in spots:
            changed = replace(spot, in_head=spot.path_key in now)
            path = told.get(spot.path_key or "")
            if path is not None:
                _, codes = comings.get(path, (ANY_BLOB, []))
                changed = self._stood(changed, ANY_BLOB, path, codes, again=path in self.grown.shifted.brought.paths)
            if changed.first != spot.first:
                raise Outgrown  # it is told with the blob that came there first
            if changed != spot:
                yield replace(changed, kind=spot.kind)

    def messages(self) -> Iterator[Spot]:
        """Messages of old commits that are as near to being public as they were not."""
        for spot in self.past.spots_of_commits(self.grown.shifted.commits):
            bits = self.found.rings.of(spot.oid or Oid(""))
            changed = replace(spot, in_head=bool(bits & HEAD), published=not bits & DISTANCE)
            if changed != spot:
                yield changed

    def identities(self, new: list[Located]) -> tuple[list[Spot], list[Located]]:
        """Identities that new commits and tags carry: those that were known, and the others."""
        before = self.past.spots_of_identities()
        known = {spot.path_key: spot for spot in before}
        tags = Counter(
            tag.tagger.line
            for tag in self.found.graph.tags.values()
            if tag.tagger is not None and tag.oid in self.found.graph.sizes
        )
        if len(known) != len(before):
            raise Outgrown
        others: list[Located] = []
        for item in new:
            key = self.key.name(item.subject or b"")
            if key in known:
                known[key] = self._carried(known[key], item, tags[item.subject or b""])
            else:
                others.append(item)
        if known and self.grown.shifted.commits:
            known = self._carried_now(known)
        return [spot for spot, old in zip(known.values(), before, strict=True) if spot != old], others

    def _paths_of(self, oid: Oid) -> set[bytes]:
        """The paths of a blob of which something may be told otherwise."""
        return {*self.grown.traced.comings.blobs.of(oid), *self.grown.shifted.brought.blobs.get(oid, ())}

    def _file(self, spot: Spot, oid: Oid, path: bytes) -> Spot:
        codes = self.grown.traced.comings.blobs.of(oid).get(path, [])
        again = path in self.grown.shifted.brought.blobs.get(oid, ())
        return self._stood(replace(spot, in_head=(oid, path) in self.grown.now), oid, path, codes, again=again)

    def _stood(self, spot: Spot, oid: Oid, path: bytes, codes: list[int], *, again: bool) -> Spot:
        """How it stands since new commits bring it, or old ones are nearer or further away (`again`)."""
        last = self.stands.later(spot.last, self.grown.last_holder(codes) if codes else None)
        if not (again or self.grown.comes_anew(codes)):
            return replace(spot, last=last)
        stood = self.stands.of(oid, path, codes)
        return replace(spot, last=last, kind=stood.kind, published=stood.published, first=stood.first)

    def _carried(self, spot: Spot, item: Located, tags: int) -> Spot:
        """`item` counts all taggers, old ones too. Raises Outgrown where an identity is met earlier than it was."""
        commits = [oid for oid in self.found.order if item.subject in _lines(self.found.graph.commits[oid])]
        if not (commits or tags):
            return spot
        place = self.found.rings.place
        if commits and (spot.first is None or place(commits[0]) < place(spot.first)):
            raise Outgrown
        return replace(
            spot,
            last=self.stands.later(spot.last, commits[-1] if commits else None),
            in_head=spot.in_head or item.in_head,
            published=spot.published or bool(commits and item.published),
            count=spot.count + len(commits) + tags,
        )

    def _carried_now(self, known: dict[str | None, Spot]) -> dict[str | None, Spot]:
        """Whether each is in HEAD and public, told from all commits anew."""
        bits: dict[bytes, tuple[bool, bool]] = {}
        rings = self.found.rings
        for commit in self._commits():
            code = rings.of(commit.oid)
            for line in _lines(commit):
                in_head, published = bits.get(line, (False, False))
                bits[line] = in_head or bool(code & HEAD), published or not code & DISTANCE
        told = {self.key.name(line): both for line, both in bits.items()}
        if not {key for key, spot in known.items() if spot.first} <= told.keys():
            raise Outgrown
        return {
            key: replace(spot, in_head=told[key][0], published=told[key][1]) if key in told else spot
            for key, spot in known.items()
        }

    def _commits(self) -> Iterator[Commit]:
        rings = self.found.rings
        old = [rings.oid_at(number) for number in range(len(rings.circles))]
        yield from map(parse_commit, read_each(self.found.view, old))
        yield from self.found.graph.commits.values()


def _lines(commit: Commit) -> set[bytes]:
    return {commit.author.line, commit.committer.line}
