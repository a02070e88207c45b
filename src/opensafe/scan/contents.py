"""The first pass over file contents: each blob once, remembered as it goes."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Protocol

from opensafe.history.provenance import Provenance
from opensafe.history.reading import History
from opensafe.model.identifiers import Oid
from opensafe.model.match import ObjectScan
from opensafe.model.progress import Progress
from opensafe.scan.content import ContentScanner
from opensafe.scan.settings import BlobJob, ScanSettings
from opensafe.scan.workers import scan_blobs

_BATCH = 200


class Memory(Protocol):
    """Outcomes that are kept between runs, so that a killed audit goes on and a later one reads what is new."""

    def recall(self, rules: str) -> dict[Oid, ObjectScan]:
        """What is known under these rules; outcomes under other rules are forgotten."""
        ...

    def remember(self, scans: Sequence[ObjectScan]) -> None: ...


class NoMemory:
    """Remembers nothing."""

    def recall(self, rules: str) -> dict[Oid, ObjectScan]:
        del rules
        return {}

    def remember(self, scans: Sequence[ObjectScan]) -> None:
        pass


def blob_jobs(history: History) -> list[BlobJob]:
    """Every blob once, in the order of the packs, judged under the first of its paths."""
    sizes, provenance = history.graph.sizes, history.provenance
    return [_job(oid, sizes[oid], provenance) for oid in history.graph.blobs]


def _job(oid: Oid, size: int, provenance: Provenance) -> BlobJob:
    path, kind = provenance.first_path(oid)
    return BlobJob(oid, path, kind, size)


def scan_contents(
    history: History, settings: ScanSettings, rules: str, memory: Memory, progress: Progress
) -> Iterator[ObjectScan]:
    """Every blob's outcome: remembered from a run before, or scanned now and remembered."""
    jobs = blob_jobs(history)
    # The path under which a blob is judged is part of what was judged.
    known = memory.recall(rules)
    todo = [job for job in jobs if job.oid not in known]
    progress.stage("Reading file contents", len(jobs))
    for job in jobs:
        if job.oid in known:
            progress.advance()
            yield known[job.oid]
    fresh: list[ObjectScan] = []
    for scan in scan_blobs(history.view, todo, settings.processes, partial(ContentScanner, settings)):
        progress.advance()
        fresh.append(scan)
        if len(fresh) >= _BATCH:
            memory.remember(fresh)
            fresh = []
        yield scan
    memory.remember(fresh)
