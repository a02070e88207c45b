"""One writer at a time: the lock of the operating system, and beside it a file that says who holds it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from opensafe.casefile.canonical import canonical, parsed_object
from opensafe.casefile.disk import PRIVATE_FILE, disk_failures, write_whole
from opensafe.casefile.machine import host, iso, now, os_user
from opensafe.errors import CaseLocked
from opensafe.model.text import printable

if TYPE_CHECKING:
    from filelock import BaseFileLock

_LOCK = "lock"
_HOLDER = "lock.holder"
_LETTING_GO = 2  # seconds: a git that a killed process was just starting holds its lock until it is git


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock: process, machine, account, since when (UTC, ISO 8601), and the command."""

    pid: int
    host: str
    os_user: str
    since: str
    what: str

    @property
    def ended(self) -> bool:
        """Whether the process is known to be gone; one on another machine cannot be asked."""
        return self.host == host() and not _is_running(self.pid)


@contextmanager
def locked(root: Path, what: str) -> Iterator[None]:
    """Holds the lock of the case at `root` for `what`. Raises CaseLocked at once, or DiskFailed.

    The system frees the lock when a process dies, so a holder's file beside a free lock is stale: it is replaced.
    """
    lock = take_lock(root / _LOCK, patience=0) or _once_let_go(root)
    if lock is None:
        raise _refusal(read_holder(root))
    try:
        holder = Holder(os.getpid(), host(), os_user(), iso(now()), what)
        write_whole(root / _HOLDER, canonical(asdict(holder)))
        yield
    finally:
        (root / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _once_let_go(root: Path) -> "BaseFileLock | None":
    """The lock of a process that has ended, which what it started may hold for a moment."""
    holder = read_holder(root)
    return take_lock(root / _LOCK, patience=_LETTING_GO) if holder is not None and holder.ended else None


def take_lock(path: Path, patience: float) -> "BaseFileLock | None":
    """The lock, to be released by the caller; `None` where another has it for longer than `patience` seconds."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - most commands only read, and take no lock

    lock = FileLock(path, timeout=patience, mode=PRIVATE_FILE)
    with disk_failures(path, "lock"):
        try:
            lock.acquire()
        except Timeout:  # an OSError too, but no failure of the disk
            return None
    return lock


def read_holder(root: Path) -> Holder | None:
    """Who the file says holds the lock; `None` where there is no such file, or it cannot be read."""
    try:
        found = parsed_object((root / _HOLDER).read_bytes())
    except (OSError, ValueError):
        return None
    pid, *texts = (found.get(name) for name in ("pid", "host", "os_user", "since", "what"))
    if not isinstance(pid, int):
        return None
    return Holder(pid, *(str(text) for text in texts))


def _refusal(holder: Holder | None) -> CaseLocked:
    if holder is None:
        return CaseLocked("another opensafe is writing to this case", remedy="wait for it, then run the command again")
    who = printable(f"{holder.what} by {holder.os_user} on {holder.host}, process {holder.pid}, since {holder.since}")
    if holder.ended:
        return CaseLocked(
            f"the case is locked for {who}; that process has ended, but something still holds its lock",
            remedy="a worker that it started may still run: end it, or wait, then run the command again",
        )
    return CaseLocked(f"the case is locked for {who}", remedy="wait until it has finished, then run the command again")


def _is_running(pid: int) -> bool:
    if os.name != "posix":  # on Windows os.kill(pid, 0) would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
