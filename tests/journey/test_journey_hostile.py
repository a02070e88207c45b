"""A repository that runs programs for who is careless is taken all the way, and nothing of it is run."""

import pytest

from fixtures.kit.evidence import digest_tree
from fixtures.kit.plain_git import fsck
from fixtures.kit.story import BuiltStory, Tell
from tests.journey.journey_commands import run_process
from tests.journey.journey_trip import Trip


@pytest.fixture
def hostile(story: Tell, monkeypatch: pytest.MonkeyPatch) -> BuiltStory:
    """The hostile repository, with the person standing in it as everybody does."""
    built = story("hostile_source")
    monkeypatch.chdir(built.path)
    return built


def test_the_whole_journey_starts_no_program_and_changes_no_byte(hostile: BuiltStory) -> None:
    before = digest_tree(hostile.path)
    trip = Trip.start(hostile.path)
    trip.go_all_the_way()
    assert sorted(hostile.markers.iterdir()) == []
    assert digest_tree(hostile.path) == before
    assert fsck(trip.public) == frozenset()


def test_a_process_started_inside_imports_no_module_of_it(hostile: BuiltStory) -> None:
    """Its `json.py`, `typing.py` and `sitecustomize.py` lie in the current folder."""
    before = digest_tree(hostile.path)
    assert run_process("start", ".").code == 0
    audited = run_process("audit")
    assert (audited.code, audited.err) == (11, "next: opensafe findings\n")
    assert run_process("status").code == 0
    assert sorted(hostile.markers.iterdir()) == []
    assert digest_tree(hostile.path) == before
