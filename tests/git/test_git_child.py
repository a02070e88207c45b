"""The child process: isolated, at home in the repository it was given, and quiet about what it read."""

import json
from pathlib import Path

import pytest

from opensafe.errors import DiskFailed, GitFailed
from opensafe.git.child import _words, run_child
from opensafe.git.owned import OwnedRepository
from opensafe.git.process import check_room

SAY = "invented-" + "value-7"


@pytest.fixture(name="modules")
def _modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose modules an isolated Python must not find, put where others would look for them."""
    folder = tmp_path / "modules"
    folder.mkdir()
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.chdir(folder)
    return folder


def test_a_module_of_the_user_is_not_found(modules: Path, tmp_path: Path) -> None:
    (modules / "planted.py").write_text("print('ran')\n")
    with pytest.raises(GitFailed, match="planted ended with 1"):
        run_child("planted", OwnedRepository.create(tmp_path / "r").git_dir, b"")


def test_what_the_child_prints_comes_back(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "r")
    assert json.loads(run_child("json.tool", repository.git_dir, b'{"a": 1}')) == {"a": 1}


def test_the_child_stands_in_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    repository = OwnedRepository.create(tmp_path / "r")
    printed = run_child("site", repository.git_dir, b"").decode()
    assert repr(str(tmp_path / "modules")) not in printed
    assert "ENABLE_USER_SITE: False" in printed


def test_a_failure_names_its_kind_and_quotes_nothing(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "r")
    with pytest.raises(GitFailed) as failed:
        run_child("json.tool", repository.git_dir, f'{{"{SAY}" "{SAY}"}}'.encode())
    assert "ended with 1" in failed.value.cause
    assert SAY not in failed.value.cause + failed.value.remedy


def test_of_several_complaints_the_one_that_began_it_is_told() -> None:
    """git-filter-repo dies of a broken pipe when git has ended for a reason of its own."""
    stderr = (
        b"fatal: Blob not found: M 100644 1 a\nTraceback (most recent call last):\nBrokenPipeError: [Errno 32] Broken\n"
    )
    assert _words(stderr) == "Blob not found"
    assert _words(stderr.partition(b"\n")[2]) == "[Errno 32] Broken"
    assert _words(b"") == "it said nothing"


def test_a_child_that_does_not_end_is_ended(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "r")
    with pytest.raises(GitFailed, match="did not end within 0 seconds"):
        run_child("json.tool", repository.git_dir, b"{}", seconds=0.001)


def test_a_full_disk_is_named() -> None:
    with pytest.raises(DiskFailed, match="the disk is full: the filter of commits could not write"):
        check_room(b"error: a\nfatal: write error: No space left on device\n", "the filter of commits")
    check_room(b"fatal: write error: Permission denied\n", "the filter of commits")
