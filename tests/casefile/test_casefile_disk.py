"""A disk that is full or refuses: named, with a way out, and nothing half-written."""

import errno
import os
from pathlib import Path

import pytest

from opensafe.casefile import disk
from opensafe.casefile.folder import Case
from opensafe.errors import DiskFailed
from tests.casefile import casefile_children as children
from tests.casefile import casefile_kit as kit

LEFT_OUT = {"lock", "log.lock"}  # empty files that only carry a lock


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in LEFT_OUT)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def run_with_room(action: str, root: Path, room: int) -> tuple[str, str, str] | None:
    here, there = children.FRESH.Pipe(duplex=False)
    child = children.FRESH.Process(target=children.on_full_disk, args=(action, root, room, there))
    child.start()
    there.close()
    told: tuple[str, str, str] | None = here.recv()
    child.join()
    return told


def grown(tmp_path: Path) -> Case:
    """A case whose ledger and configuration are longer than what a lock's holder needs."""
    case = kit.new_case(tmp_path)
    with case.writing("start"):
        case.decisions.append(*(kit.decision(f"F-{number}") for number in range(20)))
        case.index.write(kit.audit(kit.finding("old", kit.place())))
        case.log.append("start", "Twenty decisions")
    return case


@pytest.mark.parametrize(
    ("action", "room", "file"),
    [
        ("decide", 40, "lock.holder"),
        ("decide", 3000, "decisions.jsonl"),
        ("plan", 10, "lock.holder"),
        ("configure", 350, "case.toml"),
        ("audit", 5000, "index.sqlite"),
        ("audit", 20_000, "index.sqlite"),
    ],
)
def test_a_full_disk_leaves_the_case_as_it_was(action: str, room: int, file: str, tmp_path: Path) -> None:
    case = grown(tmp_path)
    before = contents(case.root)

    told = run_with_room(action, case.root, room)
    assert told is not None
    kind, cause, remedy = told
    assert kind == "DiskFailed"
    assert str(case.root / file) in cause
    assert "make room" in remedy
    assert contents(case.root) == before

    assert run_with_room(action, case.root, 10**9) is None
    assert Case.open(case.root).log.verify().ok


def test_a_full_disk_leaves_no_half_case(tmp_path: Path) -> None:
    told = run_with_room("start", tmp_path / "analysis.opensafe", 40)
    assert told is not None
    assert told[0] == "DiskFailed"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EDQUOT, "make room"),
        (errno.EFBIG, "make room"),
        (errno.EACCES, "permission"),
        (errno.EROFS, "permission"),
        (errno.EIO, "look at the disk"),
    ],
)
def test_every_failure_has_a_way_out(number: int, remedy: str) -> None:
    path = Path("case", "plan\x1b.json")
    with pytest.raises(DiskFailed) as caught, disk.disk_failures(path, "write"):
        raise OSError(number, os.strerror(number))
    assert caught.value.cause == f"cannot write {Path('case')}{os.sep}plan\\x1b.json: {os.strerror(number)}"
    assert remedy in caught.value.remedy


def test_a_target_that_cannot_be_replaced_stays_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(DiskFailed, match=r"cannot write .*plan\.json"):
        disk.write_whole(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


class InUse(OSError):
    """What Windows raises while a reader has the file open."""

    winerror = 32


@pytest.mark.parametrize("busy", [1, 3])
def test_a_file_in_use_is_tried_again_for_a_while(tmp_path: Path, busy: int, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [busy]
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if left[0]:
            left[0] -= 1
            raise InUse
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)  # the one thing here that only Windows does
    disk.write_whole(tmp_path / "plan.json", b"new")
    assert (tmp_path / "plan.json").read_bytes() == b"new"


def test_a_file_that_stays_in_use_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def replace(_source: Path, _target: Path) -> None:
        raise InUse

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(DiskFailed):
        disk.write_whole(tmp_path / "plan.json", b"new")
    assert list(tmp_path.iterdir()) == []
