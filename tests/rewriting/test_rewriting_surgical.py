"""The rewrite that keeps history, on a history in which everything occurs."""

from pathlib import Path

import pytest

from opensafe.git.view import view_of
from opensafe.model.plan import BlobChange, Option, RewriteSpec, SpanEdit
from opensafe.model.rewrite import Lost
from opensafe.rewriting.build import Built
from opensafe.rewriting.estimate import all_changed, estimate, first_changed
from opensafe.stories.builder import MAIN
from tests.rewriting.rewriting_kit import (
    BOB,
    PLACEHOLDER,
    SECRET,
    World,
    data_of,
    failed,
    file_at,
    make,
    paths_at,
    proven,
)
from tests.rewriting.rewriting_stories import LATIN_PATH, blob_named, headers, rich_decisions, rich_world


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> World:
    return rich_world(tmp_path_factory.mktemp("rich"))


@pytest.fixture(scope="module")
def built(seen: World) -> Built:
    return make(seen, rich_decisions(seen))


def test_the_result_is_proven(seen: World, built: Built) -> None:
    verification = proven(seen, rich_decisions(seen), built, [SECRET, BOB.name, BOB.email])
    assert failed(verification) == {}
    assert verification.changed == {"commits": 9, "blobs": 6, "refs": 8}


def test_values_are_replaced_in_every_encoding(built: Built) -> None:
    wide = file_at(built.repository, MAIN, b"queries/wide.sql")
    assert wide.decode("utf-16") == f"x = '{PLACEHOLDER.decode()}'\n"
    merge = built.repository.refs()[b"refs/tags/v1"]
    assert PLACEHOLDER in data_of(view_of(built.repository), merge)


def test_files_go_move_and_stay(built: Built) -> None:
    expected = [b"README.md", b"conf.txt", LATIN_PATH, b"link", b"queries/wide.sql", b"side.txt", b"src/b.py"]
    assert paths_at(built.repository, MAIN) == [*expected, b"src/run.sh", b"vendor"]


def test_commits_before_the_first_change_keep_their_ids(seen: World, built: Built) -> None:
    kept = {old for old, new in built.claim.commits.items() if old == new}
    messages = {seen.graph.commits[oid].message for oid in kept}
    assert messages == {b"Start\n", b"Clean\n", b"Side, see nothing\n"}
    assert built.repository.refs()[b"refs/tags/v0"] == seen.repository.refs()[b"refs/tags/v0"]


def test_notes_are_filed_under_the_new_ids(seen: World, built: Built) -> None:
    dirty = next(oid for oid, commit in seen.graph.commits.items() if commit.message.startswith(b"Connect"))
    notes = built.repository.run("notes", "list").decode().split()
    assert built.claim.commits[dirty] in notes
    assert dirty not in notes


def test_strange_tags_follow(built: Built) -> None:
    refs, view = built.repository.refs(), view_of(built.repository)
    nested = headers(data_of(view, refs[b"refs/tags/nested"]))
    assert nested[b"object"].decode() == refs[b"refs/tags/v1"]
    assert headers(data_of(view, refs[b"refs/custom/tag"]))[b"object"].decode() == refs[MAIN]
    assert file_at(built.repository, b"refs/tags/on-tree", b"src/a.py") == b"password = '" + PLACEHOLDER + b"'\n"
    assert built.repository.run("cat-file", "blob", "refs/tags/on-blob") == b"tagged: " + PLACEHOLDER + b"\n"


def test_nothing_is_lost_here(built: Built) -> None:
    assert built.claim.lost == ()
    assert (built.claim.blobs_changed, built.claim.files_removed) == (5, 1)


def test_the_same_plan_gives_the_same_ids(seen: World, built: Built) -> None:
    again = make(seen, rich_decisions(seen), "again")
    assert again.repository.refs() == built.repository.refs()
    assert again.claim == built.claim


def test_an_empty_plan_changes_no_id(seen: World) -> None:
    untouched = make(seen, seen.spec, "untouched")
    assert untouched.repository.refs() == seen.repository.refs()
    assert failed(proven(seen, seen.spec, untouched)) == {}


def test_the_estimate_is_what_happens(seen: World, built: Built) -> None:
    spec = rich_decisions(seen)
    moved = {old for old, new in built.claim.commits.items() if old != new}
    assert first_changed(spec, seen.graph, seen.view) <= moved
    assert all_changed(spec, seen.graph, seen.view) <= moved
    _, rewrite, squash, _ = estimate(spec, spec, seen.graph, all_changed(spec, seen.graph, seen.view))
    assert (rewrite.commits_after, squash.commits_after) == (rewrite.commits_before, 1)
    once = make(seen, spec, "once", Option.SQUASH)
    assert (squash.blobs_changed, squash.files_removed) == (once.claim.blobs_changed, once.claim.files_removed)
    assert (rewrite.blobs_changed, rewrite.files_removed) == (built.claim.blobs_changed, built.claim.files_removed)
    assert rewrite.tags_changed == sum(old != new for old, new in built.claim.tags.items())


def test_the_source_is_as_it_was(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    before = {path: path.read_bytes() for path in seen.repository.git_dir.rglob("*") if path.is_file()}
    make(seen, rich_decisions(seen))
    assert before == {path: path.read_bytes() for path in seen.repository.git_dir.rglob("*") if path.is_file()}


def test_what_cannot_be_changed_inside_is_removed_and_counted(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    readme = blob_named(seen, b"README.md")
    impossible = BlobChange(readme, None, (SpanEdit(("zip:nothing",), 0, 1, b"x"),))
    spec = RewriteSpec(seen.spec.refs, MAIN, (impossible,))
    built = make(seen, spec)
    assert built.claim.lost == (Lost("file that could not be changed inside", 1),)
    assert b"README.md" not in paths_at(built.repository, MAIN)
    assert failed(proven(seen, spec, built)) == {}
