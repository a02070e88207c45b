"""The new history as later steps see it."""

from pathlib import Path

import pytest

from opensafe.casefile.folder import Case
from opensafe.casework.public import open_public, read_public, shown_lines
from opensafe.errors import OutOfOrder
from opensafe.git.owned import OwnedRepository
from opensafe.stories.builder import Content, History, Person, executable, symlink
from opensafe.stories.workshop import Workshop
from tests.journey.journey_stages import Stage

ANNA = Person(b"Anna Example", b"anna@example.org")
LARGE = b"x" * ((4 << 20) + 1)


def test_its_files_are_those_of_the_default_branch_by_path_as_shown(tmp_path: Path) -> None:
    history = History(ANNA)
    files: dict[bytes, Content] = {
        b"a.R": b"a\n",
        b"d/caf\xe9\x1b.R": b"e\n",
        b"run.sh": executable(b"#!\n"),
        b"link": symlink(b"a.R"),
        b"large.bin": LARGE,
    }
    history.commit(b"Begin\n", files)
    history.commit(b"Other\n", {b"other.R": b"o\n"}, branch=b"refs/heads/other")
    Workshop.open(tmp_path / "p.git", bare=True).tell(history)
    public = read_public(tmp_path / "p.git")
    expected = {"a.R": b"a\n", r"d/caf\xe9\x1b.R": b"e\n", "run.sh": b"#!\n", "link": b"", "large.bin": b""}
    assert public.files() == expected
    assert public.branch == b"refs/heads/main"


def test_its_messages_come_oldest_first_and_its_tags_in_order(tmp_path: Path) -> None:
    history = History(ANNA)
    first = history.commit(b"One\n\nwith \x1b[31m\n")
    second = history.commit(b"Two\n")
    history.commit(b"Elsewhere\n", branch=b"refs/heads/other", after=(first,))
    history.tag(b"v2", second, b"Two\n")
    history.ref(b"refs/tags/v1", first)
    Workshop.open(tmp_path / "p.git", bare=True).tell(history)
    public = read_public(tmp_path / "p.git")
    assert public.messages() == ("One\n\nwith \\x1b[31m", "Two")
    assert public.tags() == ("v1", "v2")
    assert public.messages(without=public.commits_of(["v1"])) == ("Two",)
    assert public.messages(without=public.commits_of(public.tags())) == ()
    assert public.commits_of(["v3"]) == set()


def test_a_history_without_a_commit_on_its_default_branch_is_refused(tmp_path: Path) -> None:
    OwnedRepository.create(tmp_path / "empty.git").set_head(b"refs/heads/main")
    with pytest.raises(OutOfOrder, match="no commit on its default branch"):
        read_public(tmp_path / "empty.git")


def test_before_the_rewrite_there_is_none(stage: Stage) -> None:
    with pytest.raises(OutOfOrder, match="there is no new history yet"):
        open_public(Case.open(stage("approved").case))


def test_line_breaks_of_a_message_stay_and_nothing_else_that_moves_a_cursor() -> None:
    assert shown_lines(b"one\r\ntwo\x0b\x1b[2J\n\nthree") == "one\ntwo\\x0b\\x1b[2J\n\nthree"
