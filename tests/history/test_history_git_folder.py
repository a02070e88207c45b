"""Every file of the git folder is a text, read elsewhere, or named as not read."""

from pathlib import Path

import pytest

from opensafe.git.layout import read_layout
from opensafe.history import git_folder as module
from opensafe.history.git_folder import git_folder
from opensafe.history.metadata import Located
from opensafe.model.place import PlaceKind
from opensafe.model.skip import SkipReason, Unread
from opensafe.stories.builder import History
from opensafe.stories.workshop import Workshop
from tests.git.git_kit import ANNA, as_usual

_PLACES = (
    "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD", "MERGE_MSG", "COMMIT_EDITMSG", "SQUASH_MSG", "BISECT_LOG", "gitk.cache",
    "rebase-merge/message", "rebase-apply/0001", "sequencer/todo", "rr-cache/ab/preimage", "info/attributes",
    "info/grafts", "config.worktree", "worktrees/x/config.worktree", "worktrees/x/COMMIT_EDITMSG", "hooks/pre-push",
    "hooks/pre-push.sample", "svn/refs/layout", "modules/lib/config", "modules/lib/logs/HEAD", "branches/old",
    "objects/info/alternates", "objects/pack/pack-1.keep", "objects/pack/pack-1.promisor", "lfs/logs/error.log",
)  # fmt: skip


@pytest.fixture(name="git_dir")
def _git_dir(tmp_path: Path) -> Path:
    """The git folder of a repository of one commit."""
    history = History(ANNA)
    history.commit(b"One\n", {b"a.R": b"one\n"})
    return Workshop.with_history(tmp_path / "r", history).git_dir


def _found(git_dir: Path) -> list[Located | Unread]:
    return list(git_folder(read_layout(git_dir)))


def _texts(found: list[Located | Unread]) -> dict[bytes | None, bytes]:
    configs = [i for i in found if isinstance(i, Located) and i.specimen.kind is PlaceKind.CONFIG]
    return {item.path: item.specimen.data for item in configs}


def _unread(found: list[Located | Unread]) -> dict[bytes | None, SkipReason]:
    return {item.path: item.reason for item in found if isinstance(item, Unread)}


def _write(git_dir: Path, name: str, data: bytes = b"planted\n") -> None:
    (git_dir / name).parent.mkdir(parents=True, exist_ok=True)
    (git_dir / name).write_bytes(data)


@pytest.mark.parametrize("name", _PLACES)
def test_every_place_is_a_text(git_dir: Path, name: str) -> None:
    _write(git_dir, name)
    found = _found(git_dir)
    assert _texts(found)[b".git/" + name.encode()] == b"planted\n"
    assert _unread(found) == {}
    assert not any(item.published for item in found if isinstance(item, Located))


def test_what_has_a_reader_of_its_own_is_not_read_twice(git_dir: Path) -> None:
    as_usual(git_dir.parent, "gc", "--quiet")
    as_usual(git_dir.parent, "commit-graph", "write", "--reachable")
    as_usual(git_dir.parent, "branch", "topic")
    as_usual(git_dir.parent, "commit", "--quiet", "--allow-empty", "--message=Two")
    names = {name for name in _texts(_found(git_dir)) if name and not name.endswith(b".sample")}
    usual = {
        b"HEAD",
        b"config",
        b"info/refs",
        b"objects/info/packs",
        b"COMMIT_EDITMSG",
    }
    assert names == {b".git/" + name for name in usual}


def test_refs_that_are_none_are_texts(git_dir: Path) -> None:
    oid = as_usual(git_dir, "rev-parse", "main").strip()
    _write(git_dir, "refs/heads/garbage", b"a private note\n")
    _write(git_dir, "refs/heads/stale.lock", oid + b"\n")
    _write(git_dir, "refs/remotes/origin/HEAD", b"ref: refs/remotes/origin/main\n")
    _write(
        git_dir, "packed-refs", b"# pack-refs with: peeled\n" + oid + b" refs/tags/v\n^" + oid + b"\na private line\n"
    )
    texts = {name: data for name, data in _texts(_found(git_dir)).items() if name and b"refs" in name}
    assert texts == {b".git/refs/heads/garbage": b"a private note\n", b".git/packed-refs": b"a private line"}


def test_a_large_configuration_is_read_whole_and_a_huge_one_is_named(
    git_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = b"#\n" * (1 << 20) + b"# at the end\n"
    _write(git_dir, "config", config)
    assert _texts(_found(git_dir))[b".git/config"] == config
    monkeypatch.setattr(module, "MAX_FILE", len(config) - 1)
    assert _unread(_found(git_dir)) == {b".git/config": SkipReason.TOO_LARGE}


def test_objects_of_a_submodule_are_named_and_its_texts_are_read(git_dir: Path) -> None:
    _write(git_dir, "modules/lib/HEAD", b"ref: refs/heads/main\n")
    _write(git_dir, "modules/lib/objects/ab/" + "c" * 38)
    _write(git_dir, "modules/lib/config", b"[remote]\n")
    found = _found(git_dir)
    assert _texts(found)[b".git/modules/lib/config"] == b"[remote]\n"
    assert _unread(found) == {b".git/modules/lib/objects": SkipReason.SUBMODULE}


def test_what_an_interrupted_git_left_behind_is_named(git_dir: Path) -> None:
    _write(git_dir, "objects/pack/tmp_pack_x")
    _write(git_dir, "objects/ab/tmp_obj_x")
    _write(git_dir, "objects/incoming-x/ab/" + "c" * 38)
    named = _unread(_found(git_dir))
    assert set(named.values()) == {SkipReason.UNSUPPORTED}
    assert len(named) == 3


def test_an_index_that_cannot_be_read_is_named(git_dir: Path) -> None:
    assert _unread(_found(git_dir)) == {}
    _write(git_dir, "worktrees/x/index", b"DIRC")
    (git_dir / "index").write_bytes((git_dir / "index").read_bytes()[:40])
    assert set(_unread(_found(git_dir))) == {b".git/index", b".git/worktrees/x/index"}


def test_more_files_than_are_read_end_with_a_skip(git_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_FILES", 3)
    assert _unread(_found(git_dir)) == {b".git": SkipReason.TIME_BUDGET}


def test_a_reflog_that_is_not_read_to_its_end_is_named(git_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(git_dir, "logs/refs/heads/gone", b"x" * 100)
    assert _unread(_found(git_dir)) == {}
    monkeypatch.setattr(module, "LARGEST_FILE", 99)
    assert _unread(_found(git_dir)) == {b".git/logs/refs/heads/gone": SkipReason.TOO_LARGE}
