"""What one process does: reads contents with a git of its own, and scans them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.match import ObjectScan
from opensafe.model.place import PlaceKind
from opensafe.model.skip import SkipReason, Unread
from opensafe.scan.content import ContentScanner
from opensafe.scan.late import KnownValue, LiteralScanner
from opensafe.scan.settings import MAX_BLOB, BlobJob, Job, ScanSettings, TextJob


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
        return [scan for scan in _scanned(self._view, shard, self._scanner) if scan.matches or scan.unread]

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

    def scan(self, oid: Oid, data: bytes, path: bytes, kind: PlaceKind) -> ObjectScan:
        if self.first.is_bare(data, path):
            return self.literals.scan_bare(oid, data)
        return self.literals.scan(oid, data, path, kind)


class _Scanner(Protocol):
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
            yield scanner.scan(job.oid, item.data, job.path, job.kind)
    for job in jobs:
        if job.size > MAX_BLOB:
            unread = Unread(SkipReason.TOO_LARGE, job.oid, job.path or None, detail=f"{job.size} bytes")
            yield ObjectScan(job.oid, 0, (), (unread,))
