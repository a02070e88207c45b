"""What kind of repository a source is, told from its files."""

from dataclasses import replace
from pathlib import Path

import pytest

from fixtures.kit.story import Tell
from fixtures.repos.borrowed_objects import lender
from fixtures.repos.linked_worktree import linked
from opensafe.errors import SourceUnreadable
from opensafe.git.layout import SourceLayout, read_layout
from opensafe.git.owned import OwnedRepository
from tests.git.git_kit import as_usual


def _plain(root: Path) -> SourceLayout:
    """An ordinary repository with a work tree."""
    return SourceLayout(root, root / ".git", root / ".git", root, "sha1", False, False, False, False, ())


def test_a_work_tree(story: Tell) -> None:
    path = story("clean_repository").path
    assert read_layout(path) == _plain(path)


def test_its_git_folder_leads_to_the_same(story: Tell) -> None:
    path = story("clean_repository").path
    assert read_layout(path / ".git") == replace(_plain(path), root=path / ".git")


def test_a_bare_repository(story: Tell) -> None:
    path = story("strange_history").path
    assert read_layout(path) == replace(_plain(path), git_dir=path, common_dir=path, work_tree=None)


def test_a_linked_work_tree(story: Tell) -> None:
    main = story("linked_worktree").path
    other = linked(main)
    git_dir = main / ".git" / "worktrees" / other.name
    assert read_layout(other) == replace(_plain(other), git_dir=git_dir, common_dir=main / ".git")


def test_a_git_file_with_a_relative_path(story: Tell, tmp_path: Path) -> None:
    story("clean_repository").git_dir.rename(tmp_path / "elsewhere.git")
    work_tree = tmp_path / "clean_repository"
    (work_tree / ".git").write_text("gitdir: ../elsewhere.git\n")
    found = read_layout(work_tree)
    assert found.work_tree == work_tree
    assert found.objects.samefile(tmp_path / "elsewhere.git" / "objects")


@pytest.mark.parametrize("text", ["gitdir: nowhere\n", "elsewhere.git\n", ""])
def test_a_git_file_that_leads_nowhere(tmp_path: Path, text: str) -> None:
    (tmp_path / ".git").write_text(text)
    with pytest.raises(SourceUnreadable, match="does not lead to a git folder"):
        read_layout(tmp_path)


@pytest.mark.parametrize(
    ("name", "difference"),
    [
        ("shallow_repository", {"shallow": True}),
        ("replaced_and_grafted", {"grafts": True}),
        ("sha256_repository", {"object_format": "sha256"}),
        ("hostile_source", {"promisor": True}),
    ],
)
def test_special_forms(story: Tell, name: str, difference: dict[str, object]) -> None:
    path = story(name).path
    assert read_layout(path) == replace(_plain(path), **difference)  # type: ignore[arg-type]  # fields by name


def test_real_shallow_and_partial_clones(story: Tell, tmp_path: Path) -> None:
    path = story("clean_repository").path
    as_usual(path, "config", "uploadpack.allowFilter", "true")
    as_usual(tmp_path, "clone", "--quiet", "--bare", "--depth=1", path.as_uri(), "shallow")
    as_usual(tmp_path, "clone", "--quiet", "--bare", "--filter=blob:none", path.as_uri(), "partial")
    shallow, partial = read_layout(tmp_path / "shallow"), read_layout(tmp_path / "partial")
    assert (shallow.shallow, shallow.promisor) == (True, False)
    assert (partial.shallow, partial.promisor) == (False, True)
    config = (tmp_path / "partial" / "config").read_text().replace("promisor", "other").replace("partialclone", "other")
    (tmp_path / "partial" / "config").write_text(config)
    assert read_layout(tmp_path / "partial").promisor, "the packs tell it too"


def test_borrowed_objects(story: Tell) -> None:
    path = story("borrowed_objects").path
    assert read_layout(path) == replace(_plain(path), alternates=(lender(path) / "objects",))


def test_reftable_and_a_comment_among_the_alternates(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "r")
    (repository.git_dir / "reftable").mkdir()
    (repository.git_dir / "objects" / "info" / "alternates").write_bytes(b"# a comment\n../../other/objects\n\n")
    found = read_layout(tmp_path / "r")
    assert found.reftable
    assert found.alternates == (tmp_path / "other" / "objects",)


def test_settings_behind_a_long_comment_count(story: Tell) -> None:
    path = story("clean_repository").path
    config = path / ".git" / "config"
    config.write_bytes(b"# long\n" * 300_000 + b"[extensions]\n\tpartialClone = o\n" + config.read_bytes())
    assert read_layout(path).promisor


@pytest.mark.parametrize("made", ["nothing", "empty folder", "file", "no objects"])
def test_what_is_no_repository_is_refused(tmp_path: Path, made: str) -> None:
    path = tmp_path / "source"
    match made:
        case "file":
            path.write_bytes(b"text\n")
        case "empty folder":
            path.mkdir()
        case "no objects":
            (path / ".git").mkdir(parents=True)
    with pytest.raises(SourceUnreadable) as refused:
        read_layout(path)
    assert str(path) in refused.value.cause
    assert refused.value.remedy


def test_a_link_to_a_git_folder_is_not_followed(story: Tell, tmp_path: Path) -> None:
    path = story("clean_repository").path
    (tmp_path / "trap").mkdir()
    (tmp_path / "trap" / ".git").symlink_to(path / ".git", target_is_directory=True)
    with pytest.raises(SourceUnreadable):
        read_layout(tmp_path / "trap")
