"""What runs in other processes: a second writer, writers that are killed, and writers on a disk that is full."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import ParamSpec, TypeVar

from opensafe.casefile.closing import CLOSED, destroy, write_archive
from opensafe.casefile.folder import Case
from opensafe.casefile.log import Log
from opensafe.errors import OpensafeError
from opensafe.model.identifiers import FindingId
from opensafe.model.livecheck import LiveCheck, Liveness
from opensafe.model.rotation import Rotation, RotationState
from tests.casefile import casefile_kit as kit

FRESH = get_context("spawn")  # the same on every system, and no inherited locks
P = ParamSpec("P")
R = TypeVar("R")

KILLED = 9
ROTATED = tuple(
    Rotation(FindingId(f"F-{number}"), RotationState.ROTATING, "IT", kit.TODAY, "A Tester", "") for number in range(2)
)
CHECKED = LiveCheck(FindingId("F-0"), Liveness.UNKNOWN, "2025-06-01T12:00:00Z", "A Tester", "rule", "https://a")
ITEMS = tuple(kit.decision(f"F-new-{number}") for number in range(3))


def start(root: Path) -> None:
    Case.create(root, kit.config(root.parent / "analysis"))


def decide(root: Path) -> None:
    case = Case.open(root)
    with case.writing("decide"):
        case.decisions.append(*ITEMS)
        case.log.append("decide", "decided three findings", details={"count": len(ITEMS)})


def configure(root: Path) -> None:
    case = Case.open(root)
    with case.writing("start"):
        case.save_config(replace(case.config, organisation="new"))


def plan(root: Path) -> None:
    case = Case.open(root)
    with case.writing("plan"):
        case.save_document("plan.json", {"state": "new"})


def audit(root: Path) -> None:
    case = Case.open(root)
    with case.writing("audit"):
        case.index.write(kit.audit(*(kit.finding(f"new {n}", kit.place()) for n in range(50))))


def rotate(root: Path) -> None:
    """Two ledgers in one command, and the log."""
    case = Case.open(root)
    with case.writing("rotate"):
        case.rotations.append(*ROTATED)
        case.checks.append(CHECKED)
        case.log.append("rotate", "recorded two credentials")


def close(root: Path) -> None:
    case = Case.open(root)
    with case.writing("close"):
        case.log.append("close", "closed the case")
        case.save_document(CLOSED, {"on": "2025-06-01", "by": "A Tester", "destroyed": ["key"]})
        write_archive(root, case.reports / "record.zip")
        destroy(root / "key")


ACTIONS: dict[str, Callable[[Path], None]] = {
    "start": start,
    "decide": decide,
    "configure": configure,
    "plan": plan,
    "audit": audit,
    "rotate": rotate,
    "close": close,
}


def hold(root: Path, what: str, ready: Connection, done: Connection) -> None:
    """Writes to the case until told to stop."""
    with Case.open(root).writing(what):
        ready.send(os.getpid())
        done.poll(30)


def write_for_ever(root: Path, ready: Connection) -> None:
    """Every kind of write, again and again: to be killed."""
    ready.send(os.getpid())
    while True:
        for name in ("decide", "configure", "plan", "audit"):
            ACTIONS[name](root)


def sweep(action: str, template: Path, copies: Path) -> None:
    """Kills `action` before, in and after each of its calls to the system, each time on a copy of its own."""
    for point in range(1000):
        root = copies / str(point) / template.name
        shutil.copytree(template.parent, root.parent)
        if _status(action, root, point) == 0:
            return


def _status(action: str, root: Path, point: int) -> int:
    if sys.platform == "win32":  # no fork there: slower, and the same
        child = FRESH.Process(target=_killed, args=(action, root, point))
        child.start()
        child.join()
        return child.exitcode or 0
    process = os.fork()
    if process == 0:
        _killed(action, root, point)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def _killed(action: str, root: Path, point: int) -> None:
    _arm(point)
    ACTIONS[action](root)
    os._exit(0)


def _arm(point: int) -> None:
    """From now on the process dies at the given point: points are counted before, in and after each call."""
    left = [point]

    def pass_point() -> None:
        if left[0] == 0:
            os._exit(KILLED)
        left[0] -= 1

    def dying(call: Callable[P, R]) -> Callable[P, R]:
        def called(*args: P.args, **kwargs: P.kwargs) -> R:
            pass_point()
            result = call(*args, **kwargs)
            pass_point()
            return result

        return called

    def dying_write(descriptor: int, data: bytes) -> int:
        pass_point()
        half = real_write(descriptor, data[: len(data) // 2])
        pass_point()
        written = half + real_write(descriptor, data[half:])
        pass_point()
        return written

    real_write = os.write
    os.write = dying_write  # type: ignore[assignment] # bytes and views are all that is written here
    os.fsync, os.ftruncate = dying(os.fsync), dying(os.ftruncate)
    os.replace, os.rename, os.mkdir = dying(os.replace), dying(os.rename), dying(os.mkdir)


def on_full_disk(action: str, root: Path, room: int, told: Connection) -> None:
    """Runs `action` where no file may grow beyond `room` bytes; tells what was raised."""
    _limit(room)
    try:
        ACTIONS[action](root)
    except OpensafeError as error:
        told.send((type(error).__name__, error.cause, error.remedy))
    else:
        told.send(None)


def _limit(room: int) -> None:
    if sys.platform == "win32":  # no limit of the system there: the calls themselves fail
        real_write = os.write
        os.write = lambda descriptor, data: real_write(descriptor, _within(descriptor, data, room))
    else:
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


def _within(descriptor: int, data: bytes, room: int) -> bytes:
    left = room - os.fstat(descriptor).st_size
    if left <= 0:
        raise OSError(28, "No space left on device")
    return bytes(data[:left])


def append_entries(path: Path, count: int) -> None:
    for number in range(count):
        Log(path).append("decide", f"entry {number}")
