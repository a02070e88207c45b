"""Refs read as text are those that git lists."""

from collections.abc import Set as AbstractSet
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.kit.plain_git import git
from fixtures.kit.raw import RawCommit
from fixtures.kit.story import Tell
from fixtures.repos.linked_worktree import linked
from opensafe.git.layout import read_layout
from opensafe.git.owned import OwnedRepository
from opensafe.git.refs import ReflogLine, SourceRefs, read_reflogs, read_refs, worktree_heads
from opensafe.model.identifiers import Oid
from opensafe.stories.builder import History
from opensafe.stories.workshop import LogLine, Workshop
from tests.git.git_kit import ANNA, MAIN, as_usual

NOBODY = Oid("0" * 40)
# What git takes in the name of a ref (git-check-ref-format).
_NEVER = frozenset(range(0x21)) | frozenset(b"\x7f~^:?*[\\/")
_PART = st.binary(min_size=1, max_size=6).filter(
    lambda part: (
        not set(part) & _NEVER
        and not part.startswith(b".")
        and not part.endswith((b".", b".lock"))
        and b".." not in part
        and b"@{" not in part
    )
)
_FOLDERS = st.sampled_from([b"refs/heads/", b"refs/tags/", b"refs/pull/"])
_NAMES = st.builds(lambda folder, parts: folder + b"/".join(parts), _FOLDERS, st.lists(_PART, min_size=1, max_size=3))


def _listed(git_dir: Path) -> dict[bytes, Oid]:
    lines = git(git_dir, "for-each-ref", "--format=%(objectname) %(refname)").splitlines()
    return {name: Oid(oid.decode()) for oid, _, name in (line.partition(b" ") for line in lines)}


@settings(max_examples=25)
@given(
    packed=st.sets(_NAMES, max_size=5),
    loose=st.sets(_NAMES, max_size=5),
    symbolic=st.dictionaries(st.sampled_from([b"refs/remotes/origin/HEAD", b"refs/heads/alias"]), _NAMES, max_size=2),
    detached=st.booleans(),
)
def test_refs_are_those_that_git_lists(
    packed: set[bytes],
    loose: set[bytes],
    symbolic: dict[bytes, bytes],
    detached: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    repository = OwnedRepository.create(tmp_path_factory.mktemp("refs") / "r")
    old, new = _commit(repository, b"Old\n"), _commit(repository, b"New\n")
    repository.set_refs(_without_clashes(packed, old))
    repository.run("pack-refs", "--all")
    repository.set_refs(_without_clashes(loose, new, among=set(repository.refs())))
    for name, target in symbolic.items():
        if not _clashes(name, {*repository.refs(), target}):
            repository.run("symbolic-ref", name, target)
    if detached:
        (repository.git_dir / "HEAD").write_text(f"{new}\n")
    found = read_refs(read_layout(repository.git_dir))
    expected = _listed(repository.git_dir)
    assert found.refs == expected
    assert (found.head_ref, found.head) == ((b"", new) if detached else (MAIN, expected.get(MAIN)))


def _commit(repository: OwnedRepository, message: bytes) -> Oid:
    tree = repository.write_object("tree", b"")
    return repository.write_object("commit", RawCommit(tree, [], ANNA, b"1580000000 +0000", message).data)


def _without_clashes(names: set[bytes], oid: Oid, among: AbstractSet[bytes] = frozenset()) -> dict[bytes, Oid]:
    taken = set(among)
    for name in sorted(names):
        if not _clashes(name, taken - {name}):
            taken.add(name)
    return dict.fromkeys(taken & names, oid)


def _clashes(name: bytes, others: set[bytes]) -> bool:
    """Whether a file and a folder would have the same name."""
    return any(other.startswith(name + b"/") or name.startswith(other + b"/") for other in others)


def test_names_that_are_not_utf8_packed_and_loose(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "r")
    oid = _commit(repository, b"One\n")
    repository.set_refs({b"refs/heads/caf\xe9": oid})
    repository.run("pack-refs", "--all")
    repository.set_refs({b"refs/tags/\xff\xfe": oid})
    assert set(read_refs(read_layout(tmp_path / "r")).refs) == {b"refs/heads/caf\xe9", b"refs/tags/\xff\xfe"}


def test_what_leads_nowhere_is_no_ref_but_keeps_its_text(tmp_path: Path) -> None:
    repository = OwnedRepository.create(tmp_path / "r")
    oid = _commit(repository, b"One\n")
    repository.set_refs({MAIN: oid})
    heads = repository.git_dir / "refs" / "heads"
    (heads / "stale.lock").write_text(f"{oid}\n")
    (heads / "empty").write_bytes(b"")
    (heads / "garbage").write_bytes(b"not an id\n")
    (heads / "loop").write_bytes(b"ref: refs/heads/loop\n")
    (heads / "link").symlink_to(heads / "main")
    layout = read_layout(tmp_path / "r")
    nowhere = {
        b"refs/heads/empty": b"",
        b"refs/heads/garbage": b"not an id",
        b"refs/heads/loop": b"ref: refs/heads/loop",
    }
    assert read_refs(layout) == SourceRefs({MAIN: oid}, MAIN, oid, nowhere)


def test_an_unborn_branch_has_no_head(story: Tell) -> None:
    assert read_refs(read_layout(story("empty_repository").path)) == SourceRefs({}, MAIN, None)


@pytest.mark.parametrize("name", ["strange_history", "stash_and_note", "colliding_names", "secret_in_names"])
def test_the_refs_of_stories(story: Tell, name: str) -> None:
    built = story(name)
    assert read_refs(read_layout(built.path)).refs == _listed(built.git_dir)


def test_every_line_of_every_reflog(tmp_path: Path) -> None:
    history = History(ANNA)
    first = history.commit(b"One\n", {b"f": b"1"})
    second = history.commit(b"Two\n", {b"f": b"2"})
    workshop = Workshop.open(tmp_path / "r")
    ids = workshop.tell(history)
    workshop.check_out()
    workshop.reflog("HEAD", [LogLine(ids[first], b"commit: One"), LogLine(ids[second], b"a\ttab \xff")], ANNA)
    workshop.reflog("refs/heads/main", [LogLine(ids[second], b"")], ANNA)
    with (workshop.git_dir / "logs" / "HEAD").open("ab") as log:
        log.write(b"garbage\n")
    as_usual(tmp_path / "r", "worktree", "add", "--quiet", "--detach", "../linked")
    when = b"Anna Example <anna@example.org> %d +0000"
    start, day = 1_577_955_600, 86_400
    lines = list(read_reflogs(read_layout(tmp_path / "r")))
    assert lines[:4] == [
        ReflogLine(b"HEAD", NOBODY, ids[first], when % start, b"commit: One"),
        ReflogLine(b"HEAD", ids[first], ids[second], when % (start + day), b"a\ttab \xff"),
        ReflogLine(b"HEAD", Oid(""), Oid(""), b"", b"garbage"),
        ReflogLine(b"refs/heads/main", NOBODY, ids[second], when % start, b""),
    ]
    assert {(line.ref, line.new) for line in lines[4:]} == {(b"HEAD", ids[second])}
    assert worktree_heads(read_layout(tmp_path / "r")) == {b"worktrees/linked/HEAD": ids[second]}


def test_a_linked_work_tree_has_a_head_of_its_own(story: Tell) -> None:
    main = story("linked_worktree").path
    here, there = read_refs(read_layout(main)), read_refs(read_layout(linked(main)))
    assert here.refs == there.refs
    assert (here.head_ref, there.head_ref) == (MAIN, b"refs/heads/other")
    assert worktree_heads(read_layout(main)) == {}, "a branch is checked out there: it is among the refs"
