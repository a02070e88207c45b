"""Commits and tags through GitPython: dated, signed by whom they name, and in our own repository only."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fixtures.kit.evidence import digest_tree
from fixtures.kit.plain_git import git
from opensafe.errors import GitFailed
from opensafe.git.owned import OwnedRepository
from opensafe.git.porcelain import Signature, annotated_tag, commit_files
from opensafe.model.identifiers import Oid
from opensafe.stories.builder import MAIN, History, symlink
from opensafe.stories.workshop import Workshop
from tests.git.git_kit import ANNA, full_tree

WHO = Signature("Bén Example", "ben@example.org", "2026-11-22T10:00:00+01:00")
_LINE = "Bén Example <ben@example.org> 1795338000 +0100".encode()


@pytest.fixture(name="ours")
def _ours(tmp_path: Path) -> OwnedRepository:
    history = History(ANNA)
    history.commit(b"One\n", {b"a": b"1\n", b"d/b": b"2\n", b"link": symlink(b"a")})
    workshop = Workshop.open(tmp_path / "ours", bare=True)
    workshop.tell(history)
    return workshop.repository


def _tip(repository: OwnedRepository) -> Oid:
    return repository.refs()[MAIN]


def test_a_commit_adds_and_replaces_files_and_leaves_the_rest(ours: OwnedRepository) -> None:
    before = _tip(ours)
    files = {"a": b"new\r\n", "d/c": b"3\n", "e/é.txt": b"4\n"}
    made = commit_files(ours, MAIN, files, "Add files\n\nBecause.\n", WHO)
    assert made == _tip(ours)
    head, _, message = git(ours.git_dir, "cat-file", "commit", made).partition(b"\n\n")
    assert head.split(b"\n")[1:] == [b"parent " + before.encode(), b"author " + _LINE, b"committer " + _LINE]
    assert message == b"Add files\n\nBecause.\n"
    modes = {path.decode(): mode for path, (mode, _) in full_tree(ours.git_dir, made).items()}
    assert modes == {**dict.fromkeys(["a", "d/b", "d/c", "e/é.txt"], "100644"), "link": "120000"}
    assert git(ours.git_dir, "cat-file", "blob", f"{made}:a") == b"new\r\n"
    assert ours.fsck() == ""
    assert not list(ours.git_dir.glob("tmp*")), "no index is left behind"


def test_an_annotated_tag_says_who_and_when(ours: OwnedRepository) -> None:
    tag = annotated_tag(ours, "v1.0.0", _tip(ours), "Release\n\n# not a comment\n", WHO)
    head, _, message = git(ours.git_dir, "cat-file", "tag", tag).partition(b"\n\n")
    assert head.split(b"\n") == [
        b"object " + _tip(ours).encode(), b"type commit", b"tag v1.0.0", b"tagger " + _LINE,
    ]  # fmt: skip
    assert message == b"Release\n\n# not a comment\n"
    assert ours.refs()[b"refs/tags/v1.0.0"] == tag


def test_what_a_killed_run_left_is_replaced_where_that_is_asked_for(ours: OwnedRepository) -> None:
    former = annotated_tag(ours, "v1", _tip(ours), "One", WHO)
    tag = annotated_tag(ours, "v1", _tip(ours), "Two", WHO, replace=True)
    assert former != tag == ours.refs()[b"refs/tags/v1"]


def test_a_tag_is_never_moved(ours: OwnedRepository) -> None:
    tag = annotated_tag(ours, "v1", _tip(ours), "One", WHO)
    with pytest.raises(GitFailed, match="already exists"):
        annotated_tag(ours, "v1", _tip(ours), "Two", WHO)
    assert ours.refs()[b"refs/tags/v1"] == tag


def test_a_branch_that_does_not_exist(ours: OwnedRepository) -> None:
    before = ours.refs()
    with pytest.raises(GitFailed):
        commit_files(ours, b"refs/heads/absent", {"a": b""}, "m", WHO)
    assert ours.refs() == before


def test_nothing_of_the_users_configuration_is_obeyed(
    ours: OwnedRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "hooks").mkdir(parents=True)
    (home / "hooks" / "reference-transaction").write_text(f"#!/bin/sh\n: > '{home / 'ran'}'\n", newline="\n")
    (home / "hooks" / "reference-transaction").chmod(0o755)
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Planted\n\temail = planted@example.org\n[tag]\n\tgpgSign = true\n[commit]\n\tgpgSign = true\n"
        f"[core]\n\thooksPath = {(home / 'hooks').as_posix()}\n[gpg]\n\tprogram = {(home / 'gpg').as_posix()}\n"
    )
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    commit_and_tag(ours)
    assert_made_by_us(ours)
    assert not (home / "ran").exists()


def test_a_hook_of_the_users_may_call_us(
    ours: OwnedRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git tells its hooks where they are by variables, which GitPython would pass on."""
    theirs = OwnedRepository.create(tmp_path / "theirs", bare=False)
    untouched = digest_tree(tmp_path / "theirs")
    inherited = {
        "GIT_DIR": str(theirs.git_dir),
        "GIT_OBJECT_DIRECTORY": str(theirs.git_dir / "objects"),
        "GIT_INDEX_FILE": str(theirs.git_dir / "index"),
        "GIT_WORK_TREE": str(tmp_path / "theirs"),
        "GIT_CONFIG_PARAMETERS": "'user.name=Planted'",
        "GIT_NAMESPACE": "planted",
    }
    with monkeypatch.context() as patch:
        for name, value in inherited.items():
            patch.setenv(name, value)
        commit_and_tag(ours)
        assert {name: os.environ.get(name) for name in inherited} == inherited, "they are given back"
        assert "GIT_PYTHON_GIT_EXECUTABLE" not in os.environ
    assert_made_by_us(ours)
    assert digest_tree(tmp_path / "theirs") == untouched


def commit_and_tag(ours: OwnedRepository) -> None:
    made = commit_files(ours, MAIN, {"new": b"1\n"}, "New\n", WHO)
    annotated_tag(ours, "v2", made, "Two", WHO)


def assert_made_by_us(ours: OwnedRepository) -> None:
    made, tag = ours.refs()[MAIN], ours.refs()[b"refs/tags/v2"]
    text = git(ours.git_dir, "cat-file", "commit", made) + git(ours.git_dir, "cat-file", "tag", tag)
    assert text.count(_LINE) == 3
    assert b"SIGNATURE" not in text
    assert ours.fsck() == ""


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="signing with an SSH key needs ssh-keygen")
def test_a_tag_is_signed_with_the_users_own_key(
    ours: OwnedRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "key"
    make_key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
    subprocess.run(make_key, check=True, capture_output=True)
    config = f"[gpg]\n\tformat = ssh\n[user]\n\tname = Planted\n\tsigningkey = {key.as_posix()}\n"
    (tmp_path / ".gitconfig").write_text(config)
    monkeypatch.setenv("HOME", str(tmp_path))
    tag = annotated_tag(ours, "v3", _tip(ours), "Three", WHO, sign=True)
    text = git(ours.git_dir, "cat-file", "tag", tag)
    assert b"tagger " + _LINE in text
    assert b"\nThree\n-----BEGIN SSH " + b"SIGNATURE-----\n" in text
