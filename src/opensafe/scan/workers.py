"""Shares the blobs out to worker processes, and gives back the outcomes in the order of the jobs.

A worker reads its shard with a git of its own and returns fingerprints and places, no values. What it is told (the
key, and in the second pass the values to look for) travels through a pipe, never through argv or environment.
"""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Protocol

from opensafe.errors import OpensafeError
from opensafe.git.stream import read_objects
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.match import ObjectScan
from opensafe.model.place import PlaceKind
from opensafe.model.skip import SkipReason, Unread
from opensafe.scan.settings import MAX_BLOB, BlobJob

_SHARD_BYTES = 8 << 20
_SHARD_JOBS = 500
_ALONE_BYTES = 8 << 20  # below this starting processes costs more than it saves


class WorkerLost(OpensafeError):
    """A worker process was killed (out of memory, by hand)."""


class Scanner(Protocol):
    """Scans one object. Each process has one of its own."""

    def scan(self, oid: Oid, data: bytes, path: bytes, kind: PlaceKind) -> ObjectScan: ...


def scan_blobs(
    view: ObjectView, jobs: Sequence[BlobJob], processes: int, make: Callable[[], Scanner]
) -> Iterator[ObjectScan]:
    """The outcome for every job, each exactly once, in the order given. `make` builds the scanner of a process."""
    shards = list(_shards(jobs))
    if processes == 1 or sum(job.size for job in jobs) < _ALONE_BYTES:
        scanner = make()
        for shard in shards:
            yield from scan_shard(view, shard, scanner)
        return
    yield from _in_processes(view, shards, processes, make)


def scan_shard(view: ObjectView, shard: Sequence[BlobJob], scanner: Scanner) -> Iterator[ObjectScan]:
    """Read and scan some blobs; what is too large or cannot be read comes back as unread."""
    readable = [job for job in shard if job.size <= MAX_BLOB]
    arrived = zip(readable, read_objects(view, [job.oid for job in readable]), strict=True)
    found: dict[str, ObjectScan] = {}
    for job, item in arrived:
        if isinstance(item, Unread):
            found[job.oid] = ObjectScan(job.oid, 0, (), (Unread(item.reason, job.oid, job.path or None),))
        else:
            found[job.oid] = scanner.scan(job.oid, item.data, job.path, job.kind)
    for job in shard:
        yield found.get(job.oid) or _too_large(job)


def _too_large(job: BlobJob) -> ObjectScan:
    unread = Unread(SkipReason.TOO_LARGE, job.oid, job.path or None, detail=f"{job.size} bytes")
    return ObjectScan(job.oid, 0, (), (unread,))


def _shards(jobs: Sequence[BlobJob]) -> Iterator[list[BlobJob]]:
    shard: list[BlobJob] = []
    size = 0
    for job in jobs:
        shard.append(job)
        size += job.size
        if size >= _SHARD_BYTES or len(shard) >= _SHARD_JOBS:
            yield shard
            shard, size = [], 0
    if shard:
        yield shard


def _in_processes(
    view: ObjectView, shards: Sequence[list[BlobJob]], processes: int, make: Callable[[], Scanner]
) -> Iterator[ObjectScan]:
    """A few shards are always under way, so that memory stays bounded and order is kept."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_start_worker, initargs=(view.git_dir, make))
    waiting: deque[Future[list[ObjectScan]]] = deque()
    todo = iter(shards)
    try:
        for shard in todo:
            waiting.append(pool.submit(_work, shard))
            if len(waiting) > 2 * processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as broken:
        raise WorkerLost(
            "a worker process was ended from outside, perhaps for want of memory",
            remedy="run the audit again: it goes on where it stopped; with little memory use --workers 1",
        ) from broken
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


class _Worker:
    """What a worker process keeps between shards."""

    view: ObjectView
    scanner: Scanner


def _start_worker(git_dir: Path, make: Callable[[], Scanner]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    _Worker.view = ObjectView(git_dir)
    _Worker.scanner = make()


def _work(shard: list[BlobJob]) -> list[ObjectScan]:
    return list(scan_shard(_Worker.view, shard, _Worker.scanner))
