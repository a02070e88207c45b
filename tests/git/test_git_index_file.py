"""The index as read from its bytes is the one that git lists."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.kit.plain_git import git
from opensafe.git.index_file import index_problem, staged_blobs
from opensafe.git.layout import read_layout
from opensafe.git.owned import OwnedRepository
from opensafe.git.worktrees import staged_everywhere
from opensafe.model.identifiers import Oid
from tests.git.git_kit import SUBMODULE, as_usual

_NAME = st.binary(min_size=1, max_size=30).filter(lambda name: not set(name) & {0, 0x2F} and name.strip(b".") != b"")
_SAFE = _NAME.filter(lambda name: b"git" not in name.lower() and b":" not in name and b"\\" not in name)
_PATHS = st.sets(st.lists(_SAFE, min_size=1, max_size=3).map(b"/".join), min_size=1, max_size=12)


def _staged(folder: Path, paths: set[bytes], object_format: str = "sha1") -> OwnedRepository:
    """A repository with one blob staged at each path that does not clash with another."""
    repository = OwnedRepository.create(folder / "r", bare=False, object_format=object_format)
    oid = repository.write_object("blob", b"x\n")
    kept = [path for path in paths if not any(other.startswith(path + b"/") for other in paths)]
    entries = b"".join(b"100644 %s\t%s\0" % (oid.encode(), path) for path in kept)
    repository.run("update-index", "-z", "--index-info", stdin=entries)
    return repository


def _listed(repository: OwnedRepository) -> dict[bytes, Oid]:
    lines = git(repository.git_dir, "ls-files", "-s", "-z").split(b"\0")[:-1]
    return {path: Oid(head.split()[1].decode()) for head, _, path in (line.partition(b"\t") for line in lines)}


@settings(max_examples=15)
@given(paths=_PATHS, version=st.sampled_from([2, 3, 4]), object_format=st.sampled_from(["sha1", "sha256"]))
def test_any_paths_in_any_version(
    paths: set[bytes], version: int, object_format: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repository = _staged(tmp_path_factory.mktemp("index"), paths, object_format)
    repository.run("update-index", "--force-write-index", f"--index-version={version}")
    found = staged_blobs(repository.git_dir / "index", object_format)
    assert found == _listed(repository)
    assert found


@pytest.mark.parametrize("version", [3, 4])
def test_entries_with_extended_flags(tmp_path: Path, version: int) -> None:
    repository = _staged(tmp_path, {b"a", b"b/c", b"b/d"})
    (tmp_path / "r" / "named-only").write_bytes(b"not staged\n")
    repository.run("add", "--intent-to-add", "named-only")
    repository.run("update-index", "--skip-worktree", "b/c")
    repository.run("update-index", f"--index-version={version}")
    index = repository.git_dir / "index"
    listed = _listed(repository)
    assert index.read_bytes()[7] == version
    assert listed.pop(b"named-only") == git(repository.git_dir, "hash-object", "--stdin").decode().strip()
    assert staged_blobs(index, "sha1") == listed == dict.fromkeys([b"a", b"b/c", b"b/d"], listed[b"a"])


def test_a_submodule_is_no_blob(tmp_path: Path) -> None:
    repository = _staged(tmp_path, {b"a"})
    repository.run("update-index", "--add", "--cacheinfo", f"160000,{SUBMODULE},lib")
    assert set(_listed(repository)) == {b"a", b"lib"}
    assert set(staged_blobs(repository.git_dir / "index", "sha1")) == {b"a"}


def test_of_a_file_in_conflict_the_last_stage_is_given(tmp_path: Path) -> None:
    repository = _staged(tmp_path, {b"a"})
    stages = [repository.write_object("blob", b"%d\n" % number) for number in (1, 2, 3)]
    entries = [f"100644 {oid} {number}\tf\n" for number, oid in enumerate(stages, 1)]
    repository.run("update-index", "--index-info", stdin="".join(entries).encode())
    assert staged_blobs(repository.git_dir / "index", "sha1")[b"f"] == stages[2]


@pytest.mark.parametrize("version", [2, 4])
def test_a_very_long_name(tmp_path: Path, version: int) -> None:
    """In version 4 the next entry says how much of it to drop, in more than one byte."""
    path = b"/".join([b"d" * 200] * 25)
    repository = _staged(tmp_path, {path, b"z"})
    repository.run("update-index", f"--index-version={version}")
    assert set(staged_blobs(repository.git_dir / "index", "sha1")) == {path, b"z"}


@settings(max_examples=40)
@given(data=st.data(), version=st.sampled_from([2, 4]))
def test_an_index_that_is_cut_off_gives_what_is_left(
    data: st.DataObject, version: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    repository = _staged(folder, {b"a", b"b/c", b"b/d", b"long/" + b"n" * 300})
    repository.run("update-index", f"--index-version={version}")
    index = repository.git_dir / "index"
    whole, everything = index.read_bytes(), staged_blobs(index, "sha1")
    (folder / "cut").write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    left = staged_blobs(folder / "cut", "sha1")
    assert left.items() <= everything.items()


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_no_index_is_too_broken_to_be_read(tmp_path_factory: pytest.TempPathFactory, garbage: bytes) -> None:
    index = tmp_path_factory.mktemp("garbage") / "index"
    index.write_bytes(b"DIRC\0\0\0\4\0\0\0\xff" + garbage)
    assert isinstance(staged_blobs(index, "sha1"), dict)


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_a_split_index_is_read_with_its_shared_part(tmp_path: Path, object_format: str) -> None:
    repository = _staged(tmp_path, {b"a", b"b/c"}, object_format)
    repository.run("update-index", "--split-index")
    oid = repository.write_object("blob", b"new\n")
    repository.run("update-index", "-z", "--index-info", stdin=b"100644 %s\tb/d\0" % oid.encode())
    index = repository.git_dir / "index"
    assert list(repository.git_dir.glob("sharedindex.*"))
    assert b"b/c" not in index.read_bytes()
    assert staged_blobs(index, object_format) == _listed(repository)
    assert set(staged_blobs(index, object_format)) == {b"a", b"b/c", b"b/d"}
    assert index_problem(index, object_format) == ""
    for shared in repository.git_dir.glob("sharedindex.*"):
        shared.unlink()
    assert index_problem(index, object_format) == "the shared part of the index is missing"


@pytest.mark.parametrize(("kept", "problem"), [(0, ""), (5, "damaged"), (40, "damaged"), (999, "")])
def test_an_index_that_is_not_whole_has_a_problem(tmp_path: Path, kept: int, problem: str) -> None:
    index = _staged(tmp_path, {b"a"}).git_dir / "index"
    index.write_bytes(index.read_bytes()[:kept])
    assert problem in index_problem(index, "sha1")
    assert bool(index_problem(index, "sha1")) == bool(problem)
    index.write_bytes(b"PACK" + bytes(90))
    assert index_problem(index, "sha1") == "the index is damaged"


def test_what_is_staged_in_linked_work_trees_counts(tmp_path: Path) -> None:
    repository = _staged(tmp_path, {b"a"})
    as_usual(tmp_path / "r", "commit", "--quiet", "--message=One")
    as_usual(tmp_path / "r", "worktree", "add", "--quiet", "--detach", "../linked")
    (tmp_path / "linked" / "there").write_bytes(b"there\n")
    (tmp_path / "linked" / "a").write_bytes(b"changed there\n")
    as_usual(tmp_path / "linked", "add", ".")
    here = staged_blobs(repository.git_dir / "index", "sha1")
    main, linked = (staged_everywhere(read_layout(tmp_path / name)) for name in ("r", "linked"))
    assert set(main) == set(linked) == {b"a", b"there"}
    assert main[b"a"] == here[b"a"] != linked[b"a"]


def test_no_index_at_all(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"PACK" + bytes(100))
    assert staged_blobs(tmp_path / "absent", "sha1") == staged_blobs(tmp_path / "other", "sha1") == {}
