"""The child process: nothing of the folder it works in runs, and its complaints hold no names."""

from pathlib import Path

import pytest

from opensafe.errors import GitFailed
from opensafe.git.child import run_child
from opensafe.git.owned import OwnedRepository
from opensafe.model.gitobjects import Identity
from opensafe.model.identifiers import Oid
from opensafe.rewriting.instructions import Instructions
from tests.rewriting.rewriting_kit import PLACEHOLDER, SECRET, make, redact
from tests.rewriting.rewriting_stories import rich_world


def test_modules_in_the_working_folder_do_not_run(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "work.git")
    marker = tmp_path / "ran"
    for name in ("git_filter_repo.py", "json.py", "sitecustomize.py"):
        (repository.git_dir / name).write_text(f"open({str(marker)!r}, 'w')\n")
    with pytest.raises(GitFailed):
        run_child("opensafe.rewriting.filter_child", repository.git_dir, b"{}")
    assert not marker.exists()


def test_complaints_do_not_quote(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "work.git")
    with pytest.raises(GitFailed) as caught:
        run_child("opensafe.rewriting.filter_child", repository.git_dir, b'{"secret": "' + SECRET)
    assert SECRET.decode() not in caught.value.cause


def test_a_child_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "work.git")
    with pytest.raises(GitFailed, match="did not end within 0 seconds"):
        run_child("opensafe.rewriting.filter_child", repository.git_dir, b"", seconds=0.01)


def test_instructions_survive_the_pipe() -> None:
    told = Instructions(
        revisions=["--glob=refs/x/*"],
        files={(Oid("a" * 40), None): None, (Oid("b" * 40), b"\xff/p"): Oid("c" * 40)},
        paths={b"old\n": b"new\xe9"},
        messages={Oid("d" * 40): b"m\0\xff"},
        lines={Oid("e" * 40): (Identity(b"\xe9", b"", b"1 +0"), Identity(b"", b"x", b"2 +0"))},
        people={(b"a", b"b"): (b"c", b"\xfe")},
    )
    assert Instructions.from_json(told.to_json()) == told


def test_nothing_of_the_work_is_left(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    make(seen, redact(seen, seen.spec, SECRET, PLACEHOLDER))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["public.git", "source.git", "view.git"]
