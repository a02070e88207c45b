"""Repositories of ours: what is written arrives as it was given."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.kit.plain_git import git
from fixtures.kit.story import Tell
from opensafe.errors import GitFailed
from opensafe.git.layout import read_layout
from opensafe.git.owned import OwnedRepository, alternate_line
from opensafe.git.stream import list_ids, read_objects
from opensafe.git.view import view_of
from opensafe.model.gitobjects import RawObject
from opensafe.model.identifiers import Oid


@pytest.fixture(name="repository")
def _repository(tmp_path: Path) -> OwnedRepository:
    return OwnedRepository.create(tmp_path / "r")


@settings(max_examples=15)
@given(contents=st.lists(st.binary(max_size=60), max_size=8), object_format=st.sampled_from(["sha1", "sha256"]))
def test_many_blobs_at_once(
    contents: list[bytes], object_format: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repository = OwnedRepository.create(tmp_path_factory.mktemp("blobs") / "r", object_format=object_format)
    ids = repository.write_blobs(contents)
    found = [item.data for item in read_objects(view_of(repository), ids) if isinstance(item, RawObject)]
    assert found == contents
    assert ids == [repository.write_object("blob", data) for data in contents]


@pytest.mark.parametrize(
    ("kind", "data"), [("commit", b"not a commit"), ("tree", b"\0\0"), ("tag", b""), ("blob", b"\r\n\0")]
)
def test_malformed_objects_can_be_written_too(repository: OwnedRepository, kind: str, data: bytes) -> None:
    oid = repository.write_object(kind, data)
    assert list(read_objects(view_of(repository), [oid])) == [RawObject(oid, kind, data)]


def test_refs_move_and_go_in_one_transaction(repository: OwnedRepository) -> None:
    old, new = repository.write_object("blob", b"old\n"), repository.write_object("blob", b"new\n")
    repository.set_refs({b"refs/tags/stays": old, b"refs/tags/moves": old, b"refs/tags/goes": old})
    repository.set_refs({b"refs/tags/moves": new, b"refs/tags/caf\xe9": new}, delete=[b"refs/tags/goes"])
    expected = {b"refs/tags/stays": old, b"refs/tags/moves": new, b"refs/tags/caf\xe9": new}
    assert repository.refs() == expected
    with pytest.raises(GitFailed):
        repository.set_refs({b"refs/tags/fine": new, b"refs/tags/absent": Oid("0b5e" * 10)})
    assert repository.refs() == expected, "all or nothing"
    repository.set_refs({})
    assert repository.refs() == expected


def test_a_replaced_object_is_read_as_it_is(repository: OwnedRepository) -> None:
    real, other = repository.write_object("blob", b"real\n"), repository.write_object("blob", b"other\n")
    repository.set_refs({b"refs/replace/" + real.encode(): other})
    assert list(read_objects(view_of(repository), [real])) == [RawObject(real, "blob", b"real\n")]


def test_head_may_name_a_branch_that_is_not_born(repository: OwnedRepository) -> None:
    repository.set_head(b"refs/heads/other")
    assert git(repository.git_dir, "symbolic-ref", "HEAD") == b"refs/heads/other\n"


def test_fsck_is_content_or_says_why(repository: OwnedRepository) -> None:
    assert repository.fsck() == ""
    tree = repository.write_object("tree", b"")
    good = b"tree %s\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\nm\n" % tree.encode()
    repository.set_refs({b"refs/heads/main": repository.write_object("commit", good)})
    assert repository.fsck() == ""
    repository.write_object("commit", good.replace(b"A <a>", b"A a", 1))
    assert "missingEmail" in repository.fsck()


def test_borrowed_objects_are_read_and_forgotten(story: Tell, tmp_path: Path) -> None:
    layout = read_layout(story("utf16_sql").path)
    borrower = OwnedRepository.create(tmp_path / "borrower")
    borrower.borrow_objects([layout.objects, tmp_path / "not there"])
    assert sorted(list_ids(view_of(borrower))) == sorted(list_ids(view_of(OwnedRepository(layout.git_dir))))
    borrower.forget_borrowed()
    borrower.forget_borrowed()
    assert list_ids(view_of(borrower)) == []


@pytest.mark.parametrize(
    ("name", "line"),
    [("a b", b'"a b"\n'), ('a"b', b'"a\\"b"\n'), ("#a", b'"#a"\n'), ("a\nb", b'"a\\nb"\n'), ("a:b;c", b'"a:b;c"\n')],
)
def test_a_folder_in_an_alternates_file(name: str, line: bytes) -> None:
    assert alternate_line(Path(name)) == line


def test_a_work_tree_beside_the_git_folder(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "r", bare=False)
    (tmp_path / "r" / "f.txt").write_bytes(b"x\r\n")
    repository.run("add", "f.txt")
    assert repository.git_dir == tmp_path / "r" / ".git"
    assert git(repository.git_dir, "cat-file", "blob", ":f.txt") == b"x\r\n", "no line end was changed"


def test_a_folder_that_cannot_be_a_repository(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "objects").write_bytes(b"in the way\n")
    with pytest.raises(GitFailed, match="git init failed"):
        OwnedRepository.create(tmp_path / "r")
    with pytest.raises(GitFailed, match="git init failed"):
        OwnedRepository.create(tmp_path / "s", object_format="md5")
