"""Processes that scan, each with a scanner of its own that it keeps; in one process where there is little to do.

A worker reads its shard with a git of its own and returns fingerprints and places, no values. What it is told (the
key, and in the second pass the values to look for) travels through a pipe, never through argv or environment.
"""

import multiprocessing
import queue
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NoReturn, Protocol, Self

from opensafe.errors import OpensafeError
from opensafe.git.view import ObjectView
from opensafe.model.identifiers import Oid
from opensafe.model.match import ObjectScan, Verdict
from opensafe.scan.late import KnownValue
from opensafe.scan.parcel import Parcel
from opensafe.scan.settings import Job

_SHARD_BYTES = 16 << 20
_SMALLEST = 1 << 20  # bytes of a shard
_PARTS = 32  # so many shards, or more
_SHARD_JOBS = 2000
_ALONE_BYTES = 8 << 20  # below this starting processes costs more than it saves
_AHEAD = 2  # shards that a worker has at a time, so that it need not wait

Shard = list[Job]


class WorkerLost(OpensafeError):
    """A worker process was killed (out of memory, by hand)."""


class Worker(Protocol):
    """What is asked of each process."""

    def scan(self, shard: Shard) -> list[ObjectScan]:
        """The first pass: outcomes that say something."""
        ...

    def learn(self, values: Sequence[KnownValue]) -> list[Oid]:
        """Take these values for the second pass; contents scanned here that may hold one."""
        ...

    def search(self, shard: Shard) -> list[ObjectScan]:
        """The second pass over some contents: outcomes with a known value."""
        ...


Make = Callable[[ObjectView], Worker]


class Crew(Protocol):
    """One or several workers. Work is given, then asked for: meanwhile it goes on by itself."""

    def begin(self, verb: str, shards: Sequence[Shard]) -> None:
        """Give out shards for `scan` or `search`."""
        ...

    def results(self) -> Iterator[tuple[Shard, list[ObjectScan]]]:
        """Each shard that was given out with its outcomes, in no order."""
        ...

    def learn(self, values: Sequence[KnownValue]) -> list[Oid]: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def crew_for(view: ObjectView, jobs: Sequence[Job], processes: int, make: Make) -> Crew:
    """As many processes as asked for, or none besides this one."""
    if processes == 1 or sum(job.size for job in jobs) < _ALONE_BYTES:
        return _Alone(make(view))
    return _Together(view, processes, make)


def shards_of(jobs: Sequence[Job]) -> list[Shard]:
    """Neighbours in the packs stay together: they are versions of a file. Of few there are many shards all the same,
    so that no worker waits for another.
    """
    shards: list[Shard] = [[]]
    size, most = 0, max(_SMALLEST, min(_SHARD_BYTES, sum(job.size for job in jobs) // _PARTS))
    for job in jobs:
        if size >= most or len(shards[-1]) >= _SHARD_JOBS:
            shards.append([])
            size = 0
        shards[-1].append(job)
        size += job.size
    return shards if jobs else []


class _Alone:
    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._todo: list[tuple[str, Shard]] = []

    def begin(self, verb: str, shards: Sequence[Shard]) -> None:
        self._todo += [(verb, shard) for shard in shards]

    def results(self) -> Iterator[tuple[Shard, list[ObjectScan]]]:
        while self._todo:
            verb, shard = self._todo.pop(0)
            yield shard, _do(self._worker, verb, shard)

    def learn(self, values: Sequence[KnownValue]) -> list[Oid]:
        return self._worker.learn(values)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class _Member:
    """One worker process, and the shards that are its own to do."""

    def __init__(self, view: ObjectView, make: Make) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, view.git_dir, make), daemon=True)
        self.process.start()
        theirs.close()
        self.todo: deque[Shard] = deque()
        self.under_way: deque[Shard] = deque()


class _Together:
    def __init__(self, view: ObjectView, processes: int, make: Make) -> None:
        self._members = [_Member(view, make) for _ in range(processes)]
        self._verb = ""
        self._ready: deque[tuple[Shard, list[ObjectScan]]] = deque()
        self._verdicts: dict[Verdict, Verdict] = {}

    def begin(self, verb: str, shards: Sequence[Shard]) -> None:
        """Each worker has a stretch of its own: neighbours are judged by the same memory."""
        self._verb = verb
        size = -(-len(shards) // len(self._members))
        for number, member in enumerate(self._members):
            member.todo.extend(shards[number * size : (number + 1) * size])
        for _ in range(_AHEAD):
            for member in self._members:
                self._give(member)

    def results(self) -> Iterator[tuple[Shard, list[ObjectScan]]]:
        while self._ready or any(member.under_way for member in self._members):
            while self._ready:
                yield self._ready.popleft()
            self._take()

    def learn(self, values: Sequence[KnownValue]) -> list[Oid]:
        for member in self._members:
            self._send(member, "learn", list(values))
        return [oid for member in self._members for oid in self._receive(member)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for member in self._members:
            member.pipe.close()
            member.process.terminate()
        for member in self._members:
            member.process.join()

    def _take(self) -> None:
        busy = [member for member in self._members if member.under_way]
        ready = wait([member.pipe for member in busy]) if busy else []
        for member in (member for member in busy if member.pipe in ready):
            outcomes = self._receive(member)
            self._ready.append((member.under_way.popleft(), list(outcomes.scans(self._verdicts))))
            self._give(member)

    def _give(self, member: _Member) -> None:
        """The next of a worker's own shards, else the last of who has most left."""
        longest = max(self._members, key=lambda other: len(other.todo))
        if member.todo:
            shard = member.todo.popleft()
        elif longest.todo:
            shard = longest.todo.pop()
        else:
            return
        member.under_way.append(shard)
        self._send(member, self._verb, shard)

    def _send(self, member: _Member, verb: str, argument: object) -> None:
        try:
            member.pipe.send((verb, argument))
        except OSError as error:
            raise _lost() from error

    def _receive(self, member: _Member) -> Any:
        try:
            outcome = member.pipe.recv()
        except (EOFError, OSError) as error:
            raise _lost() from error
        if isinstance(outcome, _Failure):
            outcome.raise_again()
        return outcome


@dataclass(frozen=True, slots=True)
class _Failure:
    """What went wrong in a worker, in words that hold nothing of what it read."""

    kind: type[OpensafeError] | None
    cause: str
    remedy: str = ""

    @classmethod
    def of(cls, error: Exception) -> Self:
        if isinstance(error, OpensafeError):
            return cls(type(error), error.cause, error.remedy)
        where = traceback.extract_tb(error.__traceback__)[-1]
        return cls(None, f"{type(error).__name__} in {Path(where.filename).name}, line {where.lineno}, in a worker")

    def raise_again(self) -> NoReturn:
        raise self.kind(self.cause, remedy=self.remedy) if self.kind else RuntimeError(self.cause)


def _lost() -> WorkerLost:
    return WorkerLost(
        "a worker process was ended from outside, perhaps for want of memory",
        remedy="run the audit again: it goes on where it stopped; with little memory use --workers 1",
    )


def _serve(pipe: Connection, git_dir: Path, make: Make) -> None:
    """A worker's life: it answers until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    asked: queue.SimpleQueue[tuple[str, Any] | None] = queue.SimpleQueue()
    # What is asked next is taken at once: the parent must never wait for a worker that waits for the parent.
    threading.Thread(target=_listen, args=(pipe, asked), daemon=True).start()
    worker = make(ObjectView(git_dir))
    while request := asked.get():
        try:
            answer = _do(worker, *request)
            if request[0] != "learn":
                answer = Parcel.of(answer)
        except Exception as error:  # noqa: BLE001 - the parent raises it again
            answer = _Failure.of(error)
        pipe.send(answer)


def _listen(pipe: Connection, asked: "queue.SimpleQueue[tuple[str, Any] | None]") -> None:
    try:
        while True:
            asked.put(pipe.recv())
    except (EOFError, OSError):
        asked.put(None)


def _do(worker: Worker, verb: str, argument: Any) -> Any:
    if verb == "learn":
        return worker.learn(argument)
    return worker.search(argument) if verb == "search" else worker.scan(argument)
