"""Every text outside file content is given, once, as it stands in the object."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings

from fixtures import repos
from fixtures.kit.damage import loose
from fixtures.kit.plain_git import git
from fixtures.kit.raw import RawCommit, raw_tag, signature
from fixtures.kit.story import Tell
from opensafe.git.owned import OwnedRepository
from opensafe.history.metadata import Located
from opensafe.history.reading import History
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind
from opensafe.model.specimen import Role
from opensafe.stories.builder import History as Telling
from opensafe.stories.builder import Person
from opensafe.stories.workshop import LogLine, Workshop
from tests.git.git_kit import ANNA, MAIN, Tale, full_tree, tales, tell
from tests.history.history_kit import located, read

BEN = Person(b"Ben Example", b"ben@example.org")


def _of(kind: PlaceKind, found: list[Located]) -> list[Located]:
    return [item for item in found if item.specimen.kind is kind]


def _texts(kind: PlaceKind, found: list[Located]) -> Counter[bytes]:
    return Counter(item.specimen.data for item in _of(kind, found))


@settings(max_examples=20)
@given(tale=tales())
def test_any_history_gives_each_text_once(tale: Tale, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("texts")
    told = tell(tale, folder / "r")
    found = located(read(folder / "r", folder))
    messages = {oid: git(told.git_dir, "cat-file", "commit", oid).partition(b"\n\n")[2] for oid in told.commits}
    assert {item.oid: item.specimen.data for item in _of(PlaceKind.COMMIT_MESSAGE, found)} == messages
    listed = git(told.git_dir, "cat-file", "--batch-all-objects", "--batch-check").decode().splitlines()
    tags = {Oid(line.split()[0]) for line in listed if " tag " in line}
    assert Counter(item.oid for item in _of(PlaceKind.TAG_MESSAGE, found)) == Counter(tags)
    refs = git(told.git_dir, "for-each-ref", "--format=%(refname)").splitlines()
    unborn = git(told.git_dir, "symbolic-ref", "--quiet", "HEAD").strip()
    refs += [unborn] if unborn and unborn not in refs else []
    named = [item for item in _of(PlaceKind.REF_NAME, found) if item.oid not in tags]
    assert {item.ref for item in _of(PlaceKind.REF_NAME, found) if item.specimen.data == item.ref} == set(refs)
    assert len(named) == len([name for name in refs if name not in told.tags or told.tags[name] not in tags])
    paths = {path for commit in told.commits for path in full_tree(told.git_dir, commit)} | set(tale.staged)
    assert _texts(PlaceKind.PATH, found) == Counter(paths)
    people = {b"Anna Example <anna@example.org>"}
    assert _texts(PlaceKind.IDENTITY, found) == Counter(people)
    (anna,) = _of(PlaceKind.IDENTITY, found)
    assert anna.count == len(told.commits) + len(tags)


def test_messages_with_a_nul_and_in_latin_1(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "r")
    tree = repository.write_object("tree", b"")
    message = b"Pr\xe9pare\0hidden after the NUL\n\nBody\n"
    headers = [(b"encoding", b"ISO-8859-1"), (b"HG:extra", b"one\ntwo"), (b"gpgsig", signature(b"Anna").rstrip())]
    commit = repository.write_object("commit", RawCommit(tree, [], ANNA, b"1 +0000", message, headers).data)
    tag = repository.write_object("tag", raw_tag(commit, b"commit", b"v1", BEN, b"Tagged\0hidden\xff\n"))
    repository.set_refs({MAIN: commit, b"refs/tags/v1": tag})
    found = located(read(tmp_path / "r", tmp_path))
    header = b"encoding ISO-8859-1\nHG:extra one\ntwo\ngpgsig " + signature(b"Anna").rstrip()
    assert _texts(PlaceKind.COMMIT_MESSAGE, found) == Counter([message])
    assert _texts(PlaceKind.TAG_MESSAGE, found) == Counter([b"Tagged\0hidden\xff\n"])
    assert _texts(PlaceKind.COMMIT_HEADER, found) == Counter([header])
    assert _texts(PlaceKind.IDENTITY, found) == Counter(
        [b"Anna Example <anna@example.org>", b"Ben Example <ben@example.org>"]
    )
    assert all(item.published for item in found)
    assert all((item.specimen.role, item.specimen.signature) == (Role.TEXT, "text") for item in found)


def test_an_identity_is_given_once_with_all_who_carry_it(tmp_path: Path) -> None:
    history = Telling(ANNA)
    first = history.commit(b"One\n", {b"a": b"1\n"})
    last = history.commit(b"Two\n", {b"a": b"2\n"}, committed_by=BEN)
    gone = history.commit(b"Gone\n", {b"a": b"3\n"}, branch=b"refs/heads/x", by=BEN)
    history.tag(b"v1", last, b"Tagged\n")
    workshop = Workshop.open(tmp_path / "r")
    ids = workshop.tell(history)
    workshop.unreferenced(ids[gone], b"refs/heads/x")
    workshop.check_out()
    found = {item.specimen.data: item for item in _of(PlaceKind.IDENTITY, located(read(tmp_path / "r", tmp_path)))}
    anna, ben = (found[b"%s <%s>" % (who.name, who.email)] for who in (ANNA, BEN))
    assert (anna.count, anna.first, anna.last, anna.published, anna.in_head) == (3, ids[first], ids[last], True, True)
    assert (ben.count, ben.published, ben.in_head) == (2, True, True)
    assert {ben.first, ben.last} == {ids[last], ids[gone]}
    assert (anna.subject, anna.path, anna.ref) == (anna.specimen.data, None, None)


def test_tags_are_as_public_as_the_refs_that_lead_to_them(tmp_path: Path) -> None:
    """Also through another tag, and also where an unpublished ref of an earlier name leads there, too."""
    repository = OwnedRepository.create(tmp_path / "r")
    tree = repository.write_object("tree", b"")
    commit = repository.write_object("commit", RawCommit(tree, [], ANNA, b"1 +0000", b"One\n").data)

    def tag(target: Oid, kind: bytes, name: bytes) -> Oid:
        return repository.write_object("tag", raw_tag(target, kind, name, ANNA, name + b" message\n"))

    inner, private = tag(commit, b"commit", b"inner"), tag(commit, b"commit", b"private")
    outer, dangling = tag(inner, b"tag", b"outer"), tag(commit, b"commit", b"dangling")
    repository.set_refs(
        {b"refs/archive/a": outer, b"refs/tags/outer": outer, b"refs/archive/private": private, MAIN: commit}
    )
    found = located(read(tmp_path / "r", tmp_path))
    messages = {item.oid: (item.published, item.ref) for item in _of(PlaceKind.TAG_MESSAGE, found)}
    assert messages == {
        outer: (True, b"refs/tags/outer"),
        inner: (True, b"refs/tags/outer"),
        private: (False, b"refs/archive/private"),
        dangling: (False, None),
    }
    names = {item.specimen.data for item in _of(PlaceKind.REF_NAME, found)}
    refs = {MAIN, b"refs/archive/a", b"refs/tags/outer", b"refs/archive/private"}
    assert names == refs | {b"inner", b"dangling"}, "a name that no ref repeats is a text of its own"


def test_a_path_lasts_from_its_first_commit_to_its_last(tmp_path: Path) -> None:
    history = Telling(ANNA)
    marks = [history.commit(b"%d\n" % n, {b"a": b"%d\n" % (n % 2), b"b%d" % n: b""}) for n in range(4)]
    workshop = Workshop.open(tmp_path / "r")
    ids = workshop.tell(history)
    found = {item.path: item for item in _of(PlaceKind.PATH, located(read(tmp_path / "r", tmp_path)))}
    assert (found[b"a"].first, found[b"a"].last, found[b"a"].in_head) == (ids[marks[0]], ids[marks[3]], True)
    assert (found[b"b2"].first, found[b"b2"].last) == (ids[marks[2]], ids[marks[3]])


def test_names_of_submodules_and_of_lost_folders_are_texts_too(story: Tell, tmp_path: Path) -> None:
    history = Telling(ANNA)
    history.commit(b"One\n", {b"lost-folder/d/a": b"1\n", b"kept/b": b"2\n"})
    workshop = Workshop.open(tmp_path / "r")
    workshop.tell(history)
    lost = git(workshop.git_dir, "rev-parse", "main:lost-folder").decode().strip()
    path = loose(workshop.git_dir, Oid(lost))
    path.chmod(0o644)
    path.unlink()
    found = _texts(PlaceKind.PATH, located(read(tmp_path / "r", tmp_path)))
    assert {b"lost-folder", b"kept/b"} <= set(found)
    (tmp_path / "second").mkdir()
    with_submodule = located(read(story("lfs_and_submodule").path, tmp_path / "second"))
    assert b"lib" in _texts(PlaceKind.PATH, with_submodule)


def test_each_line_of_the_reflogs_is_given_once(tmp_path: Path) -> None:
    history = Telling(ANNA)
    first = history.commit(b"One\n", {b"a": b"1\n"})
    workshop = Workshop.open(tmp_path / "r")
    ids = workshop.tell(history)
    lines = [LogLine(ids[first], b"pull one"), LogLine(ids[first], b"pull two")]
    for ref in ("HEAD", "refs/heads/main"):
        workshop.reflog(ref, lines, ANNA)
    found = _of(PlaceKind.REFLOG, located(read(tmp_path / "r", tmp_path)))
    assert [item.specimen.data.split(b"\n")[1] for item in found] == [b"pull one", b"pull two"]
    assert all(item.specimen.data.startswith(b"Anna Example <anna@example.org> ") for item in found)
    assert [item.ref for item in found] == [b"HEAD", b"HEAD"]
    assert not any(item.published for item in found)


@pytest.mark.parametrize("name", repos.names())
def test_no_text_of_the_stories_is_given_twice_for_one_object(story: Tell, tmp_path: Path, name: str) -> None:
    history: History = read(story(name).path, tmp_path)
    keys = Counter((i.specimen.kind, i.oid, i.path, i.ref, i.specimen.data) for i in located(history))
    assert [key for key, count in keys.items() if count > 1] == []
    assert name == "empty_repository" or len(keys) > 3
