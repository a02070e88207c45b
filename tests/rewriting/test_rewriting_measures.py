"""What each option costs, measured on small histories and held against what the rewrite then does."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from opensafe.git.graph import ObjectGraph, load_graph, walk_tree
from opensafe.git.view import view_of
from opensafe.model.identifiers import Oid
from opensafe.model.measures import OptionMeasures
from opensafe.model.plan import BlobChange, IdentityRename, Option, RewriteSpec, SpanEdit
from opensafe.rewriting.commit_references import named_commits
from opensafe.rewriting.estimate import all_changed
from opensafe.rewriting.measures import File, measure
from opensafe.rewriting.published import Published
from opensafe.stories.builder import MAIN, History
from tests.rewriting.rewriting_kit import ALICE, BOB, World, failed, make, proven, world
from tests.rewriting.rewriting_stories import rich_decisions, rich_world


def _files(seen: World, spec: RewriteSpec) -> Iterator[File]:
    for oid in Published.of(spec, seen.graph).all_commits:
        for path, entry in walk_tree(seen.graph.trees, seen.graph.commits[oid].tree):
            yield path, entry.oid


def _measured(seen: World, spec: RewriteSpec) -> dict[Option, OptionMeasures]:
    return {
        row.option: row
        for row in measure(spec, spec, seen.graph, all_changed(spec, seen.graph, seen.view), _files(seen, spec))
    }


def test_measures_are_what_the_rewrite_does(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    spec = rich_decisions(seen)
    told = _measured(seen, spec)[Option.REWRITE]
    built = make(seen, spec)
    commits = {oid: built.claim.commits[oid] for oid in Published.of(spec, seen.graph).commits}
    assert told.commits_kept == sum(old == new for old, new in commits.items())
    assert told.commits_changed == sum(old != new for old, new in commits.items())
    after = load_graph(view_of(built.repository))
    named = [seen.graph.commits[old].author == after.commits[Oid(str(new))].author for old, new in commits.items()]
    assert told.authorship_kept == round(sum(named) / len(named), 4)
    notes = _paths(seen.graph, Published.of(spec, seen.graph).notes)
    gone = _paths(seen.graph, seen.graph.commits) - _paths(after, after.commits) - notes
    assert gone == {b"data/patients.csv", b"wide.sql"}
    assert told.files_gone == 1, "a file that is renamed does not disappear"


def _paths(graph: ObjectGraph, commits: Iterable[Oid]) -> set[bytes]:
    return {path for oid in commits for path, _ in walk_tree(graph.trees, graph.commits[oid].tree)}


@pytest.mark.parametrize("option", [Option.SQUASH, Option.NEW_REPOSITORY])
def test_one_commit_keeps_the_files_of_the_tip_and_nothing_else(tmp_path: Path, option: Option) -> None:
    seen = rich_world(tmp_path)
    spec = rich_decisions(seen)
    told = _measured(seen, spec)[option]
    assert (told.commits_kept, told.commits_changed, told.commits_lost) == (0, 0, 10)
    assert (told.authorship_kept, told.references_lost, told.head_files_gone) == (0.0, 0, 1)
    built = make(seen, spec, option=option)
    after = load_graph(view_of(built.repository))
    left = _paths(after, after.commits) | {b"wide.sql"}
    before = {path for path, _ in _files(seen, spec)}
    assert told.files_gone == len(before - left)
    assert told.bytes_after < told.bytes_before


def test_nothing_changes_where_nothing_was_decided(tmp_path: Path) -> None:
    seen = rich_world(tmp_path)
    told = _measured(seen, seen.spec)
    for option in (Option.REVIEW, Option.REWRITE):
        row = told[option]
        assert (row.commits_changed, row.commits_lost, row.files_gone, row.first_changed) == (0, 0, 0, "")
        assert (row.authorship_kept, row.bytes_after) == (1.0, row.bytes_before)


def test_the_first_changed_commits_are_those_without_a_changed_one_before(tmp_path: Path) -> None:
    told = History(ALICE)
    one = told.commit(b"One\n", {b"a": b"1\n"})
    left = told.commit(b"Left\n", {b"b": b"secret\n"}, after=(one,))
    right = told.commit(b"Right\n", {b"c": b"secret too\n"}, branch=b"refs/heads/side", after=(one,))
    told.commit(b"Merge\n", {}, after=(left, right))
    seen = world(tmp_path, told)
    blobs = [oid for oid in seen.graph.blobs if seen.data(oid).startswith(b"secret")]
    spec = replace(seen.spec, blobs=tuple(BlobChange(oid, edits=(SpanEdit((), 0, 6, b"X"),)) for oid in blobs))
    row = _measured(seen, spec)[Option.REWRITE]
    assert (row.first_changed_count, row.commits_kept, row.commits_changed) == (2, 1, 3)
    assert row.first_changed in {seen.ids[left], seen.ids[right]}


def _with_references(tmp_path: Path) -> tuple[World, list[Oid]]:
    """Three commits; the third names the first whole and in short, the second names nothing that exists."""
    told = History(ALICE)
    marks = [told.commit(b"One\n", {b"a": b"1\n"}), told.commit(b"Reverts " + b"abcdef0 and 1234567\n", {b"a": b"2\n"})]
    probe = world(tmp_path / "probe", told)
    first = probe.ids[marks[0]].encode()
    marks.append(told.commit(b"Undo " + first + b"\n\nSee " + first[:8] + b"\n", {b"a": b"3\n"}, by=BOB))
    seen = world(tmp_path / "real", told)
    return seen, [seen.ids[mark] for mark in marks]


def test_ids_in_messages_are_found_again_where_the_rewrite_translates_them(tmp_path: Path) -> None:
    seen, ids = _with_references(tmp_path)
    rename = IdentityRename(ALICE.name, ALICE.email, b"Person 1", b"person-1@example.invalid")
    spec = replace(seen.spec, identities=(rename,))
    assert _measured(seen, spec)[Option.REWRITE].references_lost == 0
    built = make(seen, spec)
    new_first = built.claim.commits[ids[0]]
    assert str(new_first).encode() in built.repository.run("log", "-1", "--format=%B", MAIN)


@pytest.mark.parametrize("pages", [b"refs/heads/a-pages", b"refs/heads/z-pages"])
@pytest.mark.parametrize("later", [False, True])
def test_ids_of_earlier_commits_of_another_branch_are_translated(tmp_path: Path, pages: bytes, *, later: bool) -> None:
    """Whatever the branches are called, and whichever of them went on since."""
    told = History(ALICE)
    told.commit(b"One\n", {b"a": b"1\n"})
    two = told.commit(b"Two\n", {b"a": b"2\n"})
    name = world(tmp_path / "probe", told).ids[two].encode()
    told.commit(b"Deployed " + name[:8] + b"\n", {b"index.html": b"x\n"}, branch=pages, after=())
    if later:
        told.commit(b"Three\n", {b"a": b"3\n"})
    seen = world(tmp_path / "real", told)
    spec = replace(seen.spec, path_renames={b"a": b"b", b"index.html": b"home.html"})
    assert _measured(seen, spec)[Option.REWRITE].references_lost == 0
    built = make(seen, spec)
    new = str(built.claim.commits[seen.ids[two]])
    assert built.repository.run("log", "-1", "--format=%s", pages) == b"Deployed %s\n" % new[:8].encode()
    assert failed(proven(seen, spec, built)) == {}


def test_ids_of_commits_that_are_not_published_lead_nowhere(tmp_path: Path) -> None:
    told = History(ALICE)
    hidden = told.commit(b"Hidden\n", {b"a": b"1\n"}, branch=b"refs/heads/hidden")
    probe = world(tmp_path / "probe", told)
    name = probe.ids[hidden].encode()
    told.commit(b"Like " + name + b"\n", {b"b": b"1\n"}, after=())
    seen = world(tmp_path / "real", told)
    spec = replace(seen.spec, refs={MAIN: seen.repository.refs()[MAIN]})
    rows = _measured(seen, spec)
    assert [rows[option].references_lost for option in Option] == [1, 1, 0, 0]


def test_a_short_id_that_means_several_commits_means_none() -> None:
    ids = [Oid("abcdef01" + "0" * 32), Oid("abcdef02" + "0" * 32), Oid("ffff" + "0" * 36)]
    assert list(named_commits(b"see abcdef0, abcdef01 and ffff000, not beef or 7654321", ids)) == [None, ids[0], ids[2]]
