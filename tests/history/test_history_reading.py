"""What is referred to and not there is named with its reason, and a source is known by its digest."""

from pathlib import Path

import pytest

from fixtures.kit.damage import object_at, remove
from fixtures.kit.plain_git import git
from fixtures.kit.story import Tell
from fixtures.repos import corrupt_object, missing_object
from fixtures.repos.lfs_and_submodule import SUBMODULE
from opensafe.git.treewalk import EMPTY_TREES
from opensafe.model.identifiers import Oid
from opensafe.model.skip import SkipReason, Unread
from opensafe.stories.builder import History, Mark
from opensafe.stories.workshop import Workshop
from tests.git.git_kit import ANNA, MAIN, as_usual
from tests.history.history_kit import read

ABSENT = Oid("0b5e" * 10)


def _named(unread: tuple[Unread, ...]) -> set[tuple[SkipReason, bytes | None]]:
    return {(item.reason, item.path) for item in unread}


@pytest.fixture(name="told")
def _told(tmp_path: Path) -> tuple[Workshop, dict[Mark, Oid]]:
    history = History(ANNA)
    first = history.commit(b"One\n", {b"d/a": b"1\n", b"b": b"2\n"})
    history.commit(b"Two\n", {b"b": b"3\n"})
    history.tag(b"v1", first, b"Tag\n")
    workshop = Workshop.open(tmp_path / "r")
    return workshop, workshop.tell(history)


@pytest.mark.parametrize("name", ["clean_repository", "stash_and_note", "shallow_repository", "empty_repository"])
def test_a_whole_source_lacks_nothing(story: Tell, tmp_path: Path, name: str) -> None:
    assert read(story(name).path, tmp_path).unread == ()


def test_a_lost_file_is_named_with_its_path(story: Tell, tmp_path: Path) -> None:
    unread = read(story("missing_object").path, tmp_path).unread
    assert _named(unread) == {(SkipReason.MISSING, missing_object.ABSENT)}


def test_a_damaged_file_is_listed_and_left_to_who_reads_it(story: Tell, tmp_path: Path) -> None:
    history = read(story("corrupt_object").path, tmp_path)
    paths = {path for _, path in history.provenance.files()}
    assert corrupt_object.DAMAGED in paths


def test_a_submodule_is_named(story: Tell, tmp_path: Path) -> None:
    assert _named(read(story("lfs_and_submodule").path, tmp_path).unread) == {(SkipReason.SUBMODULE, SUBMODULE)}


LOST = [("main~1", None), ("main:d", b"d"), ("main^{tree}", None), ("v1", b"refs/tags/v1")]


@pytest.mark.parametrize(("lost", "path"), LOST)
def test_a_lost_commit_folder_or_tag(
    told: tuple[Workshop, dict[Mark, Oid]], tmp_path: Path, lost: str, path: bytes | None
) -> None:
    workshop, _ = told
    oid = object_at(workshop, lost)
    remove(workshop.git_dir, oid)
    unread = {item.oid: item for item in read(tmp_path / "r", tmp_path).unread}
    assert unread[oid] == Unread(SkipReason.MISSING, oid, path)


def test_the_folder_without_files_is_not_lost_where_git_never_wrote_it(
    told: tuple[Workshop, dict[Mark, Oid]], tmp_path: Path
) -> None:
    workshop, _ = told
    empty = EMPTY_TREES[40]
    commit = git(workshop.git_dir, "commit-tree", empty, "-m", "Nothing yet").strip()
    git(workshop.git_dir, "update-ref", "refs/heads/nothing", commit.decode())
    assert not (workshop.git_dir / "objects" / empty[:2] / empty[2:]).exists()
    assert read(tmp_path / "r", tmp_path).unread == ()


def test_a_ref_and_a_staged_file_that_lead_nowhere(told: tuple[Workshop, dict[Mark, Oid]], tmp_path: Path) -> None:
    workshop, _ = told
    (workshop.git_dir / "refs" / "heads" / "broken").write_text(ABSENT + "\n")
    staged = workshop.stage("staged.R", b"staged\n")
    remove(workshop.git_dir, staged)
    assert set(read(tmp_path / "r", tmp_path).unread) == {
        Unread(SkipReason.MISSING, ABSENT, b"refs/heads/broken"),
        Unread(SkipReason.MISSING, staged, b"staged.R"),
    }


def test_a_file_of_which_only_the_name_is_staged_is_not_missing(story: Tell, tmp_path: Path) -> None:
    path = story("clean_repository").path
    (path / "new.R").write_bytes(b"new\n")
    as_usual(path, "add", "--intent-to-add", "new.R")
    assert read(path, tmp_path).unread == ()


def test_a_shallow_clone_lacks_what_is_below_the_cut(story: Tell, tmp_path: Path) -> None:
    source = story("long_history").path
    as_usual(tmp_path, "clone", "--quiet", "--depth=2", source.as_uri(), "shallow")
    (unread,) = read(tmp_path / "shallow", tmp_path).unread
    expected = as_usual(source, "rev-parse", "main~2").decode().strip()
    assert unread == Unread(SkipReason.SHALLOW, Oid(expected))


def test_a_shallow_file_of_garbage_is_no_excuse(told: tuple[Workshop, dict[Mark, Oid]], tmp_path: Path) -> None:
    workshop, _ = told
    remove(workshop.git_dir, object_at(workshop, "main~1"))
    (workshop.git_dir / "shallow").write_bytes(b"\xff\xfe\n" + ABSENT.encode() + b"\n")
    assert SkipReason.MISSING in {item.reason for item in read(tmp_path / "r", tmp_path).unread}


def test_text_in_the_place_of_an_id_is_not_shown(told: tuple[Workshop, dict[Mark, Oid]], tmp_path: Path) -> None:
    workshop, _ = told
    hidden = "hidden-" + "text"
    for kind, header in (("commit", "tree"), ("commit", "parent"), ("tag", "object")):
        workshop.repository.write_object(kind, f"{header} {hidden}\n\nm\n".encode())
    unread = read(tmp_path / "r", tmp_path).unread
    assert unread
    assert hidden not in repr(unread)


def test_the_digest_changes_with_any_object_and_any_ref(told: tuple[Workshop, dict[Mark, Oid]], tmp_path: Path) -> None:
    workshop, ids = told
    digests: list[str] = []

    def note() -> None:
        folder = tmp_path / f"view-{len(digests)}"
        digests.append(read(tmp_path / "r", folder).digest())

    note()
    note()
    assert digests[0] == digests[1]
    workshop.blob(b"new\n")
    note()
    workshop.refs({b"refs/tags/light": ids[Mark(1)]})
    note()
    workshop.refs({b"refs/tags/light": ids[Mark(2)]})
    note()
    workshop.repository.run("repack", "-adq", "--keep-unreachable")
    note()
    assert len(set(digests)) == 4
    assert digests[-1] == digests[-2], "where the objects lie does not matter"


def test_chosen_refs_alone_are_public(told: tuple[Workshop, dict[Mark, Oid]], tmp_path: Path) -> None:
    _, ids = told
    history = read(tmp_path / "r", tmp_path, publish=("v1",))
    assert [ref.public for ref in history.published] == [b"refs/tags/v1"]
    assert history.provenance.published == {ids[Mark(1)]}
    assert history.head_branch == MAIN
