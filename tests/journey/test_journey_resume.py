"""Interrupted anywhere, nothing is lost: the next run goes on, and comes to what an uninterrupted one comes to."""

import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from fixtures.kit.evidence import digest_tree
from fixtures.kit.plain_git import git
from fixtures.kit.story import Tell
from fixtures.repos.long_history import long_history
from opensafe.casefile.folder import Case
from opensafe.stories.builder import History, Person
from opensafe.stories.fakes import Fakes
from opensafe.stories.workshop import Workshop
from tests.journey.journey_commands import PROGRAM
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import Trip

_PATIENCE = 60  # seconds that a killed command is given to reach the point where it is killed


def _killed(trip: Trip, words: tuple[str, ...], reached: Callable[[], bool]) -> bool:
    """Start a command in a process of its own and kill it as soon as it has `reached` a point; whether it had."""
    child = subprocess.Popen(
        [*PROGRAM, "--case", str(trip.case), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + _PATIENCE
    while child.poll() is None and not reached() and time.monotonic() < until:
        time.sleep(0.002)
    alive = child.poll() is None
    child.kill()
    child.wait()
    return alive


def _remembered(case: Path, mode: str = "ro") -> int:
    """How many objects an audit has finished with; messages and names, which have ids with a `#`, do not count.

    An audit that was killed may have left a journal: `rw` plays it back.
    """
    try:
        with closing(sqlite3.connect(f"file:{case}/memory.sqlite?mode={mode}", uri=True)) as database:
            (count,) = database.execute("SELECT count(*) FROM outcomes WHERE oid NOT LIKE '#%'").fetchone()
    except sqlite3.OperationalError:  # it has not come so far as to make the file, or the table in it
        return 0
    return int(count)


def test_a_killed_audit_goes_on_and_finds_what_a_whole_one_finds(tmp_path: Path) -> None:
    long_history(tmp_path / "long", commits=4000)
    before = digest_tree(tmp_path / "long")
    trip = Trip.start(tmp_path / "long")
    assert _killed(trip, ("audit", "--workers", "1"), lambda: _remembered(trip.case) >= 200)
    done = _remembered(trip.case, "rw")
    assert not Case.open(trip.case).index.exists()

    trip.audit()
    resumed = trip.ask("findings")
    assert [entry["step"] for entry in trip.ask("log", "show")["entries"]] == ["start", "audit"]
    trip.audit()  # a finished audit starts anew
    assert 0 < done < resumed["coverage"]["by_kind"]["blob"]
    assert trip.ask("findings") == resumed
    assert digest_tree(tmp_path / "long") == before


@pytest.mark.parametrize("option", ["--since-last", "again"])
def test_new_commits_are_found_whether_all_is_read_again_or_only_what_is_new(story: Tell, option: str) -> None:
    trip = Trip.start(story("long_history").path)
    trip.audit()
    first = trip.ask("findings")
    _commit_more(trip.source)
    trip.audit(*(() if option == "again" else (option,)))
    partly = trip.ask("findings")
    trip.audit()
    assert partly == trip.ask("findings")
    new = {f["id"] for f in partly["findings"]} - {f["id"] for f in first["findings"]}
    assert {f["category"] for f in partly["findings"] if f["id"] in new} == {"secret", "name"}
    assert partly["coverage"]["objects"] > first["coverage"]["objects"]


def _commit_more(source: Path) -> None:
    """A new person commits a new token on a new branch, into a file that was there before."""
    fakes = Fakes("somebody new")
    newcomer, token = fakes.person(), fakes.github_token()
    history = History(Person(newcomer.name, newcomer.email), start=1_700_000_000)
    history.commit(b"Upload again\n", {b"R/step-0.R": b'token <- "%s"\n' % token}, branch=b"refs/heads/new", after=())
    Workshop.open(source).tell(history)


def test_decisions_outlive_new_commits(story: Tell) -> None:
    trip = Trip.start(story("long_history").path)
    trip.audit()
    trip.decide_everything()
    decided = {f["id"]: f["state"] for f in trip.findings()}
    _commit_more(trip.source)
    trip.audit("--since-last")
    now = {f["id"]: f["state"] for f in trip.findings()}
    assert {id_: now[id_] for id_ in decided} == decided
    assert {state for id_, state in now.items() if id_ not in decided} == {"open"}


_POINTS = {
    "while the source is read": "work/view",
    "while the backup is made": "work/backup.bundle",
    "while the history is built": "work/build",
    "while the result is written": "work/public.git",
    "once it is switched": "public.git",
}


@pytest.mark.parametrize("point", _POINTS)
def test_a_rewrite_that_is_killed_leaves_the_source_and_the_next_one_gives_the_same_ids(
    stage: Stage, tmp_path: Path, point: str
) -> None:
    trip = stage("approved")
    before = digest_tree(trip.source)
    whole = Trip(trip.source, tmp_path / "whole.opensafe")
    shutil.copytree(trip.case, whole.case)
    whole.say("rewrite")

    assert _killed(trip, ("rewrite",), lambda: _has_come_to(trip.case, point))
    assert digest_tree(trip.source) == before
    trip.say("status")
    trip.rewrite()
    assert git(trip.public, "for-each-ref") == git(whole.public, "for-each-ref")
    assert digest_tree(trip.source) == before
    assert sorted((trip.case / "work").iterdir()) == []
    trip.say("log", "verify")


def _has_come_to(case: Path, point: str) -> bool:
    """Whether a rewrite has come to this point, or past it between two looks."""
    points = list(_POINTS)
    return any((case / _POINTS[later]).exists() for later in points[points.index(point) :])
