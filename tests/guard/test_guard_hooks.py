"""The installed hooks, started by git itself: what they stop, what they let through, and how they come and go."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from opensafe.casework.hooks import MARKER
from opensafe.errors import ExitCode
from tests.guard.guard_kit import ADDRESS, FAKES, OpenRepository, assignment, patient_table
from tests.journey.journey_commands import assert_refused, run

NAMES = ("commit-msg", "pre-commit", "pre-push")


def _hooks(repository: OpenRepository) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((repository.path / ".git" / "hooks").iterdir())}


def test_commits_by_git_itself(repository: OpenRepository) -> None:
    repository.install()
    head = repository.head()
    repository.stage({"a.R": assignment(FAKES.password())})
    stopped = repository.git("commit", "-m", "Work")
    assert stopped.code != 0
    assert "a.R:1: Password" in stopped.out + stopped.err
    repository.stage({"a.R": b"x <- 2\n", "p.csv": patient_table()})
    assert repository.git("commit", "-m", "Work").code != 0
    repository.git("rm", "--quiet", "--cached", "p.csv")
    assert repository.git("commit", "-m", f"Ask {ADDRESS}").code != 0
    assert repository.head() == head
    done = repository.git("commit", "-m", "Work", "--signoff")
    assert (done.code, repository.git("log", "-1", "--format=%s").out) == (0, "Work\n")
    assert "nothing in it stops this" in done.out + done.err


def test_commit_of_all_files_works_with_another_index(repository: OpenRepository) -> None:
    repository.install()
    (repository.path / "analysis.R").write_bytes(assignment(FAKES.password()))
    stopped = repository.git("commit", "--all", "-m", "Work")
    assert (stopped.code, "analysis.R:1: Password" in stopped.out + stopped.err) == (1, True)


def test_a_push_by_git_itself(repository: OpenRepository, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "remote.git")], check=True)
    repository.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    repository.git("push", "--quiet", "origin", "main")
    repository.install()
    repository.commit({"old.R": assignment(FAKES.password())})
    repository.commit({"old.R": b"x <- 2\n"})
    stopped = repository.git("push", "origin", "main")
    assert stopped.code != 0
    assert "old.R:1 (commit " in stopped.out + stopped.err
    repository.git("reset", "--quiet", "--hard", "HEAD~2")
    repository.commit({"new.R": b"x <- 3\n"})
    assert repository.git("push", "origin", "main").code == 0


def test_in_a_linked_work_tree_its_own_index_counts(repository: OpenRepository, tmp_path: Path) -> None:
    repository.install()
    repository.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    linked = OpenRepository(tmp_path / "side")
    repository.stage({"main.R": b"x <- 3\n"})
    linked.stage({"side.R": assignment(FAKES.password())})
    stopped = linked.git("commit", "-m", "Side")
    assert (stopped.code, "side.R:1" in stopped.out + stopped.err) == (1, True)


def test_hooks_are_announced_and_nothing_is_written_without_a_yes(repository: OpenRepository) -> None:
    before = _hooks(repository) if (repository.path / ".git" / "hooks").exists() else {}
    asked = run("guard", "install", str(repository.path))
    assert asked.code == ExitCode.USAGE
    assert "This will be written:\n" in asked.err
    assert f"{repository.path}/.git/hooks/pre-commit (absent)\n#!/bin/sh\n" in asked.err
    assert "give it with --yes" in asked.err
    assert (_hooks(repository) if before else {}) == before


def test_installing_twice_changes_nothing_and_another_case_is_brought_up_to_date(
    repository: OpenRepository, tmp_path: Path
) -> None:
    first = run("guard", "install", str(repository.path), "--yes")
    assert first.out == "Installed 3 hooks; 0 were there; 0 are another's.\n"
    written = _hooks(repository)
    assert set(NAMES) <= set(written)
    assert all(b"\r" not in written[name] and MARKER in written[name] for name in NAMES)
    if os.name == "posix":
        assert all(os.access(repository.path / ".git" / "hooks" / name, os.X_OK) for name in NAMES)
    again = run("guard", "install", str(repository.path), "--yes")
    assert (again.out, _hooks(repository)) == ("Installed 0 hooks; 3 were there; 0 are another's.\n", written)
    case = tmp_path / "it's a case"
    nowhere = run("guard", "install", str(repository.path), "--yes", "--case", str(case))
    assert_refused(nowhere, ExitCode.USAGE, "is not a case")
    assert run("start", str(repository.path), "--case", str(case)).code == 0
    named = run("guard", "install", str(repository.path), "--yes", "--case", str(case))
    assert named.out == "Installed 3 hooks; 0 were there; 0 are another's.\n"
    words = shlex.split(_hooks(repository)["pre-commit"].decode().splitlines()[-1])
    assert words[-5:] == ["--case", str(case), "guard", "run", "--staged"]


def test_hooks_of_others_stay_and_are_told_what_to_add(repository: OpenRepository) -> None:
    hooks = repository.path / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "pre-commit").write_bytes(b"#!/bin/sh\nexit 0\n")
    (hooks / "pre-push").symlink_to(hooks / "pre-commit")
    ran = run("guard", "install", str(repository.path), "--yes", "--json")
    details = ran.document()["details"]
    assert [Path(name).name for name in details["written"]] == ["commit-msg"]
    commit, push = details["by_hand"]
    assert commit.startswith(f"{hooks / 'pre-commit'}: ")
    assert commit.endswith(" guard run --staged || exit $?")
    assert push.startswith(f"{hooks / 'pre-push'}: ")
    assert push.endswith('--remote="$remote" || exit $?')
    assert (hooks / "pre-commit").read_bytes() == b"#!/bin/sh\nexit 0\n"
    assert run("guard", "install", str(repository.path), "--remove", "--yes").out == "Removed 1 hooks.\n"
    assert {"pre-commit", "pre-push"} <= set(_hooks(repository))
    assert "commit-msg" not in _hooks(repository)


def test_a_link_where_a_hook_goes_is_not_written_through(repository: OpenRepository, tmp_path: Path) -> None:
    hooks = repository.path / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    precious = tmp_path / "precious"
    precious.write_bytes(b"mine\n")
    for name in ("pre-commit", "pre-commit.new", "commit-msg.new"):
        (hooks / name).symlink_to(precious)
    assert run("guard", "install", str(repository.path), "--yes").out.startswith("Installed 2 hooks; ")
    assert precious.read_bytes() == b"mine\n"
    assert (hooks / "commit-msg").is_file()


@pytest.mark.parametrize("place", ["repository", "user"])
def test_where_git_looks_for_hooks_elsewhere_none_are_written(
    repository: OpenRepository, place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = set((repository.path / ".git").rglob("*"))
    if place == "user":
        (tmp_path / "gitconfig").write_text("[user]\n\tname = Jo\n[core]\n\thooksPath = elsewhere\n", encoding="utf-8")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    else:
        repository.git("config", "core.hooksPath", "elsewhere")
    ran = run("guard", "install", str(repository.path), "--yes")
    assert_refused(ran, ExitCode.USAGE, "core.hooksPath", "guard run --staged", "guard run --push")
    assert set((repository.path / ".git").rglob("*")) == before


def test_a_comment_about_hooks_is_no_setting(repository: OpenRepository) -> None:
    with (repository.path / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write("# hooksPath = elsewhere\n")
    assert run("guard", "install", str(repository.path), "--yes").code == 0


def test_removal_without_hooks(repository: OpenRepository) -> None:
    assert run("guard", "install", str(repository.path), "--remove").out == "Removed 0 hooks.\n"


def test_a_hook_looks_at_the_repository_that_git_names(
    repository: OpenRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`git --git-dir=… --work-tree=…`, as people keep the files of their home folder: GIT_DIR is another's."""
    other = OpenRepository.make(tmp_path / "other")
    other.stage({"a.R": assignment(FAKES.password())})
    monkeypatch.chdir(repository.path)
    assert run("guard", "run", "--staged").code == ExitCode.DONE
    monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
    assert run("guard", "run", "--staged").code == ExitCode.FINDINGS_OPEN
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "absent"))
    assert run("guard", "run", "--staged").out == "Nothing was read: nothing is new.\n"
    assert run("guard", "run", str(repository.path), "--staged").code == ExitCode.DONE
