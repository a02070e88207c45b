"""Outcomes on their way from a worker: as numbers, since a match costs more to pickle than to find."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan, Verdict
from opensafe.model.skip import Unread

_FIELDS = 6  # verdict, via, start, end, line, column


@dataclass(frozen=True, slots=True)
class Parcel:
    """Objects, each with its size, the number of its matches and what was unread; verdicts and `via` once each."""

    objects: list[tuple[Oid, int, int, tuple[Unread, ...]]]
    verdicts: list[Verdict]
    ways: list[tuple[str, ...]]
    numbers: bytes

    @classmethod
    def of(cls, scans: Sequence[ObjectScan]) -> "Parcel":
        verdicts: dict[int, int] = {}
        ways: dict[tuple[str, ...], int] = {}
        kept: list[Verdict] = []
        numbers = array("q")
        for match in (match for scan in scans for match in scan.matches):
            number = verdicts.setdefault(id(match.verdict), len(kept))
            if number == len(kept):
                kept.append(match.verdict)
            way = ways.setdefault(match.via, len(ways))
            numbers.extend((number, way, match.start, match.end, match.line, match.column))
        objects = [(scan.oid, scan.bytes, len(scan.matches), scan.unread) for scan in scans]
        return cls(objects, kept, list(ways), numbers.tobytes())

    def scans(self) -> Iterator[ObjectScan]:
        """The outcomes again, with one object for each verdict."""
        numbers = array("q")
        numbers.frombytes(self.numbers)
        at = 0
        for oid, size, count, unread in self.objects:
            ends = at + _FIELDS * count
            matches = tuple(
                Match(self.verdicts[numbers[n]], self.ways[numbers[n + 1]], *numbers[n + 2 : n + _FIELDS])
                for n in range(at, ends, _FIELDS)
            )
            yield ObjectScan(oid, size, matches, unread)
            at = ends
