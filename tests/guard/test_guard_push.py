"""`guard run --push` and `--all-new`: what a remote does not have yet, and nothing but that."""

from pathlib import Path

import pytest

from opensafe.errors import ExitCode
from tests.guard.guard_kit import ADDRESS, FAKES, ZERO, OpenRepository, assignment
from tests.journey.journey_commands import assert_refused

_MAIN = "refs/heads/main"


def _clean(words: str) -> tuple[int, str]:
    return ExitCode.DONE, f"Read {words}; nothing in it stops this.\n"


def test_an_old_commit_that_the_remote_has_not_stops_the_push(
    repository: OpenRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = repository.head()
    bad = repository.commit({"old.R": assignment(FAKES.password())})
    last = repository.commit({"old.R": b"x <- 2\n"})
    ran = repository.guard_push(monkeypatch, f"{_MAIN} {last} {_MAIN} {remote}")
    assert ran.code == ExitCode.FINDINGS_OPEN
    assert ran.out.startswith(f"old.R:1 (commit {bad[:12]}): Password")
    assert "Read 4 of 4 new objects (2 blobs, 2 commits); stopped by 1 finding.\n" in ran.out


def test_what_the_remote_has_is_not_asked_again(repository: OpenRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    remote = repository.commit({"old.R": assignment(FAKES.password())})
    last = repository.commit({"new.R": b"x <- 2\n"})
    ran = repository.guard_push(monkeypatch, f"{_MAIN} {last} {_MAIN} {remote}")
    assert (ran.code, ran.out) == _clean("2 of 2 new objects (1 blob, 1 commit)")


def test_a_new_branch_counts_from_what_this_very_remote_was_seen_with(
    repository: OpenRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = repository.commit({"old.R": assignment(FAKES.password())})
    repository.git("update-ref", "refs/remotes/private/main", seen)
    last = repository.commit({"new.R": b"x <- 2\n"})
    line = f"refs/heads/topic {last} refs/heads/topic {ZERO}"
    assert repository.guard_push(monkeypatch, line, remote="private").code == ExitCode.DONE
    assert repository.guard_push(monkeypatch, line, remote="public").code == ExitCode.FINDINGS_OPEN
    assert repository.guard_push(monkeypatch, line).code == ExitCode.FINDINGS_OPEN


def test_a_remote_id_that_is_not_here_hides_nothing(
    repository: OpenRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = repository.commit({"old.R": assignment(FAKES.password())})
    ran = repository.guard_push(monkeypatch, f"{_MAIN} {last} {_MAIN} {'5eed' * 10}")
    assert ran.code == ExitCode.FINDINGS_OPEN


@pytest.mark.parametrize("line", [f"(delete) {ZERO} {_MAIN} {'5eed' * 10}", ""])
def test_nothing_to_push(repository: OpenRepository, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    ran = repository.guard_push(monkeypatch, line)
    assert (ran.code, ran.out) == (ExitCode.DONE, "Nothing was read: nothing is new.\n")


@pytest.mark.parametrize("line", ["nonsense", f"{_MAIN} HEAD {_MAIN} {ZERO}", f"{_MAIN} {ZERO[1:]} {_MAIN} {ZERO}"])
def test_lines_that_git_does_not_write_are_refused(
    repository: OpenRepository, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    assert_refused(repository.guard_push(monkeypatch, line), ExitCode.USAGE, "pre-push hook")


def test_messages_names_and_tags_are_read_and_authors_are_not(
    repository: OpenRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = repository.head()
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", ADDRESS)
    clean = repository.commit({"a.R": b"x <- 2\n"}, "Tidy")
    assert repository.guard_push(monkeypatch, f"{_MAIN} {clean} {_MAIN} {remote}").code == ExitCode.DONE
    named = f"refs/heads/{ADDRESS} {clean} refs/heads/{ADDRESS} {remote}"
    assert "the name refs/heads/[" in repository.guard_push(monkeypatch, named).out
    repository.git("tag", "-a", "v1", "-m", f"Without {ADDRESS}")
    tag = repository.git("rev-parse", "v1").out.strip()
    tagged = repository.guard_push(
        monkeypatch, f"refs/tags/v1 {tag} refs/tags/v1 {ZERO}", f"x {clean} {_MAIN} {remote}"
    )
    assert (tagged.code, tagged.out.partition(" of ")[0]) == (ExitCode.FINDINGS_OPEN, "tag message")
    said = repository.commit({}, f"Drop {ADDRESS}")
    ran = repository.guard_push(monkeypatch, f"{_MAIN} {said} {_MAIN} {clean}")
    assert ran.out.startswith(f"commit message of {said[:12]}:1: E-mail address")


def test_a_secret_that_comes_with_a_merge_only(repository: OpenRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    base = repository.head()
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit({"side.R": b"x <- 2\n"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"main.R": b"x <- 3\n"})
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "side")
    merged = repository.commit({"merge.R": assignment(FAKES.password())}, "Merge")
    ran = repository.guard_push(monkeypatch, f"{_MAIN} {merged} {_MAIN} {base}")
    assert ran.out.startswith(f"merge.R:1 (commit {merged[:12]})")
    assert "(3 blobs, 3 commits)" in ran.out


def test_all_new_is_what_the_default_branch_of_the_remote_has_not(repository: OpenRepository, tmp_path: Path) -> None:
    repository.commit({"old.R": assignment(FAKES.password())})
    everything = repository.guard("--all-new")
    assert everything.code == ExitCode.FINDINGS_OPEN
    clone = repository.clone(tmp_path / "clone")
    nothing = clone.guard()
    assert (nothing.code, nothing.out) == (
        ExitCode.DONE,
        "Nothing was read: refs/remotes/origin/HEAD holds everything that HEAD does.\n",
    )
    clone.commit({"new.R": b"x <- 2\n"})
    assert (clone.guard().code, clone.guard().out) == _clean("2 of 2 new objects (1 blob, 1 commit)")
    clone.commit({"bad.R": assignment(FAKES.password())})
    assert clone.guard("--all-new").code == ExitCode.FINDINGS_OPEN


def test_a_shallow_clone_is_never_a_pass(repository: OpenRepository, tmp_path: Path) -> None:
    repository.commit({"a.R": b"x <- 2\n"})
    shallow = repository.clone(tmp_path / "shallow", "--depth=1")
    ran = shallow.guard("--all-new")
    assert ran.code == ExitCode.INCOMPLETE
    assert "shallow history" in ran.out
    assert "fetch-depth: 0" in ran.err
    assert shallow.guard("--all-new", "--json").document()["coverage"]["complete"] is False
    whole = repository.clone(tmp_path / "whole")
    assert whole.guard("--all-new").code == ExitCode.DONE


def test_a_push_out_of_a_shallow_clone_is_whole_where_the_remote_has_the_rest(
    repository: OpenRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"a.R": b"x <- 2\n"})
    shallow = repository.clone(tmp_path / "shallow", "--depth=1")
    had, new = shallow.head(), shallow.commit({"b.R": b"x <- 3\n"})
    known = shallow.guard_push(monkeypatch, f"{_MAIN} {new} {_MAIN} {had}")
    assert (known.code, known.out) == _clean("2 of 2 new objects (1 blob, 1 commit)")
    unknown = shallow.guard_push(monkeypatch, f"{_MAIN} {new} {_MAIN} {ZERO}")
    assert unknown.code == ExitCode.INCOMPLETE


@pytest.mark.parametrize("lost", ["{0}^{{tree}}", "{0}:d", "{0}", "{0}:d/a.R"])
def test_what_is_lost_on_the_way_is_no_pass(
    repository: OpenRepository, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    remote = repository.head()
    middle = repository.commit({"d/a.R": b"x <- 2\n"})
    last = repository.commit({"d/a.R": b"x <- 3\n"})
    line = f"{_MAIN} {last} {_MAIN} {remote}"
    assert repository.guard_push(monkeypatch, line).code == ExitCode.DONE
    oid = repository.git("rev-parse", lost.format(middle)).out.strip()
    (repository.path / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    ran = repository.guard_push(monkeypatch, line)
    assert (ran.code, f"missing  {'d/a.R ' if lost.endswith('.R') else ''}" in ran.out) == (ExitCode.INCOMPLETE, True)
    assert oid in ran.out
