"""Files are compared along the history whatever shape it takes: what one commit in the middle does is seen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from opensafe.git.graph import load_graph, topological
from opensafe.git.parse import format_tree, parse_tree
from opensafe.git.view import view_of
from opensafe.model.choices import Choices, CommitChoices, FileChoices
from opensafe.model.gitobjects import RawObject, TreeEntry
from opensafe.model.identifiers import Oid
from opensafe.rewriting.chosen import with_choices
from opensafe.stories.builder import History
from tests.proof.forger import Forger
from tests.rewriting.choices_kit import NO_LISTS
from tests.rewriting.rewriting_kit import ALICE, World, make, world

Forgery = Callable[[list[TreeEntry], Oid], list[TreeEntry]]

FORGERIES: dict[str, Forgery] = {
    "a file more": lambda entries, blob: [*entries, TreeEntry(0o100644, b"zz", blob)],
    "a file less": lambda entries, _: [entry for entry in entries if not entry.name.endswith(b".txt")],
    "another content": lambda entries, blob: [e if e.is_tree else replace(e, oid=blob) for e in entries],
    "another mode": lambda entries, _: [e if e.is_tree else replace(e, mode=0o100755) for e in entries],
    "another name": lambda entries, _: [replace(e, name=e.name + b"z") for e in entries],
}


def _told(seen: World) -> dict[str, Choices]:
    """What becomes of the history; only early commits go."""
    order = topological(seen.graph.commits, seen.graph.commits)
    day = datetime.fromtimestamp(seen.graph.commits[order[3]].committer.timestamp, UTC).date().isoformat()
    return {
        "a folder becomes the root": Choices(files=FileChoices(only_path="app", to_root=True)),
        "a commit goes": Choices(commits=CommitChoices(drop=(order[2],))),
        "old commits are one": Choices(commits=CommitChoices(squash_before=day)),
        "files move": Choices(),
    }


SHAPES = ("a folder becomes the root", "a commit goes", "old commits are one", "files move")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> World:
    told = History(ALICE)
    first = b"line\n"
    for number in range(8):
        text = b"%d\n" % number
        told.commit(
            b"Commit %d\n" % number, {b"a.txt": text, b"app/b.txt": text, b"app/old.txt": first, b"c.txt": first}
        )
    return world(tmp_path_factory.mktemp("along"), told)


@pytest.fixture(params=SHAPES)
def forger(request: pytest.FixtureRequest, seen: World, tmp_path: Path) -> Forger:
    here = replace(seen, folder=tmp_path)
    spec = with_choices(here.spec, _told(here)[request.param], NO_LISTS, here.view, here.graph)
    if request.param == "files move":
        spec = replace(spec, path_renames={b"app/old.txt": b"new.txt", b"a.txt": b"app/a.txt"})
    return Forger(here, spec, make(here, spec))


def test_an_honest_result_passes(forger: Forger) -> None:
    assert forger.verdict() == {}


@pytest.mark.parametrize("what", FORGERIES)
def test_one_commit_in_the_middle_is_seen_as_well_as_by_comparing_each(
    forger: Forger, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _forge_middle(forger, FORGERIES[what])
    along = forger.verdict()
    monkeypatch.setattr("opensafe.proof.history.compare_along", lambda *_: frozenset())
    whole = forger.verdict()
    assert along.keys() == whole.keys() == {"files-equal"}


def _forge_middle(forger: Forger, forgery: Forgery) -> None:
    """One commit has other files than it should; those above it have their own and stand on it."""
    repository = forger.repository
    view = view_of(repository)
    graph = load_graph(view)
    order = topological(graph.commits, graph.commits)
    at = order[-3]
    tree = graph.commits[at].tree
    entries = list(parse_tree(RawObject(tree, "tree", _raw(forger, tree))))
    blob = repository.write_object("blob", b"forged\n")
    forged = repository.write_object("tree", format_tree(forgery(entries, blob)))
    old, new = tree, forged
    for oid in order[-3:]:
        old, new = oid, repository.write_object("commit", _raw(forger, oid).replace(old.encode(), new.encode()))
        forger.replace(old, new)


def _raw(forger: Forger, oid: Oid) -> bytes:
    kind = forger.repository.run("cat-file", "-t", oid).strip().decode()
    return forger.repository.run("cat-file", kind, oid)
