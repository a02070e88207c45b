"""The parents that a commit-graph states are those of the commits, until somebody forges it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.kit.story import Tell
from opensafe.git.commit_graph import stated_parents
from opensafe.git.graph import load_graph
from opensafe.git.layout import read_layout
from opensafe.git.view import open_view
from opensafe.stories.builder import History, Mark
from opensafe.stories.workshop import Workshop
from tests.git.git_kit import ANNA


def _source(path: Path, *, split: bool = False, object_format: str = "sha1") -> Workshop:
    """Merges of up to five parents; with `split` the graph is a chain of files."""
    history = History(ANNA)
    marks: list[Mark] = []
    for number in range(9):
        parents = tuple(marks[-1 - at] for at in range(min(number, 5 if number % 3 == 2 else 1)))
        marks.append(history.commit(b"%d\n" % number, {b"f": b"%d\n" % number}, after=parents))
    workshop = Workshop.open(path, object_format=object_format)
    ids = workshop.tell(history)
    for mark in (marks[3], marks[8]) if split else (marks[8],):
        how = ("--split=no-merge",) if split else ()
        workshop.repository.run(
            "-c", "core.commitGraph=true", "commit-graph", "write", "--stdin-commits", *how, stdin=ids[mark].encode()
        )
    return workshop


@pytest.mark.parametrize("split", [False, True])
@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_a_graph_that_git_wrote_is_true(tmp_path: Path, object_format: str, *, split: bool) -> None:
    workshop = _source(tmp_path / "r", split=split, object_format=object_format)
    layout = read_layout(workshop.git_dir)
    commits = load_graph(open_view(layout, tmp_path / "view")).commits
    stated = stated_parents(layout.objects)
    assert stated == {oid: commit.parents for oid, commit in commits.items()}
    assert max(map(len, stated.values())) == 5
    assert (layout.objects / "info" / "commit-graphs").exists() == split


def test_a_forged_graph_says_something_else(story: Tell, tmp_path: Path) -> None:
    layout = read_layout(story("forged_commit_graph").path)
    commits = load_graph(open_view(layout, tmp_path / "view")).commits
    stated = stated_parents(layout.objects)
    wrong = [oid for oid, parents in stated.items() if commits[oid].parents != parents]
    assert [stated[oid] for oid in wrong] == [()]


def test_without_a_graph_nothing_is_stated(tmp_path: Path) -> None:
    assert stated_parents(tmp_path) == {}


@pytest.fixture(name="written", scope="module")
def _written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A graph that git wrote."""
    workshop = _source(tmp_path_factory.mktemp("graph") / "r")
    return (workshop.git_dir / "objects" / "info" / "commit-graph").read_bytes()


@settings(max_examples=60)
@given(cut=st.integers(1, 400), at=st.integers(0, 400), change=st.integers(0, 255))
def test_a_damaged_graph_ends_in_an_answer_or_a_refusal(
    written: bytes, cut: int, at: int, change: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    broken = bytearray(written[: max(len(written) - cut, 1)] if change % 2 else written)
    broken[at % len(broken)] ^= change
    info = tmp_path_factory.mktemp("objects") / "info"
    info.mkdir()
    (info / "commit-graph").write_bytes(broken)
    try:
        stated = stated_parents(info.parent)
    except ValueError as error:
        refused = str(error)
        stated = {}
    else:
        refused = ""
    assert refused in {"", "the commit-graph is damaged"}
    assert len(stated) <= len(broken)
