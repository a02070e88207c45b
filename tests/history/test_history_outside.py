"""What lies beside the object store, and what bends the history."""

import os
import re
from pathlib import Path

import pytest

from fixtures.kit.story import Tell
from fixtures.repos.linked_worktree import linked
from opensafe.history import work_tree
from opensafe.history.metadata import Located
from opensafe.history.outside import outside
from opensafe.history.setting import HistorySetting
from opensafe.model.place import PlaceKind
from opensafe.model.skip import SkipReason, Unread
from opensafe.stories.builder import History
from opensafe.stories.workshop import Workshop
from tests.git.git_kit import ANNA, as_usual
from tests.history.history_kit import read

Found = Located | Unread | HistorySetting


def _beside(source: Path, folder: Path, *, work_tree: bool = True) -> list[Found]:
    history = read(source, folder)
    return list(outside(history.layout, history.staged, work_tree=work_tree))


def _files(found: list[Found]) -> dict[bytes | None, bytes]:
    """Path and content of files, without those that git puts into every folder."""
    texts = [item for item in found if isinstance(item, Located) and item.specimen.kind is not PlaceKind.PATH]
    return {item.path: item.specimen.data for item in texts if not _USUAL.fullmatch(item.path or b"")}


_USUAL = re.compile(rb"\.git/(?:HEAD|description|info/exclude|hooks/.*\.sample|worktrees/[^/]+/(?:HEAD|commondir))")


@pytest.fixture(name="source")
def _source(tmp_path: Path) -> Path:
    """Two committed files, checked out."""
    history = History(ANNA)
    history.commit(b"One\n", {b"a.R": b"one\ntwo\n", b"d/b.R": b"three\n", b".gitignore": b".env\n"})
    Workshop.with_history(tmp_path / "r", history)
    return tmp_path / "r"


def test_configuration_hooks_and_files_that_git_does_not_keep(story: Tell, tmp_path: Path) -> None:
    built = story("settings_on_disk")
    (built.git_dir / "hooks").mkdir(exist_ok=True)
    (built.git_dir / "hooks" / "pre-push").write_bytes(b"#!/bin/sh\n")
    (built.git_dir / "hooks" / "pre-push.sample").write_bytes(b"#!/bin/sh\n")
    found = _beside(built.path, tmp_path)
    files = _files(found)
    assert set(files) == {b".git/config", b".git/hooks/pre-push", b".env", b"scratch.R", b"untracked.csv"}
    planted = {p.value for p in built.planted if p.kind in {PlaceKind.WORKTREE, PlaceKind.CONFIG}}
    assert all(any(value in data for data in files.values()) for value in planted)
    kinds = {item.path: item.specimen.kind for item in found if isinstance(item, Located)}
    names = {i.path for i in found if isinstance(i, Located) and i.specimen.data == i.path}
    assert names >= {b".git/hooks/pre-push", b".git/hooks/pre-push.sample", b".env", b"scratch.R", b"untracked.csv"}
    assert kinds[b".git/config"] is PlaceKind.CONFIG
    assert kinds[b".env"] is PlaceKind.WORKTREE
    assert not any(item.published or item.in_head for item in found if isinstance(item, Located))


def test_without_the_work_tree_only_the_git_folder(story: Tell, tmp_path: Path) -> None:
    found = _beside(story("settings_on_disk").path, tmp_path, work_tree=False)
    assert set(_files(found)) == {b".git/config"}


def test_a_bare_repository_has_no_work_tree(story: Tell, tmp_path: Path) -> None:
    assert set(_files(_beside(story("strange_history").path, tmp_path))) == {b".git/config"}


def test_a_clean_work_tree_holds_nothing_new(source: Path, tmp_path: Path) -> None:
    assert set(_files(_beside(source, tmp_path))) == {b".git/config"}


def test_a_file_that_was_changed_and_not_staged_is_read(source: Path, tmp_path: Path) -> None:
    (source / "a.R").write_bytes(b"one\nchanged\n")
    (source / "d" / "b.R").write_bytes(b"three\r\n")
    found = _files(_beside(source, tmp_path))
    assert found.pop(b".git/config")
    assert found == {b"a.R": b"one\nchanged\n"}, "other line ends are no change"


def test_a_file_of_which_only_the_name_is_staged_is_read(source: Path, tmp_path: Path) -> None:
    (source / "new.R").write_bytes(b"new\n")
    as_usual(source, "add", "--intent-to-add", "new.R")
    assert _files(_beside(source, tmp_path))[b"new.R"] == b"new\n"


def test_links_are_not_followed_and_their_targets_are_texts(source: Path, tmp_path: Path) -> None:
    secret = tmp_path / "elsewhere"
    (secret / "inner").mkdir(parents=True)
    (secret / "inner" / "file").write_bytes(b"not ours\n")
    (source / "to-file").symlink_to(secret / "inner" / "file")
    (source / "to-folder").symlink_to(secret, target_is_directory=True)
    (source / ".git" / "hooks").symlink_to(secret / "inner", target_is_directory=True)
    (source / ".git" / "config").rename(secret / "config")
    (source / ".git" / "config").symlink_to(secret / "config")
    found = _beside(source, tmp_path)
    assert _files(found) == {
        b"to-file": os.fsencode(secret / "inner" / "file"),
        b"to-folder": os.fsencode(secret),
        b".git/hooks": os.fsencode(secret / "inner"),
        b".git/config": os.fsencode(secret / "config"),
    }
    unread = [item.path for item in found if isinstance(item, Unread) and item.reason is SkipReason.SYMLINK]
    assert unread == [b".git/config", b".git/hooks"]


def test_a_link_that_is_tracked_is_nothing_new(source: Path, tmp_path: Path) -> None:
    (source / "current").symlink_to("a.R")
    as_usual(source, "add", "current")
    assert set(_files(_beside(source, tmp_path))) == {b".git/config"}
    (source / "current").unlink()
    (source / "current").symlink_to("d/b.R")
    assert _files(_beside(source, tmp_path))[b"current"] == b"d/b.R"


def test_packages_and_other_repositories_are_left_to_their_owners_and_named(source: Path, tmp_path: Path) -> None:
    left = ("nested", "node_modules/lib", "d/.venv", "renv/library/R", "packrat/src", "bare")
    for folder in (*left, "kept", "venv", "renv/other", ".Rproj.user"):
        (source / folder).mkdir(parents=True)
        (source / folder / "file").write_bytes(b"x\n")
    (source / "nested" / ".git").write_bytes(b"gitdir: ../.git/modules/nested\n")
    (source / "d" / ".venv" / "pyvenv.cfg").write_bytes(b"home = /usr\n")
    (source / "bare" / "objects").mkdir()
    (source / "bare" / "HEAD").write_bytes(b"ref: refs/heads/main\n")
    found = _beside(source, tmp_path)
    read_files = {b"kept/file", b"venv/file", b"renv/other/file", b".Rproj.user/file"}
    assert set(_files(found)) == {b".git/config"} | read_files
    settings = {item.id: item for item in found if isinstance(item, HistorySetting)}
    assert settings["packages-not-read"].paths == (b"d/.venv", b"node_modules", b"packrat/src", b"renv/library")
    assert settings["repositories-not-read"].paths == (b"bare", b"nested")
    assert all(item.title and item.remedy in item.explained for item in settings.values())
    assert not [item for item in found if isinstance(item, Unread)]


def test_what_git_keeps_among_packages_is_compared(source: Path, tmp_path: Path) -> None:
    (source / "node_modules").mkdir()
    for name in ("same.js", "changed.js"):
        (source / "node_modules" / name).write_bytes(b"one\n")
    as_usual(source, "add", "--force", "node_modules")
    (source / "node_modules" / "changed.js").write_bytes(b"two\n")
    (source / "node_modules" / "untracked.js").write_bytes(b"three\n")
    assert set(_files(_beside(source, tmp_path))) == {b".git/config", b"node_modules/changed.js"}


def test_what_is_too_large_or_unreadable_is_named(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_tree, "MAX_FILE", 20)
    (source / "large").write_bytes(b"x" * 21)
    (source / "fits").write_bytes(b"x" * 20)
    found = _beside(source, tmp_path)
    assert Unread(SkipReason.TOO_LARGE, path=b"large", detail="work tree") in found
    assert {item.path for item in found if isinstance(item, Located)} >= {b"large", b"fits"}, "its name is a text"
    assert b"fits" in _files(found)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="for root every file is readable")
def test_an_unreadable_file_is_named(source: Path, tmp_path: Path) -> None:
    (source / "closed").write_bytes(b"x")
    (source / "closed").chmod(0)
    assert Unread(SkipReason.UNREADABLE_FILE, path=b"closed", detail="work tree") in _beside(source, tmp_path)


def test_a_large_tracked_file_is_compared_and_not_named(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_tree, "MAX_FILE", 3)
    assert [item for item in _beside(source, tmp_path) if isinstance(item, Unread)] == []


def test_more_files_than_are_read_end_with_a_skip(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_tree, "_MAX_FILES", 3)
    for number in range(5):
        (source / f"file-{number}").write_bytes(b"x\n")
    found = _beside(source, tmp_path)
    assert set(_files(found)) == {b".git/config", b"file-0", b"file-1", b"file-2"}
    assert [item for item in found if isinstance(item, Unread)] == [
        Unread(SkipReason.TIME_BUDGET, path=b"file-3", detail="more files outside git than are read")
    ]


def test_linked_work_trees_are_read_where_they_lead_back(story: Tell, tmp_path: Path) -> None:
    main = story("linked_worktree").path
    other = linked(main)
    (other / "notes.txt").write_bytes(b"there\n")
    (main / "notes.txt").write_bytes(b"here\n")
    prefix = b"worktrees/" + os.fsencode(other.name)
    here, there = _files(_beside(main, tmp_path)), _files(_beside(other, tmp_path))
    assert {here[b"notes.txt"], here[prefix + b"/notes.txt"]} == {b"here\n", b"there\n"}
    assert (there[b"notes.txt"], there[b"main-worktree/notes.txt"]) == (b"there\n", b"here\n")
    (other / ".git").unlink()
    found = _beside(main, tmp_path)
    assert not any(name and name.startswith(prefix) for name in _files(found))
    detail = "a linked work tree that is not where it was"
    assert Unread(SkipReason.MISSING, path=prefix + b"/", detail=detail) in found


def test_a_folder_that_does_not_lead_back_is_not_read(source: Path, tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "letter").write_bytes(b"not of this repository\n")
    claim = source / ".git" / "worktrees" / "claimed"
    claim.mkdir(parents=True)
    (claim / "gitdir").write_text(f"{tmp_path / 'private' / '.git'}\n")
    found = _files(_beside(source, tmp_path))
    assert not any(name and b"letter" in name for name in found)
