"""The traps of the hostile story are real: each fires when somebody is careless, none while the story is built."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from fixtures.kit.story import BuiltStory, Tell
from fixtures.kit.traps import HOOKS
from fixtures.repos.hostile_source import ABSENT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts")

# The marker that appears, and the careless git command that lets it.
CARELESS = {
    "fsmonitor": ["status"],
    "textconv": ["log", "-p", "--max-count=1", "main"],
    "diff-external": ["diff", "main~1", "main"],
    "filter-clean": ["hash-object", "R/upload.R"],
    "filter-smudge": ["cat-file", "--filters", "main:R/upload.R"],
    "gpg": ["log", "--max-count=1", "signed"],
    "alias": ["trap"],
    "credential-helper": ["credential", "fill"],
    "promisor": ["cat-file", "-p", f"lazy:{ABSENT}"],
    "embedded": ["-C", "vendor/embedded", "status"],
    "editor": ["config", "--edit"],
    "hook-reference-transaction": ["update-ref", "refs/heads/new", "main"],
    "hook-pre-commit": ["commit", "--allow-empty", "--message", "x"],
    "hook-commit-msg": ["commit", "--allow-empty", "--message", "x"],
    "hook-post-commit": ["commit", "--allow-empty", "--message", "x"],
    "hook-post-checkout": ["checkout", "--quiet", "-b", "new"],
}


def _run(built: BuiltStory, vector: Sequence[str], **variables: str) -> list[str]:
    """Run a program in the work tree; the names of the markers that are there afterwards."""
    careless = {name: value for name, value in os.environ.items() if name != "GIT_EDITOR"}
    subprocess.run(
        vector, cwd=built.path, input=b"url=https://git.example.org\n\n", capture_output=True, check=False,
        env=careless | variables, timeout=60,
    )  # fmt: skip
    return sorted(marker.name for marker in built.markers.iterdir())


@pytest.mark.parametrize("marker", CARELESS)
def test_a_careless_git_command_springs_the_trap(story: Tell, marker: str) -> None:
    built = story("hostile_source")
    assert list(built.markers.iterdir()) == []
    assert marker in _run(built, ["git", *CARELESS[marker]], EDITOR="")


@pytest.mark.parametrize("module", ["json", "typing"])
def test_a_python_started_in_the_work_tree_imports_what_lies_there(story: Tell, module: str) -> None:
    built = story("hostile_source")
    assert _run(built, [sys.executable, "-c", f"import {module}"]) == [f"python-{module}"]


def test_a_python_path_that_names_the_work_tree_runs_its_start_up_module(story: Tell) -> None:
    built = story("hostile_source")
    assert "python-sitecustomize" in _run(built, [sys.executable, "-c", ""], PYTHONPATH=".")


def test_a_git_in_the_work_tree_is_run_by_who_looks_there(story: Tell) -> None:
    assert _run(story("hostile_source"), ["./git"]) == ["program-git"]


def test_there_is_a_hook_of_every_name(story: Tell) -> None:
    hooks = story("hostile_source").git_dir / "hooks"
    assert sorted(hook.name for hook in hooks.iterdir()) == sorted(HOOKS)
    assert all(os.access(hook, os.X_OK) for hook in hooks.iterdir())


def test_the_markers_lie_beside_the_story_so_that_its_own_bytes_stay(story: Tell, tmp_path: Path) -> None:
    assert story("hostile_source").markers == tmp_path / "hostile_source.markers"
