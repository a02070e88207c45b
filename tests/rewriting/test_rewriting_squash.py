"""One commit in place of the history."""

from pathlib import Path

import pytest

from opensafe.git.graph import load_graph
from opensafe.git.view import view_of
from opensafe.model.plan import Option
from opensafe.stories.builder import MAIN, History
from tests.rewriting.rewriting_kit import ALICE, BOB, SECRET, failed, file_at, make, proven, world
from tests.rewriting.rewriting_stories import rich_decisions, rich_world


@pytest.mark.parametrize("option", [Option.SQUASH, Option.NEW_REPOSITORY])
def test_one_root_with_the_cleaned_files_and_nothing_else(tmp_path: Path, option: Option) -> None:
    seen = rich_world(tmp_path)
    spec = rich_decisions(seen)
    built = make(seen, spec, option=option)
    assert failed(proven(seen, spec, built, [SECRET, BOB.email, ALICE.email], option)) == {}
    graph = load_graph(view_of(built.repository))
    assert graph.kinds() == {"blob": 8, "commit": 1, "tree": 4, "tag": 0}
    assert list(built.repository.refs()) == [MAIN]
    lost = {lost.what: lost.count for lost in built.claim.lost}
    assert lost == {"commit": 11, "note": 1, "ref": 9, "tag": 6}


def test_the_same_source_gives_the_same_id(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    spec = rich_decisions(seen)
    once, twice = (make(seen, spec, name, Option.SQUASH) for name in ("once", "twice"))
    assert once.repository.refs() == twice.repository.refs()


def test_messages_hold_counts_and_no_names(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    built = make(seen, rich_decisions(seen), option=Option.SQUASH)
    message = built.repository.run("log", "--format=%B", MAIN).strip()
    assert message == b"Publish 10 commits as one\n\nCommits: 10\nAuthors: 2"


def test_a_shallow_source_can_be_squashed(tmp_path: Path) -> None:
    told = History(ALICE)
    first = told.commit(b"One\n", {b"a": b"1\n"})
    told.commit(b"Two\n", {b"a": b"2\n"})
    seen = world(tmp_path, told)
    del seen.graph.commits[seen.ids[first]]
    built = make(seen, seen.spec, option=Option.SQUASH)
    assert file_at(built.repository, MAIN, b"a") == b"2\n"
