"""The builder: what is said in Python is what stands in git."""

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.kit.plain_git import git
from opensafe.model.identifiers import Oid
from opensafe.stories.builder import DELETED, Content, History, Mark, Person, executable, gitlink, quoted, symlink
from opensafe.stories.workshop import LogLine, Workshop

ANNA = Person(b"Anna Example", b"anna@example.org")
BEN = Person(b"Ben Example", b"ben@example.org")


def _told(path: Path, history: History) -> tuple[Workshop, dict[Mark, Oid]]:
    workshop = Workshop.open(path, bare=True)
    return workshop, workshop.tell(history)


def test_a_stream_is_what_fast_import_reads() -> None:
    history = History(ANNA, start=1000, step=10)
    first = history.commit(b"One\n", {b"a b": b"x\n"}, zone=b"+0545")
    history.commit(b"Two\n", {b"a b": DELETED}, by=BEN, encoding=b"ISO-8859-1")
    history.tag(b"v1", first, b"Tag\n")
    assert history.stream() == (
        b"reset refs/heads/main\n\ncommit refs/heads/main\nmark :1\n"
        b"author Anna Example <anna@example.org> 1000 +0545\n"
        b"committer Anna Example <anna@example.org> 1000 +0545\n"
        b'data 4\nOne\n\nM 100644 inline "a b"\ndata 2\nx\n\n\n'
        b"commit refs/heads/main\nmark :2\n"
        b"author Ben Example <ben@example.org> 1010 +0000\n"
        b"committer Ben Example <ben@example.org> 1010 +0000\n"
        b'encoding ISO-8859-1\ndata 4\nTwo\n\nfrom :1\nD "a b"\n\n'
        b"tag v1\nmark :3\nfrom :1\ntagger Anna Example <anna@example.org> 1010 +0000\ndata 4\nTag\n\n"
    )


def test_modes_stand_in_the_tree(tmp_path: Path) -> None:
    history = History(ANNA)
    entries: dict[bytes, Content] = {b"f": b"1", b"x": executable(b"2"), b"l": symlink(b"f"), b"s": gitlink("ab" * 20)}
    history.commit(b"Modes\n", entries)
    workshop, _ = _told(tmp_path / "r", history)
    listed = [line.split() for line in git(workshop.git_dir, "ls-tree", "main").decode().splitlines()]
    assert [(line[0], line[3]) for line in listed] == [
        ("100644", "f"),
        ("120000", "l"),
        ("160000", "s"),
        ("100755", "x"),
    ]


def test_parents_stand_in_the_order_in_which_they_were_given(tmp_path: Path) -> None:
    history = History(ANNA)
    root = history.commit(b"Root\n")
    arms = [history.commit(b"Arm\n", branch=b"refs/heads/%d" % n, after=(root,), when=n) for n in range(3)]
    merge = history.commit(b"Octopus\n", after=(arms[2], arms[0], arms[1]))
    orphan = history.commit(b"Orphan\n", after=(), branch=b"refs/heads/o")
    workshop, ids = _told(tmp_path / "r", history)
    printed = git(workshop.git_dir, "rev-list", "--no-walk=unsorted", "--parents", ids[merge], ids[orphan]).decode()
    expected = [[ids[merge], ids[arms[2]], ids[arms[0]], ids[arms[1]]], [ids[orphan]]]
    assert [line.split() for line in printed.splitlines()] == expected


def test_a_new_root_may_take_the_place_of_a_branch(tmp_path: Path) -> None:
    history = History(ANNA)
    history.commit(b"Old\n", {b"old": b"1"})
    new = history.commit(b"New\n", {b"new": b"2"}, after=())
    workshop, ids = _told(tmp_path / "r", history)
    assert git(workshop.git_dir, "rev-list", "main").decode().split() == [ids[new]]
    assert git(workshop.git_dir, "ls-tree", "--name-only", "main") == b"new\n"


def test_notes_refs_and_nested_tags(tmp_path: Path) -> None:
    history = History(ANNA)
    first = history.commit(b"One\n")
    history.note(first, b"A note\n")
    history.ref(b"refs/pull/1/head", first)
    history.tag(b"outer", history.tag(b"inner", history.blob(b"blob\n"), b"Inner\n"), b"Outer\n")
    workshop, ids = _told(tmp_path / "r", history)
    assert git(workshop.git_dir, "notes", "show", ids[first]) == b"A note\n"
    assert git(workshop.git_dir, "rev-parse", "refs/pull/1/head").decode().strip() == ids[first]
    assert git(workshop.git_dir, "cat-file", "-p", "outer^{blob}") == b"blob\n"


def test_a_stash_is_listed_newest_first_with_the_texts_of_its_log(tmp_path: Path) -> None:
    history = History(ANNA)
    base = history.commit(b"Base\n", {b"f": b"0"})
    marks = [history.commit(b"WIP\n", {b"f": b"%d" % n}, branch=b"refs/heads/t", after=(base, base)) for n in (1, 2)]
    workshop, ids = _told(tmp_path / "r", history)
    workshop.stash([LogLine(ids[marks[0]], b"older"), LogLine(ids[marks[1]], b"newer")], BEN)
    listed = git(workshop.git_dir, "log", "-g", "--format=%gd: %gs", "refs/stash").decode()
    assert listed.splitlines() == ["stash@{0}: newer", "stash@{1}: older"]
    assert git(workshop.git_dir, "rev-parse", "stash@{1}").decode().strip() == ids[marks[0]]


def test_a_sha256_repository_has_longer_ids(tmp_path: Path) -> None:
    workshop = Workshop.open(tmp_path / "r", object_format="sha256")
    history = History(ANNA)
    history.commit(b"One\n", {b"f": b"1"})
    workshop.tell(history)
    workshop.check_out()
    assert re.fullmatch(rb"[0-9a-f]{64}\n", git(workshop.git_dir, "rev-parse", "main"))


def test_the_work_tree_of_a_story_is_clean(tmp_path: Path) -> None:
    history = History(ANNA)
    history.commit(b"One\n", {b"f": b"1\r\n", b"x": executable(b"2")})
    Workshop.with_history(tmp_path / "r", history)
    status = subprocess.run(["git", "status", "--porcelain"], cwd=tmp_path / "r", capture_output=True, check=True)
    assert status.stdout == b""


# Git itself refuses empty components, dots and its own folder; a NUL ends a name.
_COMPONENT = st.binary(min_size=1, max_size=12).filter(
    lambda name: not set(name) & {0, 0x2F} and name not in {b".", b".."} and b".git" not in name.lower()
)
_PATHS = st.sets(st.lists(_COMPONENT, min_size=1, max_size=2).map(b"/".join), min_size=1, max_size=8)


@settings(max_examples=20)
@given(paths=_PATHS, text=st.binary())
def test_any_path_and_any_content_come_back_from_git(
    paths: set[bytes], text: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kept = {path for path in paths if not any(path != other and other.startswith(path + b"/") for other in paths)}
    history = History(ANNA)
    history.commit(text, dict.fromkeys(kept, text))
    workshop, ids = _told(tmp_path_factory.mktemp("paths") / "r", history)
    listed = git(workshop.git_dir, "ls-tree", "-r", "-z", "main").split(b"\0")[:-1]
    oid = listed[0].split()[2]
    assert set(listed) == {b"100644 blob %s\t%s" % (oid, path) for path in kept}
    assert git(workshop.git_dir, "cat-file", "blob", oid.decode()) == text
    assert git(workshop.git_dir, "cat-file", "commit", ids[Mark(1)]).partition(b"\n\n")[2] == text


@given(st.binary())
def test_a_quoted_path_is_plain_ascii_on_one_line(path: bytes) -> None:
    assert re.fullmatch(rb'"(?:[ !#-\[\]-~]|\\[0-3][0-7]{2})*"', quoted(path))
