"""An audit of what is new comes to what a whole audit comes to, whatever happened in between."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opensafe.stories.fakes import Fakes
from tests.journey.growing_kit import ALL, ANNA, GROWTHS, OTHERS, PASSWORD, Audits, Living


@pytest.fixture(name="audits")
def _audits(tmp_path: Path, run_folder: Path) -> tuple[Living, Audits]:
    living = Living.born(tmp_path / "r")
    return living, Audits.begun(living.path, tmp_path / "case", run_folder / "rules")


@pytest.mark.parametrize("change", GROWTHS)
def test_what_only_grew_is_audited_by_what_is_new(audits: tuple[Living, Audits], change: str) -> None:
    living, since = audits
    GROWTHS[change](living)
    whole = since.copied("whole")
    assert since.grows()
    whole.whole()
    assert since.said() == whole.said()


@pytest.mark.parametrize("change", OTHERS)
def test_what_did_more_than_grow_is_gone_through_again(audits: tuple[Living, Audits], change: str) -> None:
    living, since = audits
    OTHERS[change](living)
    whole = since.copied("whole")
    before = since.said()
    assert not since.grows()
    assert since.said() == before, "an audit that gives up leaves no trace"
    since.since_last()
    whole.whole()
    assert since.said() == whole.said()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rounds=st.lists(
        st.lists(st.sampled_from(sorted(GROWTHS)) | st.sampled_from(sorted(ALL)), min_size=1, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_audit_upon_audit_comes_to_what_a_whole_one_does(
    rounds: list[list[str]], tmp_path_factory: pytest.TempPathFactory, run_folder: Path
) -> None:
    folder = tmp_path_factory.mktemp("grown")
    living = Living.born(folder / "r")
    since = Audits.begun(living.path, folder / "case", run_folder / "rules")
    for changes in rounds:
        for change in changes:
            _try(living, change)
        since.since_last()
    whole = since.copied("whole")
    whole.whole()
    assert since.said() == whole.said()


def _try(living: Living, change: str) -> None:
    """Some changes are not possible after others: git says so, and the history is as it is."""
    try:
        ALL[change](living)
    except (OSError, subprocess.CalledProcessError):
        living.number += 1


def test_a_witness_goes_with_the_last_place_that_it_spoke_of(tmp_path: Path, run_folder: Path) -> None:
    """The same number stands in two reflogs, and only in one of them with the words that tell what it is."""
    living = Living.born(tmp_path / "r")
    number = Fakes("reflogs").nhs_number()
    for branch, message in (("told", f"NHS number {number} of a patient"), ("bare", f"look at {number} again")):
        living.git("update-ref", "--create-reflog", "-m", message, f"refs/heads/{branch}", "HEAD")
    since = Audits.begun(living.path, tmp_path / "case", run_folder / "rules")
    before = since.said()[1]
    living.git("branch", "-q", "-D", "bare")
    whole = since.copied("whole")
    assert since.grows()
    whole.whole()
    assert since.said() == whole.said()
    assert {f.id: f.occurrences for f in before} != {f.id: f.occurrences for f in since.said()[1]}


def test_counts_stay_true(audits: tuple[Living, Audits]) -> None:
    living, since = audits
    before = since.said()[0].coverage
    GROWTHS["a new file"](living)
    assert since.grows()
    after = since.said()[0].coverage
    assert (after.objects - before.objects, after.read - before.read) == (3, 3), "a commit, a tree and a blob"
    assert {kind: after.by_kind[kind] - count for kind, count in before.by_kind.items()} == {
        "blob": 1,
        "commit": 1,
        "tree": 1,
        "tag": 0,
    }


def test_an_index_without_ground_is_made_anew(audits: tuple[Living, Audits]) -> None:
    _, since = audits
    before = since.said()
    with closing(sqlite3.connect(since.root / "index.sqlite")) as database, database:
        database.execute("DELETE FROM ground")
    assert not since.grows()
    since.since_last()
    assert since.said() == before
    assert since.grows()


def test_nothing_that_was_found_stands_in_the_ground(audits: tuple[Living, Audits]) -> None:
    """The next audit reads values again where they stand: the index keeps places."""
    living, since = audits
    GROWTHS["a known name in a new path"](living)
    GROWTHS["a known value in a new file"](living)
    since.since_last()
    stored = (since.root / "index.sqlite").read_bytes() + (since.root / "memory.sqlite").read_bytes()
    for value in (PASSWORD, b"anna-lenkovic", b"Anna Lenkovic", b"Bo Quillfeather", ANNA[1]):
        assert value not in stored
