"""Which commits are new, and what they bring in: compared with what plain git says of random histories."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.kit.plain_git import git
from opensafe.git.layout import read_layout
from opensafe.git.stream import ObjectReader
from opensafe.git.view import open_view
from opensafe.history.changes import brought_in
from opensafe.history.new_commits import new_commits
from opensafe.history.objects import Objects
from opensafe.model.gitobjects import Commit
from opensafe.model.identifiers import Oid
from tests.git.git_kit import Tale, Told, full_tree, tales, tell

_Choice = tuple[Tale, list[int], list[int]]


@st.composite
def _choices(draw: st.DrawFn) -> _Choice:
    """A history, some commits that are to be pushed, some that are known."""
    tale = draw(tales())
    chosen = st.lists(st.integers(0, len(tale.steps) - 1), max_size=3)
    return tale, draw(chosen), draw(chosen)


def _new(told: Told, folder: Path, tips: Sequence[Oid], known: Sequence[Oid]) -> list[Commit]:
    layout = read_layout(told.workshop.git_dir.parent)
    with ObjectReader(open_view(layout, folder / "view")) as reader:
        objects = Objects(reader)
        found = new_commits(objects, tips, known)
        assert objects.unread == {}
        return found


def _listed(told: Told, tips: Sequence[Oid], known: Sequence[Oid]) -> set[str]:
    """What git says, asked without its own notion of dates."""
    reached = set(git(told.git_dir, "rev-list", *tips).decode().split()) if tips else set()
    had = set(git(told.git_dir, "rev-list", *known).decode().split()) if known else set()
    return reached - had


@settings(max_examples=12)
@given(choice=_choices())
def test_with_sound_clocks_exactly_those(choice: _Choice, tmp_path_factory: pytest.TempPathFactory) -> None:
    tale, tips, known = choice
    folder = tmp_path_factory.mktemp("new")
    steps = [replace(step, when=1_580_000_000 + number // 2) for number, step in enumerate(tale.steps)]
    told = tell(replace(tale, steps=steps), folder / "r")
    ids = [told.commits[at] for at in tips], [told.commits[at] for at in known]
    found = _new(told, folder, *ids)
    assert {commit.oid for commit in found} == _listed(told, *ids)
    order = {commit.oid: number for number, commit in enumerate(found)}
    assert all(order[p] < order[c.oid] for c in found for p in c.parents if p in order)


@settings(max_examples=8)
@given(choice=_choices())
def test_with_wrong_clocks_none_is_missed(choice: _Choice, tmp_path_factory: pytest.TempPathFactory) -> None:
    tale, tips, known = choice
    folder = tmp_path_factory.mktemp("new")
    steps = [replace(step, when=1_580_000_000 - 86_400 * number) for number, step in enumerate(tale.steps)]
    told = tell(replace(tale, steps=steps), folder / "r")
    ids = [told.commits[at] for at in tips], [told.commits[at] for at in known]
    assert {commit.oid for commit in _new(told, folder, *ids)} >= _listed(told, *ids)


@settings(max_examples=12)
@given(tale=tales())
def test_a_commit_brings_in_what_no_parent_has(tale: Tale, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("changes")
    told = tell(tale, folder / "r")
    layout = read_layout(told.workshop.git_dir.parent)
    with ObjectReader(open_view(layout, folder / "view")) as reader:
        objects = Objects(reader)
        for oid in told.commits:
            commit = objects.commit(oid)
            assert isinstance(commit, Commit)
            before = [parent.tree for p in commit.parents if isinstance(parent := objects.commit(p), Commit)]
            changes = list(brought_in(objects, commit.tree, before))
            found = {(path, entry.is_symlink, entry.oid) for path, entry in changes if not entry.is_tree}
            assert found == _files(told, oid) - {file for p in commit.parents for file in _files(told, p)}


def _files(told: Told, commit: Oid) -> set[tuple[bytes, bool, Oid]]:
    return {(path, mode == "120000", oid) for path, (mode, oid) in full_tree(told.git_dir, commit).items()}
