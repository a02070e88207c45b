"""What one process does: reads contents with a git of its own, and scans them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.match import Match, ObjectScan
from opensafe.model.place import PlaceKind
from opensafe.model.skip import SkipReason, Unread
from opensafe.scan.content import ContentScanner
from opensafe.scan.late import KnownValue, LiteralScanner
from opensafe.scan.settings import MAX_BLOB, BlobJob, Job, ScanSettings, TextJob

_MOST_NAMES = 15


@dataclass(frozen=True, slots=True)
class MakeBlobWorker:
    """Travels to a process and makes its worker there: loading the rules is each process's own work."""

    settings: ScanSettings

    def __call__(self, view: ObjectView) -> "BlobWorker":
        return BlobWorker(view, ContentScanner(self.settings))


class BlobWorker:
    """Keeps its scanner, which remembers what it has judged."""

    def __init__(self, view: ObjectView, scanner: ContentScanner) -> None:
        self._view = view
        self._scanner = scanner
        self._literals = LiteralScanner(())

    def scan(self, shard: Sequence[Job]) -> list[ObjectScan]:
        return [scan for scan in _scanned(self._view, shard, _Judge(self._scanner)) if scan.matches or scan.unread]

    def learn(self, values: Sequence[KnownValue]) -> list[Oid]:
        self._literals = LiteralScanner(values)
        return self._scanner.holders(self._literals.offsets)

    def search(self, shard: Sequence[Job]) -> list[ObjectScan]:
        searcher = _Searcher(self._scanner, self._literals)
        return [scan for scan in _scanned(self._view, shard, searcher) if scan.matches]


@dataclass(frozen=True, slots=True)
class _Searcher:
    """Searches for known values, and decodes only where the first pass has not said that there is no need."""

    first: ContentScanner
    literals: LiteralScanner

    def scan_job(self, job: BlobJob, data: bytes) -> ObjectScan:
        """Under which name it is judged does not matter here."""
        return self.scan(job.oid, data, job.path, job.kind)

    def scan(self, oid: Oid, data: bytes, path: bytes, kind: PlaceKind) -> ObjectScan:
        pieces = self.first.holding(data, path)
        return (
            self.literals.scan(oid, data, path, kind)
            if pieces is None
            else self.literals.scan_pieces(oid, data, pieces)
        )


class _Judge:
    """Judges a blob under every kind of name that it has; the first path says what there is of each span."""

    def __init__(self, scanner: ContentScanner) -> None:
        self.scan = scanner.scan

    def scan_job(self, job: BlobJob, data: bytes) -> ObjectScan:
        scan = self.scan(job.oid, data, job.path, job.kind)
        for path, kind in job.further[:_MOST_NAMES]:
            scan = _with_more(scan, self.scan(job.oid, data, path, kind))
        if len(job.further) > _MOST_NAMES:
            detail = f"judged under {_MOST_NAMES + 1} of its {len(job.further) + 1} kinds of names"
            unread = Unread(SkipReason.TIME_BUDGET, job.oid, job.path or None, detail=detail)
            scan = replace(scan, unread=(*scan.unread, unread))
        return scan


def _with_more(scan: ObjectScan, other: ObjectScan) -> ObjectScan:
    """With what the other says and the first does not: another value, another question."""
    known = {_about(match) for match in scan.matches}
    more = [match for match in other.matches if _about(match) not in known]
    return replace(scan, matches=(*scan.matches, *more)) if more else scan


def _about(match: Match) -> tuple[object, ...]:
    return match.via, match.start, match.end, match.verdict.finding, match.verdict.question


class _Scanner(Protocol):
    def scan_job(self, job: BlobJob, data: bytes) -> ObjectScan: ...

    def scan(self, oid: Oid, data: bytes, path: bytes, kind: PlaceKind) -> ObjectScan: ...


def _scanned(view: ObjectView, shard: Sequence[Job], scanner: _Scanner) -> Iterator[ObjectScan]:
    for job in shard:
        if isinstance(job, TextJob):
            yield scanner.scan(job.oid, job.data, job.path, job.kind)
    yield from _read(view, [job for job in shard if isinstance(job, BlobJob)], scanner)


def _read(view: ObjectView, jobs: Sequence[BlobJob], scanner: _Scanner) -> Iterator[ObjectScan]:
    """Read and scan some blobs; what is too large or cannot be read comes back as unread."""
    readable = [job for job in jobs if job.size <= MAX_BLOB]
    for job, item in zip(readable, read_objects(view, [job.oid for job in readable], as_packed=True), strict=True):
        if isinstance(item, Unread):
            yield ObjectScan(job.oid, 0, (), (Unread(item.reason, job.oid, job.path or None),))
        else:
            yield scanner.scan_job(job, item.data)
    for job in jobs:
        if job.size > MAX_BLOB:
            unread = Unread(SkipReason.TOO_LARGE, job.oid, job.path or None, detail=f"{job.size} bytes")
            yield ObjectScan(job.oid, 0, (), (unread,))
