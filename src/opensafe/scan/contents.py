"""The first pass over file contents: each blob once, remembered as it goes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from opensafe.history.filenames import kind_of_name
from opensafe.history.metadata import Located
from opensafe.history.provenance import Provenance
from opensafe.history.reading import History
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.match import ObjectScan
from opensafe.model.place import PlaceKind
from opensafe.model.progress import Progress
from opensafe.model.specimen import Specimen
from opensafe.scan.crew import Crew, shards_of
from opensafe.scan.settings import FILES, BlobJob, Job, TextJob


class Memory(Protocol):
    """Outcomes that are kept between runs, so that a killed audit goes on and a later one reads what is new."""

    def recall(self, rules: str) -> dict[Oid, ObjectScan]:
        """What is known under these rules; outcomes under other rules are forgotten."""
        ...

    def searched(self) -> Collection[str]:
        """Keys of the values that were searched for in everything that is recalled."""
        ...

    def remember(self, scans: Sequence[ObjectScan]) -> None: ...

    def remember_search(self, values: Collection[str], scans: Sequence[ObjectScan]) -> None:
        """Everything was searched for the values with these keys, which made these outcomes anew."""
        ...


class NoMemory:
    """Remembers nothing."""

    def recall(self, rules: str) -> dict[Oid, ObjectScan]:
        del rules
        return {}

    def searched(self) -> Collection[str]:
        return ()

    def remember(self, scans: Sequence[ObjectScan]) -> None:
        pass

    def remember_search(self, values: Collection[str], scans: Sequence[ObjectScan]) -> None:
        pass


def blob_jobs(history: History, key: FingerprintKey) -> list[BlobJob]:
    """Every blob once, in the order of the packs, judged under the first of its paths and those of other kinds."""
    sizes, provenance = history.graph.sizes, history.provenance
    return [blob_job(oid, sizes[oid], provenance, key) for oid in history.graph.blobs]


def renamed_job(oid: Oid, size: int, paths: Iterable[bytes], key: FingerprintKey) -> BlobJob:
    """The same of a file that commits bring to these paths, as `blob_job` has it of its provenance."""
    chosen: dict[bytes, bytes] = {}
    for path in sorted(paths):
        chosen.setdefault(kind_of_name(path), path)
    (first, kind), *further = ((path, PlaceKind.BLOB) for path in chosen.values())
    return BlobJob(oid, first, kind, size, tuple(further), _names(((first, kind), *further), key))


def blob_job(oid: Oid, size: int, provenance: Provenance, key: FingerprintKey) -> BlobJob:
    """What is to be scanned of one blob."""
    path, kind = provenance.first_path(oid)
    further = tuple(provenance.further_paths(oid))
    return BlobJob(oid, path, kind, size, further, _names(((path, kind), *further), key))


@lru_cache(maxsize=1 << 14)
def _names(names: tuple[tuple[bytes, PlaceKind], ...], key: FingerprintKey) -> str:
    """Keyed, for a path may hold a secret. Many versions of a file share their names."""
    told = b"".join(b"%d\0%b%d" % (len(path), path, kind in FILES) for path, kind in names)
    return key.digest("judged", told)


def recalled_for(jobs: Iterable[Job], recalled: Mapping[Oid, ObjectScan]) -> dict[Oid, ObjectScan]:
    """What is recalled of these jobs, but for contents that were judged under other names than they have now."""
    found = ((job, recalled.get(job.oid)) for job in jobs)
    return {job.oid: scan for job, scan in found if scan is not None and scan.names == job.names}


def scan_all(
    crew: Crew, jobs: Sequence[Job], known: Mapping[Oid, ObjectScan], memory: Memory, progress: Progress
) -> list[ObjectScan]:
    """The outcome of every job, in their order: known from a run before, or scanned now and remembered."""
    found = {job.oid: known[job.oid] for job in jobs if job.oid in known}
    progress.stage("Reading everything", len({job.oid for job in jobs}))
    progress.advance(len(found))
    crew.begin("scan", shards_of([job for oid, job in {job.oid: job for job in jobs}.items() if oid not in known]))
    for shard, outcomes in crew.results():
        # A worker speaks of what it found or could not read; everything else was read and had nothing in it.
        names = {job.oid: job.names for job in shard}
        fresh = {job.oid: ObjectScan(job.oid, job.size, names=job.names) for job in shard}
        fresh |= {scan.oid: replace(scan, names=names[scan.oid]) for scan in outcomes}
        progress.advance(len(fresh))
        memory.remember(list(fresh.values()))
        found |= fresh
    return [found[job.oid] for job in jobs]


def text_jobs(located: Iterable[Located], key: FingerprintKey) -> list[TextJob]:
    """Every specimen that is at hand, known by what is scanned: the same text is the same job in the next audit too."""
    return [text_job(item.specimen, key) for item in located]


def text_job(text: Specimen, key: FingerprintKey) -> TextJob:
    """One of them."""
    told = b"%b\0%d\0%b%b" % (text.kind.encode(), len(text.path), text.path, text.data)
    return TextJob(Oid("#" + key.digest("text", told)), text.path, text.kind, text.data)
