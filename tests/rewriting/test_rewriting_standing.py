"""What is found along the history is what walking every file of every commit finds."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.git.graph import ObjectGraph, walk_tree
from opensafe.git.owned import OwnedRepository
from opensafe.git.parse import format_tree
from opensafe.git.standing import File, standing_files
from opensafe.git.treewalk import MOST
from opensafe.model.gitobjects import MODE_TREE, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.model.plan import BlobChange
from opensafe.rewriting.changes import Changes
from opensafe.rewriting.introduced import introduced
from opensafe.stories.builder import MAIN
from tests.rewriting.rewriting_kit import World, failed, look, make, paths_at, proven, world
from tests.rewriting.test_rewriting_properties import SLOW, Step, history_of, steps


def _walked(graph: ObjectGraph, commits: list[Oid]) -> set[File]:
    return {file for oid in commits for file in walk_tree(graph.trees, graph.commits[oid].tree)}


@given(steps, st.data())
@SLOW
def test_every_file_of_any_commits(story: list[Step], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        seen = world(Path(folder) / "w", history_of(story))
        everything = sorted(seen.graph.commits)
        some = data.draw(st.lists(st.sampled_from(everything), unique=True))
        for commits in (everything, some):
            found = list(standing_files(seen.view, seen.graph, commits))
            assert len(found) == len(set(found))
            assert set(found) == _walked(seen.graph, commits)


@pytest.fixture(scope="module")
def repeated(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One commit with more files than one comparison lists, and one folder at two places."""
    folder = tmp_path_factory.mktemp("repeated")
    repository = OwnedRepository.create(folder / "source.git")
    blob, other = repository.write_object("blob", b"x\n"), repository.write_object("blob", b"y\n")
    many = [TreeEntry(0o100644, b"%05d" % number, other) for number in range(MOST)]
    inner = repository.write_object("tree", format_tree([TreeEntry(0o100644, b"a.txt", blob), *many]))
    below = [TreeEntry(MODE_TREE, name, inner) for name in (b"first", b"second")]
    people = b"author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n"
    tree = repository.write_object("tree", format_tree(below)).encode()
    tip = repository.write_object("commit", b"tree %s\n%s\nOne\n" % (tree, people))
    repository.set_refs({MAIN: tip})
    return look(folder, repository)


def test_a_folder_that_stands_twice_in_a_large_commit(repeated: World) -> None:
    commits = list(repeated.graph.commits)
    assert set(standing_files(repeated.view, repeated.graph, commits)) == _walked(repeated.graph, commits)


@pytest.mark.parametrize("path", [b"first/a.txt", b"second/a.txt"])
def test_a_decision_about_one_of_its_places_is_carried_out(repeated: World, path: bytes) -> None:
    (small,) = (oid for oid in repeated.graph.blobs if repeated.data(oid) == b"x\n")
    spec = repeated.spec
    spec = type(spec)(spec.refs, spec.head, (BlobChange(small, frozenset({path}), remove=True),))
    brought = introduced(repeated.view, repeated.graph, list(repeated.graph.commits), Changes.of(spec))
    assert {file for file, _ in brought.files} == {path}
    built = make(repeated, spec, path.decode().replace("/", "-"))
    assert (path in paths_at(built.repository, MAIN), len(paths_at(built.repository, MAIN))) == (False, 2 * MOST + 1)
    assert failed(proven(repeated, spec, built)) == {}
