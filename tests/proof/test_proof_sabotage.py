"""The proof must fail on every result that is not what was decided: each way to spoil one is a test.

A result is built as it should be, then one thing in it is forged. Both ways to compare files are tested: along the
history, with files that stay and with files that move, and commit by commit, as where trees cannot be compared.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from opensafe.git.owned import OwnedRepository
from opensafe.model.plan import Option, RewriteSpec
from opensafe.model.progress import NoProgress
from opensafe.rewriting.build import Built, build
from opensafe.stories.builder import MAIN
from tests.proof.forger import Forger, Sabotage
from tests.proof.sabotage_changes import CHANGED
from tests.proof.sabotage_values import VALUES_LEFT
from tests.rewriting.rewriting_kit import World, approved, make
from tests.rewriting.rewriting_stories import rich_decisions, rich_world

Honest = tuple[World, RewriteSpec, Built]


@pytest.fixture(scope="module", params=["files stay", "files move", "commit by commit"])
def honest(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Honest]:
    seen = rich_world(tmp_path_factory.mktemp("proof"))
    spec = rich_decisions(seen)
    if request.param == "files stay":
        spec = replace(spec, path_renames={})
    with pytest.MonkeyPatch.context() as patched:
        if request.param == "commit by commit":
            patched.setattr("opensafe.proof.history.compare_along", lambda *_: frozenset())
        yield seen, spec, make(seen, spec)


@pytest.fixture
def forger(honest: Honest, tmp_path: Path) -> Forger:
    seen, spec, built = honest
    shutil.copytree(built.repository.git_dir, tmp_path / "forged.git")
    tags = b"refs/custom/tag"  # it names the tip by its id: out of the way, and not followed
    lean = replace(spec, refs={name: oid for name, oid in spec.refs.items() if name != tags})
    copy = OwnedRepository(tmp_path / "forged.git")
    copy.set_refs({}, delete=[tags])
    return Forger(seen, lean, replace(built, repository=copy))


def test_an_honest_copy_passes(forger: Forger) -> None:
    assert forger.verdict() == {}


@pytest.mark.parametrize("sabotage", VALUES_LEFT, ids=lambda sabotage: sabotage.what)
def test_a_value_that_was_left_is_found(forger: Forger, sabotage: Sabotage) -> None:
    assert sabotage.checks <= forger.verdict_on(sabotage)


@pytest.mark.parametrize("sabotage", CHANGED, ids=lambda sabotage: sabotage.what)
def test_what_nobody_decided_is_seen(forger: Forger, sabotage: Sabotage) -> None:
    assert sabotage.checks <= forger.verdict_on(sabotage)


@pytest.fixture
def squashed(honest: Honest, tmp_path: Path) -> Forger:
    seen, spec, _ = honest
    workspace, destination = tmp_path / "work", tmp_path / "squashed.git"
    built = build(approved(Option.SQUASH), spec, seen.view, seen.graph, workspace, destination, NoProgress())
    return Forger(seen, spec, built, Option.SQUASH)


def test_an_honest_squash_passes(squashed: Forger) -> None:
    assert squashed.verdict() == {}


def test_a_squash_with_a_parent(squashed: Forger) -> None:
    old = squashed.repository.refs()[MAIN]
    squashed.tip(lambda data: data.replace(b"author", b"parent " + old.encode() + b"\nauthor", 1))
    assert "one-commit" in squashed.verdict()


def test_a_squash_that_names_an_old_commit(squashed: Forger) -> None:
    old = squashed.seen.spec.refs[MAIN]
    squashed.tip(lambda data: data + b"From " + old[:10].encode())
    assert squashed.verdict().keys() == {"one-commit"}


def test_a_squash_with_somebodys_name(squashed: Forger) -> None:
    squashed.tip(lambda data: data.replace(b"author opensafe", b"author Alice Archer"))
    assert squashed.verdict().keys() == {"one-commit"}


def test_a_squash_with_a_file_changed(squashed: Forger) -> None:
    squashed.file(b"side.txt", b"Side\n")
    assert squashed.verdict().keys() == {"files-equal"}


def test_a_squash_with_a_second_ref(squashed: Forger) -> None:
    squashed.repository.set_refs({b"refs/tags/v1": squashed.repository.refs()[MAIN]})
    assert squashed.verdict().keys() == {"refs"}
