"""Outcomes on their way from a worker, and as they are kept then: as numbers. A match costs more to pickle than to
find, and several times as much to keep.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan, Verdict
from opensafe.model.skip import Unread

_FIELDS = 6  # verdict, via, start, end, line, column
_TYPE = "q"


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
        numbers = array(_TYPE)
        for match in (match for scan in scans for match in scan.matches):
            number = verdicts.setdefault(id(match.verdict), len(kept))
            if number == len(kept):
                kept.append(match.verdict)
            way = ways.setdefault(match.via, len(ways))
            numbers.extend((number, way, match.start, match.end, match.line, match.column))
        objects = [(scan.oid, scan.bytes, len(scan.matches), scan.unread) for scan in scans]
        return cls(objects, kept, list(ways), numbers.tobytes())

    def scans(self, known: dict[Verdict, Verdict] | None = None) -> Iterator[ObjectScan]:
        """The outcomes again, with one object for each verdict: that of `known`, which takes those that are new."""
        known = {} if known is None else known
        verdicts = [known.setdefault(verdict, verdict) for verdict in self.verdicts]
        numbers = array(_TYPE)
        numbers.frombytes(self.numbers)
        at = 0
        for oid, size, count, unread in self.objects:
            yield ObjectScan(oid, size, _Folded(verdicts, self.ways, numbers, at, count) if count else (), unread)
            at += count


@dataclass(frozen=True, slots=True, eq=False)
class _Folded(Sequence[Match]):
    """So many matches from one on, made when they are looked at."""

    verdicts: list[Verdict]
    ways: list[tuple[str, ...]]
    numbers: "array[int]"
    first: int
    size: int

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, at: int) -> Match: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Match]: ...

    def __getitem__(self, at: int | slice) -> Match | Sequence[Match]:
        return self._match(range(self.first, self.first + self.size)[at]) if isinstance(at, int) else tuple(self)[at]

    def __iter__(self) -> Iterator[Match]:
        return map(self._match, range(self.first, self.first + self.size))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _match(self, number: int) -> Match:
        at = number * _FIELDS
        verdict, way, *where = self.numbers[at : at + _FIELDS]
        return Match(self.verdicts[verdict], self.ways[way], *where)
