"""A squash that was gone on from, spoilt: each way is noticed by the check that it is about."""

from pathlib import Path

import pytest

from opensafe.model.plan import Option
from opensafe.stories.builder import MAIN
from tests.proof.forger import Forger
from tests.rewriting.rewriting_growing import LICENCE, Growing
from tests.rewriting.rewriting_kit import SECRET, failed, proven


@pytest.fixture
def line(tmp_path: Path) -> Forger:
    """Two commits published as one, and two more as another on top of it."""
    growing = Growing(tmp_path, option=Option.SQUASH)
    growing.told.commit(b"One\n", {b"a.txt": b"1\n"})
    growing.told.commit(b"Two\n", {b"b.txt": b"p = " + SECRET + b"\n"})
    growing.rewrite()
    growing.told.commit(b"Three\n", {b"a.txt": b"2\n"})
    growing.told.commit(b"Four\n", {b"a.txt": b"3\n"})
    built = growing.rewrite()
    seen = growing.look()
    return Forger(seen, growing.decide(seen), built, Option.SQUASH)


def test_an_honest_line_passes(line: Forger) -> None:
    assert line.verdict() == {}


def test_a_line_whose_first_commit_went(line: Forger) -> None:
    root = line.repository.run("rev-parse", MAIN + b"^")
    line.tip(lambda data: data.replace(b"parent " + root, b""))
    assert line.verdict().keys() == {"one-commit", "losses"}


def test_a_line_that_says_another_count(line: Forger) -> None:
    line.tip(lambda data: data.replace(b"Commits: 2", b"Commits: 3"))
    assert line.verdict().keys() == {"one-commit"}


def test_a_line_with_the_files_of_another_state(line: Forger) -> None:
    before = line.repository.run("rev-parse", MAIN + b"^{tree}", MAIN + b"^^{tree}").split()
    line.tip(lambda data: data.replace(before[0], before[1]))
    assert line.verdict().keys() == {"files-equal"}


def test_a_line_in_somebodys_name(line: Forger) -> None:
    line.tip(lambda data: data.replace(b"committer opensafe", b"committer Alice"))
    assert line.verdict().keys() == {"one-commit"}


def test_a_line_with_a_commit_in_between(line: Forger) -> None:
    root = line.repository.run("rev-parse", MAIN + b"^").strip()
    data = line.repository.run("cat-file", "commit", root)
    between = line.repository.write_object("commit", data.replace(b"\nauthor", b"\nparent " + root + b"\nauthor", 1))
    line.tip(lambda tip: tip.replace(root, between.encode()))
    assert line.verdict().keys() == {"one-commit", "losses"}


def test_a_document_below_that_was_not_carried(tmp_path: Path) -> None:
    growing = Growing(tmp_path, option=Option.SQUASH)
    growing.told.commit(b"One\n", {b"a.txt": b"1\n"})
    growing.rewrite()
    growing.document(LICENCE)
    growing.told.commit(b"Two\n", {b"a.txt": b"2\n"})
    forger = Forger(growing.look(), growing.decide(growing.look()), growing.rewrite(), Option.SQUASH)
    added = frozenset(growing.added)
    assert failed(proven(forger.seen, forger.spec, forger.built, [SECRET], Option.SQUASH, added)) == {}
    forger.tree(lambda entries: [entry for entry in entries if entry.name != b"LICENCE"])
    forger.tidy()
    assert failed(proven(forger.seen, forger.spec, forger.built, [SECRET], Option.SQUASH, added)).keys() == {
        "documents-carried"
    }
