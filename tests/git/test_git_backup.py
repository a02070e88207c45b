"""The backup is read back before it counts, and it can be restored."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from fixtures.kit.evidence import digest_tree
from fixtures.kit.plain_git import git
from fixtures.kit.story import BuiltStory, Tell
from opensafe.git.backup import back_up
from opensafe.git.graph import load_graph
from opensafe.git.layout import read_layout
from opensafe.git.refs import SourceRefs, read_refs
from opensafe.git.view import open_view
from opensafe.model.identifiers import Oid
from tests.git.git_kit import as_usual


def _backed_up(built: BuiltStory, folder: Path) -> tuple[Path, SourceRefs, Sequence[Oid]]:
    layout = read_layout(built.path)
    view = open_view(layout, folder / "view")
    refs, present = read_refs(layout), list(load_graph(view).sizes)
    target = folder / "backup.bundle"
    untouched = digest_tree(built.path)
    saved = back_up(layout, view, refs.refs, present, target, folder / "scratch")
    assert digest_tree(built.path) == untouched
    return saved, refs, present


def _objects(git_dir: Path) -> set[str]:
    return set(git(git_dir, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").decode().split())


SOUND = [
    "stash_and_note", "secret_in_names", "replaced_and_grafted", "borrowed_objects", "sha256_repository",
    "forged_commit_graph", "colliding_names", "linked_worktree",
]  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_every_ref_comes_back_from_the_bundle(story: Tell, tmp_path: Path, name: str) -> None:
    saved, refs, _ = _backed_up(story(name), tmp_path)
    assert saved == tmp_path / "backup.bundle"
    as_usual(tmp_path, "clone", "--quiet", "--mirror", saved.name, "restored")
    restored = tmp_path / "restored"
    assert read_refs(read_layout(restored)).refs == refs.refs
    as_usual(restored, "fsck", "--strict", "--connectivity-only")


def test_a_history_that_says_it_is_cut_off_is_saved_whole(story: Tell, tmp_path: Path) -> None:
    saved, refs, present = _backed_up(story("shallow_repository"), tmp_path)
    as_usual(tmp_path, "clone", "--quiet", "--mirror", saved.name, "restored")
    assert _objects(tmp_path / "restored") == set(present)
    assert read_refs(read_layout(tmp_path / "restored")).refs == refs.refs


@pytest.mark.parametrize("name", ["missing_object", "corrupt_object", "hostile_source", "empty_repository"])
def test_where_no_bundle_can_be_made_every_readable_object_is_copied(story: Tell, tmp_path: Path, name: str) -> None:
    built = story(name)
    saved, _, present = _backed_up(built, tmp_path)
    is_empty = {oid for oid in present if git(built.git_dir, "cat-file", "-s", oid) == b"0\n"}
    readable = {oid for oid in present if git(built.git_dir, "cat-file", "-p", oid)} | is_empty
    assert saved == tmp_path / "backup.git"
    assert _objects(saved) == readable
    assert not (saved / "objects" / "info" / "alternates").exists()
    assert not built.markers.exists() or list(built.markers.iterdir()) == []


def test_a_real_shallow_clone_is_copied(story: Tell, tmp_path: Path) -> None:
    path = story("utf16_sql").path.parent / "long"
    as_usual(tmp_path, "clone", "--quiet", "--depth=1", story("long_history").path.as_uri(), str(path))
    saved, _, present = _backed_up(BuiltStory(path, path / ".git", ()), tmp_path / "case")
    assert saved == tmp_path / "case" / "backup.git"
    assert _objects(saved) == set(present)
