"""Which witnesses of a finding are left when a place of it has gone: those that spoke of what is still there."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from opensafe.casefile.past import Past
from opensafe.git.stream import ObjectReader
from opensafe.git.view import ObjectView
from opensafe.history.metadata import text_specimen
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.ground import Outgrown, Spot
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.match import ObjectScan, Verdict
from opensafe.model.place import PlaceKind
from opensafe.scan.contents import text_job
from opensafe.scan.sources import text_at

_MOST = 300  # places of a finding that are asked
_OF_COMMITS = {PlaceKind.COMMIT_MESSAGE, PlaceKind.COMMIT_HEADER, PlaceKind.IDENTITY, PlaceKind.PATH}


@dataclass(frozen=True, slots=True)
class Witnesses:
    """`recall` gives the remembered outcomes of contents and texts, by their ids."""

    view: ObjectView
    past: Past
    key: FingerprintKey
    recall: Callable[[Collection[Oid]], Mapping[Oid, ObjectScan]]

    def left(self, id_: FindingId, former: Collection[Verdict], heard: Collection[Verdict]) -> tuple[Verdict, ...]:
        """The former ones that are left: those `heard` beside the history, and those of places within it.

        Raises Outgrown where one is not met again: it may have gone, or not.
        """
        missing = set(former) - set(heard)
        if not missing:
            return tuple(former)
        spots = self.past.spots_of_finding(id_, _MOST)
        if not spots:
            return tuple(verdict for verdict in former if verdict in heard)
        scans = self.recall(list(self._texts_of(spots)))
        if not missing <= {match.verdict for scan in scans.values() for match in scan.matches}:
            raise Outgrown
        return tuple(former)

    def _texts_of(self, spots: Collection[Spot]) -> Iterator[Oid]:
        """What stands there, by the ids under which it is remembered."""
        with ObjectReader(self.view) as reader:
            for spot in spots:
                if spot.kind not in _OF_COMMITS:
                    yield spot.oid or Oid("")
                elif spot.first:
                    text = text_at(self.view, reader, spot.first, spot.kind, spot.path_key or "", self.key)
                    yield text_job(text_specimen(spot.kind, text), self.key).oid
