"""Commits that opensafe adds above the proven history."""

from pathlib import Path

from opensafe.git.owned import OwnedRepository
from opensafe.git.view import view_of
from opensafe.model.identifiers import Oid
from opensafe.proof.added import prove_added
from opensafe.stories.builder import DELETED, MAIN, Content, History, symlink
from tests.rewriting.rewriting_kit import ALICE, tell

TOPIC = b"refs/heads/topic"


def added(folder: Path, *commits: dict[bytes, Content], merge: bool = False) -> tuple[OwnedRepository, Oid, Oid]:
    """A proven commit, and these above it."""
    told = History(ALICE)
    base = told.commit(b"Proven\n", {b"a.txt": b"1\n", b"b/c.txt": b"2\n"})
    tip = base
    for changes in commits:
        tip = told.commit(b"Add\n", changes)
    if merge:
        other = told.commit(b"Other\n", {b"x": b"x"}, branch=TOPIC, after=(base,))
        tip = told.commit(b"Merge\n", after=(tip, other))
    repository, ids = tell(folder, told)
    return repository, ids[base], ids[tip]


def verdict(made: tuple[OwnedRepository, Oid, Oid]) -> dict[str, bool]:
    repository, base, tip = made
    return {check.id: check.passed for check in prove_added(view_of(repository), base, tip)}


def test_files_added_and_changed_are_named(tmp_path: Path) -> None:
    repository, base, tip = added(tmp_path, {b"LICENCE": b"MIT\n"}, {b"a.txt": b"1.1\n", b"\x1b[0m": b""})
    above, files = prove_added(view_of(repository), base, tip)
    assert (above.passed, files.passed) == (True, True)
    assert above.figure == "2 commits stand above the proven one"
    assert files.figure == (
        "2 files added, 1 changed, 0 removed, 0 that are not ordinary files: \\x1b[0m, LICENCE, a.txt"
    )


def test_nothing_added(tmp_path: Path) -> None:
    assert verdict(added(tmp_path)) == {"added-on-top": True, "added-files": True}


def test_a_file_removed(tmp_path: Path) -> None:
    assert verdict(added(tmp_path, {b"a.txt": DELETED})) == {"added-on-top": True, "added-files": False}


def test_a_link_added(tmp_path: Path) -> None:
    assert verdict(added(tmp_path, {b"l": symlink(b"/etc")})) == {"added-on-top": True, "added-files": False}


def test_a_merge_above(tmp_path: Path) -> None:
    assert verdict(added(tmp_path, {b"l": b"1"}, merge=True)) == {"added-on-top": False}


def test_another_history(tmp_path: Path) -> None:
    repository, base, tip = added(tmp_path, {b"l": b"1"})
    assert not any(check.passed for check in prove_added(view_of(repository), tip, base))


def test_main_is_what_was_built(tmp_path: Path) -> None:
    repository, _, tip = added(tmp_path, {b"l": b"1"})
    assert repository.refs()[MAIN] == tip
