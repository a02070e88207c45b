"""A repository that runs programs for who is careless: the guard reads it, and starts and changes nothing."""

import pytest

from fixtures.kit.evidence import digest_tree
from fixtures.kit.story import BuiltStory, Tell
from opensafe.errors import ExitCode
from tests.guard.guard_kit import FAKES, assignment
from tests.journey.journey_commands import run, run_process


@pytest.fixture
def hostile(story: Tell, monkeypatch: pytest.MonkeyPatch) -> BuiltStory:
    """The hostile repository, with the person standing in it as everybody does."""
    built = story("hostile_source")
    monkeypatch.chdir(built.path)
    return built


def test_no_program_of_the_repository_is_started(hostile: BuiltStory, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest_tree(hostile.path)
    assert run("guard", "run", "--staged").code == ExitCode.DONE
    everything = run("guard", "run", "--all-new")
    assert (everything.code, "R/upload.R:1" in everything.out) == (ExitCode.FINDINGS_OPEN, True)
    (hostile.path.parent / "m").write_bytes(assignment(FAKES.password()))
    assert run("guard", "run", "--message", "../m").code == ExitCode.FINDINGS_OPEN
    assert sorted(hostile.markers.iterdir()) == []
    assert digest_tree(hostile.path) == before


def test_a_process_started_inside_imports_no_module_of_it(hostile: BuiltStory) -> None:
    before = digest_tree(hostile.path)
    assert run_process("guard", "run", "--all-new").code == ExitCode.FINDINGS_OPEN
    assert sorted(hostile.markers.iterdir()) == []
    assert digest_tree(hostile.path) == before


def test_an_object_that_its_promisor_would_fetch_is_named_as_missing(hostile: BuiltStory) -> None:
    """The branch `lazy` lacks a blob; git would start a program to get it."""
    ran = run("guard", "run", str(hostile.path), "--all-new")
    assert ran.code == ExitCode.FINDINGS_OPEN
    (hostile.git_dir / "HEAD").write_text("ref: refs/heads/lazy\n", newline="\n")
    lazy = run("guard", "run", str(hostile.path), "--all-new")
    assert (lazy.code, "missing  data/wards.csv" in lazy.out) == (ExitCode.INCOMPLETE, True)
    assert sorted(hostile.markers.iterdir()) == []


def test_its_own_hooks_stay(hostile: BuiltStory) -> None:
    before = digest_tree(hostile.path)
    ran = run("guard", "install", str(hostile.path), "--yes")
    assert (ran.code, ran.out) == (0, "Installed 0 hooks; 0 were there; 3 are another's.\n")
    assert digest_tree(hostile.path) == before
    assert sorted(hostile.markers.iterdir()) == []


@pytest.mark.parametrize("name", ["corrupt_object", "missing_object", "shallow_repository"])
def test_damaged_repositories_are_no_pass(story: Tell, name: str) -> None:
    built = story(name)
    if name != "shallow_repository":  # the damage lies on another branch
        (built.git_dir / "HEAD").write_text("ref: refs/heads/wards\n", newline="\n")
    ran = run("guard", "run", str(built.path), "--all-new")
    assert (ran.code, "not known to be clean; stopped by 1 finding" in ran.out) == (ExitCode.INCOMPLETE, True)


@pytest.mark.parametrize("name", ["sha256_repository", "borrowed_objects", "linked_worktree", "replaced_and_grafted"])
def test_other_repositories_are_read_to_the_end(story: Tell, name: str) -> None:
    document = run("guard", "run", str(story(name).path), "--all-new", "--json").document()
    assert document["coverage"]["read"] == document["coverage"]["objects"] > 0
