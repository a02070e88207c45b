"""What is parsed out of raw objects is what was written into them."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures import repos
from fixtures.kit.plain_git import git
from fixtures.kit.raw import RawCommit, raw_tag, signature
from fixtures.kit.story import Tell
from opensafe.git.owned import OwnedRepository
from opensafe.git.parse import (
    aside_identities,
    blob_id,
    format_tree,
    is_whole_tree,
    parse_commit,
    parse_identity,
    parse_tag,
    parse_tree,
)
from opensafe.model.gitobjects import Identity, RawObject, TreeEntry
from opensafe.model.identifiers import Oid
from tests.git.git_kit import ANNA

ID = Oid("ab" * 20)
TREE, PARENT = Oid("01" * 20), Oid("23" * 20)
_WHEN = b"1580000000 +0545"
_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\n\0<>"), min_size=1, max_size=8)
_VALUE = st.lists(_TEXT, min_size=1, max_size=4).map(lambda lines: "\n".join(lines).encode())
_HEADERS = st.lists(
    st.tuples(st.sampled_from([b"gpgsig", b"mergetag", b"encoding", b"HG:extra"]), _VALUE), max_size=3
).map(tuple)


def _commit(data: bytes) -> RawObject:
    return RawObject(ID, "commit", data)


@given(parents=st.lists(st.just(PARENT), max_size=3), headers=_HEADERS, message=st.binary(max_size=40))
def test_every_part_of_a_commit_comes_back(
    parents: list[Oid], headers: tuple[tuple[bytes, bytes], ...], message: bytes
) -> None:
    raw = RawCommit(TREE, parents, ANNA, _WHEN, message, headers).data
    found = parse_commit(_commit(raw))
    anna = Identity(ANNA.name, ANNA.email, _WHEN)
    assert (found.tree, found.parents, found.author, found.committer) == (TREE, tuple(parents), anna, anna)
    assert (found.headers, found.message, raw[found.message_at :]) == (headers, message, message)
    assert found.signed == any(name == b"gpgsig" for name, _ in headers)


def test_a_commit_with_all_that_is_rare() -> None:
    merged = raw_tag(PARENT, b"commit", b"v1", ANNA, b"Merged\n\nwith a blank line").rstrip(b"\n")
    headers = [(b"encoding", b"ISO-8859-1"), (b"mergetag", merged), (b"gpgsig", signature(b"x").rstrip(b"\n"))]
    message = b"Pr\xe9pare\0after the NUL\n\nBody\n"
    found = parse_commit(_commit(RawCommit(TREE, [PARENT], ANNA, _WHEN, message, headers).data))
    assert found.headers == tuple(headers)
    assert found.message == message
    assert found.signed


@pytest.mark.parametrize(
    ("data", "tree", "author", "message"),
    [
        (b"", "", b"", b""),
        (b"tree %s\n\nNo people\n" % TREE.encode(), TREE, b"", b"No people\n"),
        (b"tree %s\nauthor A <a> 1 +0000\n" % TREE.encode(), TREE, b"A", b""),
        (b"tree hidden text\nauthor A\n\nm", "", b"A", b"m"),
        (b"\n\nOnly a message", "", b"", b"Only a message"),
        (b"author First <a> 1 +0\nauthor Second <a> 1 +0\n\nm", "", b"First", b"m"),
    ],
)
def test_malformed_commits_give_what_can_be_read(data: bytes, tree: str, author: bytes, message: bytes) -> None:
    found = parse_commit(_commit(data))
    assert (found.tree, found.author.name, found.message) == (tree, author, message)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"A B <a@b> 1 +0000", (b"A B", b"a@b", b"1 +0000")),
        (b" <a@b> 1 +0000", (b"", b"a@b", b"1 +0000")),
        (b"<a@b> 1 +0000", (b"", b"a@b", b"1 +0000")),
        (b"A B <> 1 +0000", (b"A B", b"", b"1 +0000")),
        (b"A B 1 +0000", (b"A B 1 +0000", b"", b"")),
        (b"A <a@b", (b"A", b"a@b", b"")),
        (b"A\xff <\xfe>", (b"A\xff", b"\xfe", b"")),
        (b"", (b"", b"", b"")),
    ],
)
def test_identities_good_and_bad(line: bytes, expected: tuple[bytes, bytes, bytes]) -> None:
    assert parse_identity(line) == Identity(*expected)


@pytest.mark.parametrize(("when", "seconds"), [(b"-86400 +0000", -86400), (b"12 +05180", 12), (b"never", 0), (b"", 0)])
def test_dates_good_and_bad(when: bytes, seconds: int) -> None:
    assert Identity(b"", b"", when).timestamp == seconds


def test_a_tag_signed_and_without_a_tagger() -> None:
    message = b"Release\n" + signature(b"x")
    signed = parse_tag(RawObject(ID, "tag", raw_tag(PARENT, b"commit", b"v1", ANNA, message)))
    old = parse_tag(RawObject(ID, "tag", b"object %s\ntype blob\ntag v0\n\nOld\n" % PARENT.encode()))
    anna = Identity(ANNA.name, ANNA.email, b"1580000000 +0000")
    assert (signed.target, signed.target_kind, signed.name, signed.tagger) == (PARENT, "commit", b"v1", anna)
    assert (signed.message, signed.signed) == (message, True)
    assert (old.target_kind, old.tagger, old.message, old.signed) == ("blob", None, b"Old\n", False)


_DATES = [b"1 +0000", b"0771 anna", b"1580000000 +0000 x", b"2" * 12 + b" +0000", b"", b"-5 -0530"]


@pytest.mark.parametrize("when", _DATES)
def test_a_line_with_a_date_that_git_cannot_read_is_set_aside(when: bytes) -> None:
    line = b"author A <a@b> " + when
    found = parse_commit(_commit(b"tree %s\n%s\ncommitter A <a@b> 1 +0000\n\nm" % (TREE.encode(), line)))
    tag = parse_tag(
        RawObject(ID, "tag", b"object %s\ntype commit\ntag v\ntagger A <a@b> %s\n\nm" % (ID.encode(), when))
    )
    good = when in {b"1 +0000", b"", b"-5 -0530"}
    assert (found.aside, found.header_text) == ((b"", b"") if good else (line, line))
    assert (tag.aside == b"") == good


def test_what_stands_once_too_often_or_is_no_id_is_set_aside() -> None:
    people = b"author A <a@b> 1 +0000\nauthor B <b@b> 1 +0000\ncommitter A <a@b> 1 +0000\ncommitter C"
    data = b" lost\ntree %s\ntree garden\nparent none\nparent %s\n%s\nx-odd\n\nm" % (ID.encode(), ID.encode(), people)
    found = parse_commit(_commit(data))
    assert found.aside == b"tree garden\nparent none\nauthor B <b@b> 1 +0000\ncommitter C"
    assert found.headers == ((b"", b"lost"), (b"x-odd", b""))
    assert [who.name for who in aside_identities(found.aside)] == [b"B", b"C"]


def test_extra_headers_of_a_tag_are_kept() -> None:
    data = b"object %s\nobject here\ntype thing\ntag v\ntag w\nkeyword a\n b\n\nm" % ID.encode()
    found = parse_tag(RawObject(ID, "tag", data))
    assert (found.name, found.headers, found.aside) == (
        b"v",
        ((b"keyword", b"a\nb"),),
        b"object here\ntype thing\ntag w",
    )


@pytest.mark.parametrize(("extra", "whole"), [(b"", True), (b"x", False), (b"40000 a\0short", False)])
def test_what_is_no_entry_of_a_tree_is_noticed(extra: bytes, whole: bool) -> None:
    data = format_tree([TreeEntry(0o100644, b"a", TREE), TreeEntry(0o40000, b"b", PARENT)])
    assert is_whole_tree(RawObject(ID, "tree", data + extra)) == whole
    assert is_whole_tree(RawObject(ID, "tree", extra + data)) == whole


@given(st.binary(max_size=120), st.sampled_from([20, 32]))
def test_nothing_is_too_broken_to_be_parsed(data: bytes, id_bytes: int) -> None:
    oid = Oid("ab" * id_bytes)
    commit, tag = parse_commit(RawObject(oid, "commit", data)), parse_tag(RawObject(oid, "tag", data))
    assert data.endswith(commit.message)
    assert data.endswith(tag.message)
    assert all(entry.name in data for entry in parse_tree(RawObject(oid, "tree", data)))


@pytest.mark.parametrize("name", repos.names())
def test_every_tree_of_the_stories_is_written_as_it_was_read(story: Tell, name: str) -> None:
    git_dir = story(name).git_dir
    listed = git(git_dir, "cat-file", "--batch-all-objects", "--batch-check").decode().splitlines()
    for oid in [line.split()[0] for line in listed if " tree " in line]:
        data = git(git_dir, "cat-file", "tree", oid)
        assert format_tree(list(parse_tree(RawObject(Oid(oid), "tree", data)))) == data


_ENTRIES = st.dictionaries(
    st.binary(min_size=1, max_size=6).filter(lambda n: not set(n) & {0, 0x2F} and n not in {b".", b".."}),
    st.sampled_from([0o100644, 0o100755, 0o120000, 0o160000, 0o040000]),
    max_size=6,
).map(lambda modes: [TreeEntry(mode, name, Oid(f"{n:040x}")) for n, (name, mode) in enumerate(modes.items(), 1)])


@given(_ENTRIES)
def test_the_entries_of_a_tree_come_back(entries: list[TreeEntry]) -> None:
    data = format_tree(entries)
    found = parse_tree(RawObject(ID, "tree", data))
    assert sorted(found, key=lambda e: e.name) == sorted(entries, key=lambda e: e.name)
    assert format_tree(list(reversed(found))) == data


def test_a_tree_is_sorted_as_git_sorts_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    repository = OwnedRepository.create(tmp_path_factory.mktemp("tree") / "r")
    empty = repository.write_object("tree", b"")
    blob = repository.write_object("blob", b"")
    names = {b"a": 0o040000, b"a.b": 0o100644, b"a0": 0o100644, b"a-": 0o120000}
    entries = [TreeEntry(mode, name, empty if mode == 0o040000 else blob) for name, mode in names.items()]
    kinds = {0o040000: b"tree"}
    asked = b"".join(
        b"%06o %s %s\t%s\0" % (e.mode, kinds.get(e.mode, b"blob"), e.oid.encode(), e.name) for e in entries
    )
    made = repository.run("mktree", "-z", stdin=asked).decode().strip()
    assert repository.write_object("tree", format_tree(entries)) == made


@given(st.binary(max_size=50))
def test_the_id_of_a_blob(data: bytes) -> None:
    known = {b"": "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", b"x\n": "587be6b4c3f93f93c489c0111bba5596147a26cb"}
    assert known.get(data, "") in blob_id(io.BytesIO(data), len(data), 40)
    assert len(blob_id(io.BytesIO(data), len(data), 64)) == 64
