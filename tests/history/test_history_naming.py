"""What people name: commits, refs, and files in them."""

from pathlib import Path

import pytest

from opensafe.history.naming import named_file, named_object
from opensafe.history.reading import History
from opensafe.model.identifiers import Oid
from opensafe.stories.builder import MAIN, Person
from opensafe.stories.builder import History as Told
from opensafe.stories.demo import build_demo
from tests.history.history_kit import read
from tests.rewriting.rewriting_kit import tell


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> History:
    folder = tmp_path_factory.mktemp("named")
    build_demo(folder / "demo")
    return read(folder / "demo", folder)


def _tip(history: History) -> Oid:
    return next(ref.oid for ref in history.published if ref.public == MAIN)


@pytest.mark.parametrize("name", [b"HEAD", b"main", b"heads/main", MAIN])
def test_a_branch_has_many_names(demo: History, name: bytes) -> None:
    assert named_object(demo, name) == _tip(demo)


def test_an_id_may_be_short_and_in_capitals(demo: History) -> None:
    tip = _tip(demo)
    assert named_object(demo, tip[:10].encode()) == tip
    assert named_object(demo, tip.upper().encode()) == tip


def test_a_tag_is_the_tag_and_not_what_it_points_to(demo: History) -> None:
    found = named_object(demo, b"v0.2.0")
    assert found in demo.graph.tags


@pytest.mark.parametrize("name", [b"", b"abc", b"0" * 40, b"no-such-branch", b"zzzz", b"\xff"])
def test_what_is_not_there_is_not_found(demo: History, name: bytes) -> None:
    assert named_object(demo, name) is None
    assert named_file(demo, name) is None


def test_an_ambiguous_beginning_means_nothing(demo: History) -> None:
    demo.graph.commits[Oid("abcd1" + "0" * 35)] = demo.graph.commits[_tip(demo)]
    demo.graph.commits[Oid("abcd2" + "0" * 35)] = demo.graph.commits[_tip(demo)]
    try:
        assert named_object(demo, b"abcd") is None
        assert named_object(demo, b"abcd1") == "abcd1" + "0" * 35
    finally:
        del demo.graph.commits[Oid("abcd1" + "0" * 35)], demo.graph.commits[Oid("abcd2" + "0" * 35)]


@pytest.mark.parametrize("name", [b"R/connect.R", b"./R/connect.R", b"HEAD:R/connect.R", b"main:R/connect.R"])
def test_a_file_at_the_tip(demo: History, name: bytes) -> None:
    found = named_file(demo, name)
    assert found is not None
    assert (found.commit, found.path) == (_tip(demo), b"R/connect.R")


@pytest.mark.parametrize("name", [b"R", b"R/", b"R/none.R", b"R/connect.R/x", b"main:", b"none:R/connect.R", b":"])
def test_folders_and_gaps_are_no_files(demo: History, name: bytes) -> None:
    assert named_file(demo, name) is None


def test_a_path_with_a_colon_is_found_with_and_without_a_commit(tmp_path: Path) -> None:
    told = Told(Person(b"Ann Example", b"ann@trust.example"))
    told.commit(b"One\n", {b"HEAD:odd.txt": b"1\n", b"b:\xff": b"2\n"})
    repository, _ = tell(tmp_path, told)
    history = read(repository.git_dir, tmp_path)
    for path in (b"HEAD:odd.txt", b"b:\xff"):
        plain, in_commit = named_file(history, path), named_file(history, b"HEAD:" + path)
        assert plain is not None
        assert plain == in_commit
        assert plain.path == path
