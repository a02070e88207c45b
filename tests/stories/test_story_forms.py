"""What the stories of odd repositories claim about themselves: plain git, used as usual, is taken in."""

import subprocess
from pathlib import Path

import pytest

from fixtures.kit.plain_git import git
from fixtures.kit.story import Tell
from fixtures.repos.borrowed_objects import lender
from fixtures.repos.linked_worktree import linked
from fixtures.repos.long_history import long_history
from opensafe.model.finding import Category

HIDDEN = ["shallow_repository", "replaced_and_grafted", "forged_commit_graph", "secret_only_in_merge"]
SHOWN = ["key_deleted_in_second_commit", "borrowed_objects"]


def _as_usual(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True).stdout


def _secrets_in_log(story: Tell, name: str) -> tuple[int, int]:
    """How many of the story's secrets `git log -p --all` shows, and how many there are."""
    built = story(name)
    log = _as_usual(built.path, "log", "-p", "--all")
    secrets = [planted.value for planted in built.planted if planted.category is Category.SECRET]
    return sum(value in log for value in secrets), len(secrets)


@pytest.mark.parametrize("name", HIDDEN)
def test_the_usual_log_shows_none_of_what_is_hidden(story: Tell, name: str) -> None:
    seen, planted = _secrets_in_log(story, name)
    assert (seen, planted > 0) == (0, True)


@pytest.mark.parametrize("name", SHOWN)
def test_the_usual_log_shows_what_is_not_hidden(story: Tell, name: str) -> None:
    seen, planted = _secrets_in_log(story, name)
    assert seen == planted > 0


def test_borrowed_objects_lie_in_the_other_repository_only(story: Tell) -> None:
    built = story("borrowed_objects")
    own = [path for path in (built.git_dir / "objects").glob("??/*") if path.is_file()]
    assert own == []
    assert git(lender(built.path), "cat-file", "--batch-all-objects", "--batch-check")


def test_in_a_linked_work_tree_git_is_a_file(story: Tell) -> None:
    other = linked(story("linked_worktree").path)
    assert (other / ".git").read_bytes().startswith(b"gitdir: ")
    assert _as_usual(other, "branch", "--show-current") == b"other\n"


def test_a_corrupt_object_stops_the_usual_log(story: Tell) -> None:
    log = subprocess.run(
        ["git", "log", "-p", "--all"], cwd=story("corrupt_object").path, capture_output=True, check=False
    )
    assert log.returncode == 128


def test_names_that_collide_stand_side_by_side(story: Tell) -> None:
    git_dir = story("colliding_names").git_dir
    assert git(git_dir, "for-each-ref", "--format=%(refname)").split() == [
        b"refs/heads/Beds", b"refs/heads/beds", b"refs/heads/main",
    ]  # fmt: skip
    assert len(git(git_dir, "ls-tree", "-r", "-z", "main").split(b"\0")) == 5


@pytest.mark.parametrize("commits", [2, 300])
def test_a_long_history_has_the_length_that_was_asked_for(tmp_path: Path, commits: int) -> None:
    workshop = long_history(tmp_path / "long", commits, files=7)
    assert workshop.repository.run("rev-list", "--count", "main").split() == [str(commits).encode()]
    assert len(list((tmp_path / "long" / "R").iterdir())) == 7
