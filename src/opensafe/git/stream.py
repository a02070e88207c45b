"""Reads objects out of a view: every one that is asked for arrives, or is named as not read."""

import contextlib
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO, Self, TypeVar

from opensafe.errors import GitFailed
from opensafe.git.environment import IN_ORDER
from opensafe.git.view import ObjectView
from opensafe.model.expressions import expression
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, Unread

_HEADER = expression(rb"^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)\n$")
_AT_ONCE = 16 << 20  # bytes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ObjectHeader:
    """Id, kind and size in bytes, without the content."""

    oid: Oid
    kind: str
    size: int


def list_ids(view: ObjectView) -> list[Oid]:
    """Every object in the store, reachable or not, each once, in the order of the packs (fast to read in)."""
    return [Oid(line) for line in _listed(view, "%(objectname)").splitlines()]


def sorted_ids(view: ObjectView) -> str:
    """Every object in the store, a line of hex each, sorted: without kinds and sizes git is done at once."""
    return view.run("cat-file", "--batch-all-objects", "--batch-check=%(objectname)").decode("ascii")


def list_objects(view: ObjectView) -> list[ObjectHeader | Unread]:
    """The same with kind and size. Damaged objects are Unread, in their place."""
    try:
        lines = _listed(view, "%(objectname) %(objecttype) %(objectsize)").splitlines()
        return [_listed_header(line) for line in lines]
    except (GitFailed, ValueError):  # git ends at the first damaged object: ask for each
        damaged = list_headers(view, list_ids(view))
        # It was listed, so it is there: git says "missing" of what it cannot open, too.
        return [replace(item, reason=SkipReason.CORRUPT) if isinstance(item, Unread) else item for item in damaged]


def _listed(view: ObjectView, form: str) -> str:
    return view.run("cat-file", "--batch-all-objects", "--unordered", f"--batch-check={form}").decode("ascii")


def _listed_header(line: str) -> ObjectHeader:
    """Raises ValueError for a line that says something else."""
    oid, kind, size = line.split(" ")
    return ObjectHeader(Oid(oid), kind, int(size))


def list_headers(view: ObjectView, oids: Sequence[Oid]) -> Iterator[ObjectHeader | Unread]:
    """Kind and size of each object, in the order asked; damaged and absent ones as Unread."""
    return _batches(view, "--batch-check", oids, _read_header)


def read_objects(view: ObjectView, oids: Sequence[Oid], *, as_packed: bool = False) -> Iterator[RawObject | Unread]:
    """Each object with its content, in the order asked; damaged and absent ones as Unread.

    Git ends at the first damaged object: it is named, and a new git goes on behind it. `as_packed`: they are asked for
    in the order of the packs, for which git needs little memory.
    """
    return _batches(view, "--batch", oids, _read_object, IN_ORDER if as_packed else None)


class ObjectReader:
    """Random access through one long-lived git. Use as a context manager, from one thread."""

    def __init__(self, view: ObjectView) -> None:
        self._view = view
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, oid: Oid) -> RawObject | Unread:
        process = self._process or self._view.start("cat-file", "--batch")
        self._process = process
        stdin, stdout = pipes_of(process)
        try:
            stdin.write(oid.encode() + b"\n")
            stdin.flush()
            found = _read_object(stdout, oid)
        except (BrokenPipeError, _GitDied):
            self.close()
            return Unread(SkipReason.CORRUPT, oid)
        return found

    def close(self) -> None:
        """End the git behind it; the next reading starts another."""
        if self._process is not None:
            close_pipes(self._process)
            self._process = None


class _GitDied(Exception):
    """The output ended in the middle: the object that was being read is damaged."""


def _batches(
    view: ObjectView,
    mode: str,
    oids: Sequence[Oid],
    read: Callable[[IO[bytes], Oid], T | Unread],
    config: Mapping[str, str] | None = None,
) -> Iterator[T | Unread]:
    at = 0
    while at < len(oids):
        process = view.start("cat-file", mode, "--buffer", config=config)
        for found in _one_batch(process, oids[at:], read):
            yield found
            at += 1
        if at < len(oids):
            yield Unread(SkipReason.CORRUPT, oids[at])
            at += 1


def _one_batch(
    process: subprocess.Popen[bytes], oids: Sequence[Oid], read: Callable[[IO[bytes], Oid], T | Unread]
) -> Iterator[T | Unread]:
    """Replies until the last or until git dies."""
    stdin, stdout = pipes_of(process)
    asked = "".join(f"{oid}\n" for oid in oids).encode()
    feeder = threading.Thread(target=feed, args=(stdin, asked), daemon=True)
    feeder.start()
    try:
        for oid in oids:
            try:
                yield read(stdout, oid)
            except _GitDied:
                return
    finally:
        process.kill()
        feeder.join()
        close_pipes(process)


def feed(stdin: IO[bytes], asked: bytes) -> None:
    """Ask for everything. Git may die in between: the reader notices."""
    try:
        stdin.write(asked)
        stdin.close()
    except OSError:
        return


def _read_header(stdout: IO[bytes], oid: Oid) -> ObjectHeader | Unread:
    line = stdout.readline()
    header = _HEADER.match(line)
    if header is None:
        return _explain(line, oid)
    return ObjectHeader(oid, header[2].decode(), int(header[3]))


def _read_object(stdout: IO[bytes], oid: Oid) -> RawObject | Unread:
    header = _read_header(stdout, oid)
    if isinstance(header, Unread):
        return header
    data = _exactly(stdout, header.size)
    if len(data) != header.size or stdout.read(1) != b"\n":
        raise _GitDied
    return RawObject(oid, header.kind, data)


def _exactly(stdout: IO[bytes], size: int) -> bytes:
    """The next `size` bytes, or fewer where git ends. A header may lie: no room is made for what has not arrived."""
    if size <= _AT_ONCE:
        return stdout.read(size)
    pieces = bytearray()
    while piece := stdout.read(min(_AT_ONCE, size - len(pieces))):
        pieces += piece
    return bytes(pieces)


def _explain(line: bytes, oid: Oid) -> Unread:
    """A reply that is not an object: git says `missing`, or nothing when it died."""
    if line.rstrip().endswith(b" missing"):
        return Unread(SkipReason.MISSING, oid)
    raise _GitDied


def pipes_of(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output of a git that was started with pipes."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process was started without pipes")
    return process.stdin, process.stdout


def close_pipes(process: subprocess.Popen[bytes]) -> None:
    """End a git that was started with pipes, wherever it is."""
    stdin, stdout = pipes_of(process)
    stdout.close()
    process.kill()
    with contextlib.suppress(OSError):
        stdin.close()
    process.wait()
