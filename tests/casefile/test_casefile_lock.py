"""One writer at a time, and a second one is told who holds the case."""

import os
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from opensafe.casefile.canonical import canonical
from opensafe.casefile.folder import Case
from opensafe.casefile.lock import Holder, read_holder
from opensafe.casefile.machine import host, os_user
from opensafe.errors import CaseLocked, DiskFailed, ExitCode
from tests.casefile import casefile_children as children
from tests.casefile import casefile_kit as kit


class Other:
    """Another process that writes to the case."""

    def __init__(self, root: Path, what: str) -> None:
        ready, told = children.FRESH.Pipe(duplex=False)
        done, self._stop = children.FRESH.Pipe(duplex=False)
        self._ready: Connection = ready
        self.process = children.FRESH.Process(target=children.hold, args=(root, what, told, done))
        self.process.start()
        self.pid: int = self._ready.recv()

    def stop(self) -> None:
        self._stop.send("stop")
        self.process.join()


def test_a_second_process_is_told_who_holds_the_case_and_since_when(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    other = Other(case.root, "audit")
    holder = read_holder(case.root)
    assert holder is not None
    assert (holder.pid, holder.host, holder.os_user, holder.what) == (other.pid, host(), os_user(), "audit")
    with pytest.raises(CaseLocked) as caught, case.writing("decide"):
        pytest.fail("two writers")
    assert caught.value.exit_code is ExitCode.LOCKED
    assert caught.value.cause == (
        f"the case is locked for audit by {os_user()} on {host()}, process {other.pid}, since {holder.since}"
    )
    assert "wait" in caught.value.remedy

    other.stop()
    with case.writing("decide"):
        pass


def test_readers_do_not_wait_for_the_writer(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    case.index.write(kit.audit())
    other = Other(case.root, "audit")
    opened = Case.open(case.root)
    assert (opened.index.findings(), opened.decisions.read(), opened.log.entries()) == ((), (), ())
    other.stop()


def test_a_killed_writer_leaves_the_case_free(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    other = Other(case.root, "audit")
    other.process.kill()
    other.process.join()
    assert (case.root / "lock.holder").exists()

    with case.writing("decide"):
        holder = read_holder(case.root)
        assert holder is not None
        assert (holder.pid, holder.what) == (os.getpid(), "decide")


def test_the_same_process_does_not_write_twice_at_once(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    with case.writing("audit"), pytest.raises(CaseLocked, match="locked for audit"), case.writing("decide"):
        pytest.fail("two writers")
    with case.writing("decide"):
        pass


def test_a_lock_whose_holder_has_ended_is_explained_and_not_broken(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    ended = children.FRESH.Process(target=os.getpid)
    ended.start()
    ended.join()
    with case.writing("audit"):
        _claim(case.root, pid=ended.pid or 0, host=host())
        with pytest.raises(CaseLocked) as caught, case.writing("decide"):
            pytest.fail("two writers")
    assert ("that process has ended" in caught.value.cause) == (os.name == "posix")  # elsewhere it cannot be asked


@pytest.mark.parametrize(("pid", "machine"), [(1, ""), (4_000_000, "another-machine"), (10**30, "")])
def test_a_holder_that_runs_or_cannot_be_asked_is_waited_for(tmp_path: Path, pid: int, machine: str) -> None:
    case = kit.new_case(tmp_path)
    with case.writing("audit"):
        _claim(case.root, pid=pid, host=machine or host())
        with pytest.raises(CaseLocked) as caught, case.writing("decide"):
            pytest.fail("two writers")
    assert "has ended" not in caught.value.cause
    assert f"process {pid}" in caught.value.cause


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"pid":"x"}', b"\xff", None])
def test_a_lock_without_a_readable_holder_still_locks(tmp_path: Path, raw: bytes | None) -> None:
    case = kit.new_case(tmp_path)
    with case.writing("audit"):
        if raw is None:
            (case.root / "lock.holder").unlink()
        else:
            (case.root / "lock.holder").write_bytes(raw)
        with pytest.raises(CaseLocked, match="another opensafe is writing"), case.writing("decide"):
            pytest.fail("two writers")


def test_the_holder_is_shown_without_controls(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    with case.writing("audit \x1b[31m"), pytest.raises(CaseLocked) as caught, case.writing("decide"):
        pytest.fail("two writers")
    assert "\x1b" not in caught.value.cause


def test_an_error_inside_frees_the_case(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    with pytest.raises(RuntimeError, match="inside"), case.writing("audit"):
        raise RuntimeError("inside")
    with case.writing("decide"):
        pass
    assert not (case.root / "lock.holder").exists()


def test_a_case_that_cannot_be_locked_says_so(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    (case.root / "lock").mkdir()
    with pytest.raises(DiskFailed, match=r"cannot lock .*lock: "), case.writing("audit"):
        pytest.fail("no lock")


def _claim(root: Path, *, pid: int, host: str) -> None:
    holder = Holder(pid, host, "jo", "2025-06-01T12:00:00Z", "audit")
    (root / "lock.holder").write_bytes(canonical(asdict(holder)))
