"""Refs and reflogs in the reftable format are read, or the table is named as damaged."""

import contextlib
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.kit.raw import RawCommit
from opensafe.errors import SourceUnreadable
from opensafe.git.layout import read_layout
from opensafe.git.owned import OwnedRepository
from opensafe.git.refs import ReflogLine, SourceRefs, read_reflogs, read_refs, worktree_heads
from opensafe.git.reftable import LogRecord, Table, merged, read_table
from opensafe.model.identifiers import Oid
from tests.git.git_kit import ANNA, MAIN, as_usual
from tests.git.reftable_file import Value, number, write_stack, write_table

OLD, NEW, TAG = Oid("0a" * 20), Oid("1b" * 20), Oid("2c" * 20)
_OIDS = st.sampled_from([OLD, NEW, TAG])
_NAMES = st.binary(min_size=1, max_size=12).map(lambda name: b"refs/heads/" + name)
_VALUES: st.SearchStrategy[Value] = st.one_of(_OIDS, st.tuples(_OIDS, _OIDS), _NAMES, st.none())
_LOGS = st.builds(
    LogRecord,
    ref=_NAMES,
    update=st.integers(1, 1 << 40),
    old=_OIDS.map(str.encode),
    new=_OIDS.map(str.encode),
    name=st.binary(max_size=8),
    email=st.binary(max_size=8),
    seconds=st.integers(0, 1 << 40),
    zone=st.integers(-1200, 1400),
    message=st.binary(max_size=40),
)


def _raw(value: Value) -> bytes | None:
    """As a loose file holds it."""
    match value:
        case None:
            return None
        case bytes():
            return b"ref: " + value
        case (one, _):
            return one.encode()
        case _:
            return str(value).encode()


@settings(max_examples=60)
@given(
    refs=st.dictionaries(_NAMES, _VALUES, max_size=30),
    logs=st.lists(_LOGS, max_size=9, unique_by=lambda record: (record.ref, record.update)),
    block_size=st.sampled_from([0, 128, 4096]),
    padded=st.booleans(),
)
def test_every_record_comes_back(
    refs: dict[bytes, Value], logs: list[LogRecord], block_size: int, *, padded: bool
) -> None:
    data = write_table(refs, logs, block_size=block_size or 4096, padded=padded)
    found = read_table(data)
    assert found.refs == {name: _raw(value) for name, value in refs.items()}
    assert sorted(found.logs, key=repr) == sorted(logs, key=repr)


def test_a_table_of_sha256(tmp_path: Path) -> None:
    oid = Oid("3d" * 32)
    record = LogRecord(MAIN, 1, b"00" * 32, oid.encode(), b"Anna", b"a@b", 1, 0, b"m")
    table = read_table(write_table({MAIN: oid}, [record], id_bytes=32))
    assert (table.refs, table.logs) == ({MAIN: oid.encode()}, [record])


def test_a_newer_table_wins_and_a_deleted_ref_keeps_its_log() -> None:
    record = LogRecord(b"refs/heads/gone", 1, OLD.encode(), NEW.encode(), b"Anna", b"a@b", 1, 0, b"m")
    older = read_table(write_table({MAIN: OLD, b"refs/heads/gone": OLD}, [record]))
    newer = read_table(write_table({MAIN: NEW, b"refs/heads/gone": None}, [], forgotten=[(b"refs/heads/gone", 1)]))
    assert merged([older, newer]) == ({MAIN: NEW.encode()}, [record])
    assert merged([]) == ({}, [])


def test_deleted_log_entries_are_passed_over() -> None:
    record = LogRecord(MAIN, 7, OLD.encode(), NEW.encode(), b"Anna", b"a@b", 1, 0, b"m")
    assert read_table(write_table({}, [record], forgotten=[(MAIN, 3)])) == Table({}, [record])


@settings(max_examples=60)
@given(st.integers(0, 400), st.integers(1, 255))
def test_a_damaged_table_is_no_answer(at: int, change: int) -> None:
    whole = write_table({MAIN: NEW, b"refs/tags/v": (TAG, NEW)})
    broken = bytearray(whole)
    broken[-1 - at % 68] ^= change
    with pytest.raises(ValueError, match="damaged"):
        read_table(bytes(broken))
    with pytest.raises(ValueError, match="damaged"):
        read_table(whole[: at % len(whole)])


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_between_header_and_footer_end_in_time(body: bytes) -> None:
    whole = write_table({MAIN: NEW})
    data = whole[:24] + body + whole[-68:]
    with contextlib.suppress(ValueError):
        assert isinstance(read_table(data), Table)


def test_numbers_of_the_format() -> None:
    assert [number(value).hex() for value in (0, 127, 128, 16511, 16512)] == [
        "00",
        "7f",
        "8000",
        "ffff"[:2] + "7f",
        "808000",
    ]


def _source(tmp_path: Path) -> tuple[OwnedRepository, Oid]:
    repository = OwnedRepository.create(tmp_path / "r")
    tree = repository.write_object("tree", b"")
    commit = RawCommit(tree, [], ANNA, b"1580000000 +0000", b"One\n")
    return repository, repository.write_object("commit", commit.data)


def test_refs_and_reflogs_of_a_repository(tmp_path: Path) -> None:
    repository, oid = _source(tmp_path)
    log = [
        LogRecord(MAIN, 1, b"0" * 40, oid.encode(), ANNA.name, ANNA.email, 1_580_000_000, 545, b"commit: One\n"),
        LogRecord(b"refs/heads/gone", 2, oid.encode(), b"0" * 40, ANNA.name, ANNA.email, 1_580_000_000, -800, b""),
    ]
    refs: dict[bytes, Value] = {
        b"HEAD": MAIN,
        MAIN: oid,
        b"refs/remotes/origin/HEAD": b"refs/remotes/origin/main",
        b"refs/remotes/origin/main": oid,
        b"refs/tags/v1": (TAG, oid),
        b"ORIG_HEAD": oid,
    }
    write_stack(repository.git_dir, [write_table(refs, log), write_table({b"refs/heads/new": oid})])
    layout = read_layout(repository.git_dir)
    listed = {MAIN: oid, b"refs/remotes/origin/HEAD": oid, b"refs/remotes/origin/main": oid, b"refs/tags/v1": TAG}
    assert read_refs(layout) == SourceRefs({**listed, b"refs/heads/new": oid}, MAIN, oid)
    who = b"Anna Example <anna@example.org> 1580000000 "
    assert list(read_reflogs(layout)) == [
        ReflogLine(b"refs/heads/gone", oid, Oid("0" * 40), who + b"-0800", b""),
        ReflogLine(MAIN, Oid("0" * 40), oid, who + b"+0545", b"commit: One"),
    ]


def test_a_linked_work_tree_has_tables_of_its_own(tmp_path: Path) -> None:
    repository, oid = _source(tmp_path)
    write_stack(repository.git_dir, [write_table({b"HEAD": MAIN, MAIN: oid})])
    own = repository.git_dir / "worktrees" / "linked"
    own.mkdir(parents=True)
    write_stack(own, [write_table({b"HEAD": oid})])
    (own / "commondir").write_text("../..\n")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / ".git").write_text(f"gitdir: {own}\n")
    main, linked = read_layout(repository.git_dir), read_layout(tmp_path / "linked")
    assert worktree_heads(main) == {b"worktrees/linked/HEAD": oid}
    assert (read_refs(main).head_ref, read_refs(linked).head_ref, read_refs(linked).head) == (MAIN, b"", oid)


def test_tables_are_read_without_their_list_and_an_empty_folder_hides_no_ref(tmp_path: Path) -> None:
    repository, oid = _source(tmp_path)
    repository.set_refs({MAIN: oid})
    (repository.git_dir / "reftable").mkdir()
    assert read_refs(read_layout(repository.git_dir)) == SourceRefs({MAIN: oid}, MAIN, oid)
    write_stack(repository.git_dir, [write_table({b"HEAD": MAIN, b"refs/tags/t": oid})])
    (repository.git_dir / "reftable" / "tables.list").unlink()
    assert read_refs(read_layout(repository.git_dir)) == SourceRefs({MAIN: oid, b"refs/tags/t": oid}, MAIN, oid)


@pytest.mark.parametrize("damage", ["cut", "missing"])
def test_a_damaged_table_ends_the_audit(tmp_path: Path, damage: str) -> None:
    repository, oid = _source(tmp_path)
    write_stack(repository.git_dir, [write_table({MAIN: oid})])
    (table,) = (repository.git_dir / "reftable").glob("*.ref")
    table.write_bytes(table.read_bytes()[:-1] if damage == "cut" else b"")
    with pytest.raises(SourceUnreadable, match="refs cannot be listed"):
        read_refs(read_layout(repository.git_dir))


def _makes_tables() -> bool:
    """Whether the git of this machine can make such a repository (since 2.45)."""
    with tempfile.TemporaryDirectory() as folder:
        made = ["git", "init", "--quiet", "--ref-format=reftable", folder]
        return subprocess.run(made, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _makes_tables(), reason="this git cannot make reftables")
def test_refs_are_those_that_git_lists(tmp_path: Path) -> None:
    as_usual(tmp_path, "init", "--quiet", "--ref-format=reftable", "--initial-branch=main", "r")
    as_usual(tmp_path / "r", "commit", "--quiet", "--allow-empty", "--message=One")
    for number_ in range(40):
        as_usual(tmp_path / "r", "branch", f"topic-{number_}")
    as_usual(tmp_path / "r", "tag", "--annotate", "--message=Tagged", "v1")
    as_usual(tmp_path / "r", "branch", "--delete", "topic-3")
    listed = as_usual(tmp_path / "r", "for-each-ref", "--format=%(objectname) %(refname)").splitlines()
    layout = read_layout(tmp_path / "r")
    found = read_refs(layout)
    assert found.refs == {name: Oid(oid.decode()) for oid, _, name in (line.partition(b" ") for line in listed)}
    assert found.head_ref == MAIN
    assert b"commit (initial): One" in {line.message for line in read_reflogs(layout)}
