"""The chain: what it shows, and what it survives."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import RawIOBase
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.casefile.canonical import canonical
from opensafe.casefile.chain import follow, hash_of, to_line
from opensafe.casefile.log import GENESIS, Log
from opensafe.errors import CaseDamaged, DiskFailed
from opensafe.model.logentry import LogEntry
from opensafe.version import VERSION
from tests.casefile import casefile_children as children

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    (tmp_path / "log.jsonl").touch()
    return Log(tmp_path / "log.jsonl", lambda: NOON)


def filled(log: Log, count: int) -> Log:
    for number in range(count):
        log.append("decide", f"decision {number}", by="A Tester", details={"n": number})
    return log


def sealed(entry: LogEntry) -> LogEntry:
    """The entry with the hash that belongs to it, as a forger would compute it."""
    return replace(entry, hash=hash_of(entry))


def test_an_entry_holds_who_when_what_and_why(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "tester")
    details: dict[str, str | int | float | bool] = {"count": 3, "share": 0.5, "digest": "ab", "complete": False}
    entry = log.append("audit", "Read é", by="Jo", role="ig-lead", why="asked", details=details)

    expected = LogEntry(
        seq=1,
        time="2025-06-01T12:00:00Z",
        os_user="tester",
        by="Jo",
        role="ig-lead",
        step="audit",
        what="Read é",
        why="asked",
        version=VERSION,
        details=details,
        previous=GENESIS,
        hash=entry.hash,
    )
    assert (entry, log.entries(), log.head()) == (expected, (expected,), hash_of(expected))
    assert log.path.read_bytes() == to_line(expected) + b"\n"
    second = log.append("decide", "next")
    assert (second.seq, second.previous, log.head()) == (2, entry.hash, second.hash)


def test_an_empty_log_has_a_head_of_zeros(log: Log) -> None:
    assert (log.entries(), log.head(), log.verify().ok, log.verify(GENESIS).ok) == ((), "0" * 64, True, True)


def test_the_hash_is_what_the_documentation_says(log: Log) -> None:
    rest = (
        b'{"by":"","details":{},"os_user":"u","role":"","seq":1,"step":"s",'
        b'"time":"t","version":"v","what":"w","why":""}'
    )
    entry = LogEntry(1, "t", "u", "", "", "s", "w", "", "v", {}, GENESIS)
    assert hash_of(entry) == hashlib.sha256(b"0" * 64 + rest).hexdigest()


def put(file: RawIOBase, at: int, byte: int) -> None:
    file.seek(at)
    file.write(bytes([byte]))


def test_every_changed_byte_of_a_log_of_200_entries_is_found(log: Log) -> None:
    """Followed in memory: the next test does the same in the file, for fewer bytes."""
    data = filled(log, 200).path.read_bytes()
    lines = data.split(b"\n")[:-1]
    missed: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        for at, byte in enumerate(line):
            bent = line[:at] + bytes([byte ^ 1]) + line[at + 1 :]
            verdict = follow([*lines[:number], *bent.split(b"\n"), *lines[number + 1 :]])
            if verdict.ok or verdict.first_bad_line != number + 1:
                missed.append((number, at))
    assert missed == []
    assert len(data) > 60_000


def test_every_changed_line_end_and_a_sample_of_bytes_are_found_in_the_file(log: Log) -> None:
    data = filled(log, 60).path.read_bytes()
    head = log.head()
    missed: list[int] = []
    with log.path.open("r+b", buffering=0) as file:
        for at in {*range(0, len(data), 7), *(at for at, byte in enumerate(data) if byte == ord("\n"))}:
            put(file, at, data[at] ^ 1)
            verdict = log.verify(head)
            put(file, at, data[at])
            if verdict.ok or verdict.first_bad_line != data.count(b"\n", 0, at) + 1:
                missed.append(at)
    assert missed == []


def test_every_cut_of_a_log_of_200_entries_is_found_against_a_known_head(log: Log) -> None:
    lines = filled(log, 200).path.read_bytes().splitlines(keepends=True)
    head = log.head()
    for kept in range(len(lines)):
        log.path.write_bytes(b"".join(lines[:kept]))
        assert not log.verify(head).ok


def test_every_truncation_is_found_against_a_known_head(log: Log) -> None:
    data = filled(log, 12).path.read_bytes()
    head = log.head()
    for cut in range(len(data)):
        log.path.write_bytes(data[:cut])
        assert not log.verify(head).ok
    log.path.write_bytes(data)
    assert log.verify(head).ok


def test_a_cut_at_a_line_end_shows_only_against_a_known_head(log: Log) -> None:
    lines = filled(log, 5).path.read_bytes().splitlines(keepends=True)
    head = log.head()
    log.path.write_bytes(b"".join(lines[:3]))
    assert log.verify().ok
    verdict = log.verify(head)
    assert (verdict.ok, verdict.entries, verdict.first_bad_line) == (False, 3, None)
    assert "not with the expected head" in verdict.reason


def test_a_head_that_was_printed_earlier_still_holds_when_the_log_grew(log: Log) -> None:
    early = filled(log, 3).head()
    filled(log, 3)
    assert log.verify(early).ok
    assert log.verify(f" {early.upper()}\n").ok
    assert not log.verify("ab" * 32).ok


@pytest.mark.parametrize(
    ("order", "bad_line"), [([1, 0, 2, 3], 1), ([0, 2, 3], 2), ([0, 1, 1, 2, 3], 3), ([0, 3, 2, 1], 2), ([1, 2, 3], 1)]
)
def test_swapped_deleted_and_repeated_lines_are_found(log: Log, order: list[int], bad_line: int) -> None:
    lines = filled(log, 4).path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(b"".join(lines[number] for number in order))
    verdict = log.verify()
    assert (verdict.ok, verdict.first_bad_line, verdict.entries) == (False, bad_line, bad_line - 1)


def test_an_entry_that_was_changed_and_hashed_again_breaks_the_next(log: Log) -> None:
    first, second = filled(log, 2).path.read_bytes().splitlines()
    entry = log.entries()[0]
    forged = sealed(replace(entry, by="Somebody Else"))
    assert follow([to_line(forged)]).ok
    assert follow([to_line(forged), second]).first_bad_line == 2
    assert follow([first, second]).ok


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"{}",
        b"[" * 100_000,
        canonical({**dict.fromkeys(LogEntry.__slots__, ""), "seq": 1, "details": {"list": []}}),
        canonical({**dict.fromkeys(LogEntry.__slots__, ""), "seq": 1, "details": {}, "what": 7}),
        canonical({**dict.fromkeys(LogEntry.__slots__, ""), "seq": "1", "details": {}}),
    ],
)
def test_a_line_that_is_no_entry_is_named(log: Log, line: bytes) -> None:
    filled(log, 2)
    log.path.write_bytes(log.path.read_bytes() + line + b"\n")
    assert (log.verify().ok, log.verify().first_bad_line) == (False, 3)
    with pytest.raises(CaseDamaged, match=r"log\.jsonl, line 3: "):
        log.entries()


def test_a_broken_chain_takes_no_more_entries(log: Log) -> None:
    filled(log, 3)
    broken = log.path.read_bytes().replace(b"decision 1", b"decision 9")
    log.path.write_bytes(broken)
    with pytest.raises(CaseDamaged, match=r"log\.jsonl, line 2: the entry was changed after it was written") as caught:
        log.append("decide", "more")
    assert "head hash" in caught.value.remedy
    assert log.path.read_bytes() == broken


def test_a_torn_last_line_is_reported_then_discarded_with_an_entry_of_its_own(log: Log) -> None:
    data = filled(log, 3).path.read_bytes()
    log.path.write_bytes(data[:-5])
    verdict = log.verify()
    assert (verdict.ok, verdict.entries, verdict.first_bad_line) == (False, 2, 3)
    assert "torn" in verdict.reason

    log.append("decide", "again")
    assert [entry.what for entry in log.entries()] == [
        "decision 0",
        "decision 1",
        "a torn last line was discarded",
        "again",
    ]
    assert log.entries()[2].details == {"bytes": len(data.splitlines()[2]) - 4}
    assert log.verify().ok


def test_a_clock_that_goes_back_is_recorded_as_it_is(log: Log) -> None:
    times = iter([NOON, NOON - timedelta(days=400), NOON.astimezone(timezone(timedelta(hours=2)))])
    turning = Log(log.path, lambda: next(times))
    filled(turning, 3)
    assert [entry.time for entry in log.entries()] == [
        "2025-06-01T12:00:00Z",
        "2024-04-27T12:00:00Z",
        "2025-06-01T12:00:00Z",
    ]
    assert log.verify().ok


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(), max_size=20), st.dictionaries(st.text(max_size=5), st.integers() | st.booleans()))
def test_any_text_survives(what: str, details: dict[str, str | int | float | bool]) -> None:
    entry = sealed(LogEntry(1, "t", "u", what, what, "s", what, what, "v", details, GENESIS))
    assert follow([to_line(entry)]).ok


def test_details_that_are_no_number_cannot_be_written(log: Log) -> None:
    with pytest.raises(ValueError, match="JSON"):
        log.append("audit", "read", details={"seconds": float("nan")})
    assert log.entries() == ()


def test_a_log_that_is_gone_is_named(log: Log) -> None:
    log.path.unlink()
    with pytest.raises(DiskFailed, match=r"log\.jsonl"):
        log.verify()


def test_two_processes_that_append_at_once_make_one_chain(log: Log) -> None:
    writers = [children.FRESH.Process(target=children.append_entries, args=(log.path, 40)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert (log.verify().ok, log.verify().entries) == (True, 80)
