"""Documents below later commits: each way to spoil what is carried along is noticed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from opensafe.git.graph import load_graph
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import view_of
from opensafe.model.identifiers import Oid
from opensafe.proof.documents import Documents
from opensafe.stories.builder import DELETED, Content, History, Mark, symlink
from tests.rewriting.rewriting_kit import ALICE, tell

Files = dict[bytes, Content]
OURS: Files = {b"LICENCE": b"MIT\n", b"docs/USE.md": b"Use\n"}


@dataclass(frozen=True)
class Made:
    """A source of two commits, and a result in which documents stand between them."""

    documents: Documents
    newest: Oid

    @property
    def paths(self) -> list[str]:
        """What the newest commit holds without documents."""
        tree = self.documents.tree_without(self.newest)
        return [entry.name.decode() for entry in self.documents.trees[tree]]


def told(folder: Path, steps: list[Files]) -> tuple[OwnedRepository, list[Oid]]:
    history = History(ALICE)
    marks: list[Mark] = [history.commit(b"Step\n", files) for files in steps]
    folder.mkdir()
    repository, ids = tell(folder, history)
    return repository, [ids[mark] for mark in marks]


def made(folder: Path, *, source: Files, added: Files, carried: Files) -> Made:
    """The second commit changes `source` in the source; in the result `carried` on top of `added`."""
    first: Files = {b"a.txt": b"1\n"}
    closed, old = told(folder / "closed", [first, source])
    public, new = told(folder / "public", [first, added, carried])
    of = {new[0]: old[0], new[2]: old[1]}
    graphs = load_graph(view_of(closed)), load_graph(view_of(public))
    return Made(Documents(*graphs, frozenset({new[1]}), of, {}), new[2])


def test_documents_are_taken_off_again(tmp_path: Path) -> None:
    result = made(tmp_path, source={b"b.txt": b"2\n"}, added=OURS, carried={b"b.txt": b"2\n"})
    assert result.paths == ["a.txt", "b.txt"]
    assert result.documents.check().passed
    assert result.documents.check().figure == (
        "1 commits of opensafe below the newest, 0 of them do more than add files;"
        " 1 commits carry them along, 0 files are not as they were added"
    )


def test_a_file_that_the_source_has_now_is_not_taken_off(tmp_path: Path) -> None:
    result = made(tmp_path, source={b"LICENCE": b"GPL\n"}, added=OURS, carried={b"LICENCE": b"GPL\n"})
    assert result.paths == ["LICENCE", "a.txt"]
    assert result.documents.check().passed


@pytest.mark.parametrize("spoilt", [DELETED, b"MIT, more or less\n", symlink(b"/etc/passwd")])
def test_a_document_that_was_not_carried_as_it_was(tmp_path: Path, spoilt: Content) -> None:
    result = made(tmp_path, source={b"b.txt": b"2\n"}, added=OURS, carried={b"b.txt": b"2\n", b"LICENCE": spoilt})
    assert not result.documents.check().passed
    assert ("LICENCE" in result.paths) == (spoilt is not DELETED)


@pytest.mark.parametrize("change", [{b"a.txt": DELETED}, {b"l": symlink(b"/etc")}])
def test_a_commit_of_ours_that_does_more_than_add_files(tmp_path: Path, change: Files) -> None:
    result = made(tmp_path, source={b"b.txt": b"2\n"}, added={**OURS, **change}, carried={b"b.txt": b"2\n"})
    assert not result.documents.check().passed


def test_a_change_of_a_file_of_the_source_is_taken_back(tmp_path: Path) -> None:
    result = made(tmp_path, source={b"b.txt": b"2\n"}, added={b"a.txt": b"1.1\n"}, carried={b"b.txt": b"2\n"})
    documents = result.documents
    source = documents.source.commits[documents.of[result.newest]]
    assert documents.tree_without(result.newest) == source.tree
    assert result.documents.check().passed


@pytest.fixture
def plain(tmp_path: Path) -> Callable[[], Documents]:
    repository, ids = told(tmp_path / "plain", [{b"a": b"1"}, {b"b": b"2"}])
    graph = load_graph(view_of(repository))
    return lambda: Documents(graph, graph, frozenset(), {oid: oid for oid in ids}, {})


def test_without_documents_nothing_is_different(plain: Callable[[], Documents]) -> None:
    documents = plain()
    for oid, commit in documents.result.commits.items():
        assert (documents.tree_without(oid), documents.below(oid)) == (commit.tree, oid)
