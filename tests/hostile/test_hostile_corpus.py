"""The hostile corpus: nothing of it runs, everything planted in it is found, and the verdict is honest."""

import gc
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fixtures import hostile
from fixtures.kit.ordeal import Ordeal, expected_verdict, is_bounded, is_honest, patience, undergo
from fixtures.kit.story import markers_of
from opensafe.model.skip import SkipReason

Undergone = Callable[[str], Ordeal]

NAMES = hostile.names()


@pytest.mark.parametrize("name", NAMES)
def test_it_is_read_or_named_and_nothing_of_it_runs(undergone: Undergone, name: str) -> None:
    told, came = hostile.hostile(name), undergone(name)
    assert came.programs == ()
    assert came.shown == ()
    assert not came.changed
    assert (came.verdict, came.found) == (expected_verdict(told), len(told.planted)), came.said
    assert told.refused in came.said
    assert is_bounded(told, came), (came.seconds, came.mebibytes)


def test_there_are_as_many_as_promised() -> None:
    assert len(NAMES) >= 40
    titles = [hostile.hostile(name).title for name in NAMES]
    assert len(set(titles)) == len(titles)


@pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts")
@pytest.mark.parametrize("name", [name for name in NAMES if hostile.hostile(name).careless])
def test_a_careless_git_springs_the_trap(name: str, tmp_path: Path) -> None:
    """Without this a corpus of harmless settings would prove nothing."""
    told, path = hostile.hostile(name), tmp_path / name
    told.write(path)
    assert list(markers_of(path).iterdir()) == []
    asked = b"url=https://git.example.org\n\n"
    subprocess.run(["git", *told.careless], cwd=path, input=asked, capture_output=True, check=False, timeout=60)
    assert list(markers_of(path).iterdir()) != []


def _write_and_run(path: Path) -> None:
    hostile.hostile("fsmonitor").write(path)
    (markers_of(path) / "ran").touch()


def test_what_ran_or_was_not_found_or_was_late_is_noticed(tmp_path: Path) -> None:
    told = hostile.hostile("fsmonitor")
    ran = undergo(replace(told, write=_write_and_run), tmp_path / "ran")
    assert (ran.programs, ran.is_clean) == (("ran",), False)
    lost = undergo(replace(told, planted=(b"nowhere",)), tmp_path / "lost")
    assert (lost.planted, lost.found) == (1, 0)
    assert not is_honest(replace(told, skipped=(SkipReason.CORRUPT,)), lost)
    assert not is_bounded(replace(told, seconds=0.0), lost)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no alarms")
def test_a_hang_is_ended_and_noticed(tmp_path: Path) -> None:
    late = undergo(replace(hostile.hostile("fsmonitor"), seconds=0.0001), tmp_path / "late")
    assert late.verdict == "overdue"
    assert not is_bounded(hostile.hostile("fsmonitor"), late)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no alarms")
def test_an_alarm_in_the_collector_of_garbage_rings_again() -> None:
    """Python prints what is raised there and goes on: the hang would not be ended."""
    rang_in_vain: list[bool] = []

    def collected(_phase: str, _info: dict[str, int]) -> None:
        if not rang_in_vain:
            signal.raise_signal(signal.SIGALRM)
            rang_in_vain.append(True)

    gc.callbacks.append(collected)
    try:
        with patience(60) as late:
            gc.collect()
            time.sleep(60)
    finally:
        gc.callbacks.remove(collected)
    assert (late, rang_in_vain) == ([True], [True])
