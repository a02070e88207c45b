"""The day that a case has reached: the clock's, and never one before a day that the log proves."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.casefile.chain import hash_of, to_line
from opensafe.casefile.lines import last_whole_line, read_lines
from opensafe.casefile.log import Log
from opensafe.errors import CaseDamaged
from tests.casefile import casefile_kit as kit

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENTS = st.integers(0, 100 * 365 * 24 * 60).map(lambda minutes: NOON - 50 * 365 * DAY + timedelta(minutes=minutes))


def at(log: Log, moment: datetime) -> Log:
    """The same log, on a computer whose clock shows this moment."""
    return replace(log, clock=lambda: moment)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    (tmp_path / "log.jsonl").touch()
    return Log(tmp_path / "log.jsonl", lambda: NOON)


def test_the_clock_counts_until_the_record_has_reached_a_later_day(log: Log) -> None:
    assert (log.today(), log.ahead()) == (NOON.date(), None)
    log.append("decide", "one")
    assert at(log, NOON + DAY).today() == (NOON + DAY).date()
    behind = at(log, NOON - 40 * DAY)
    assert (behind.today(), behind.ahead()) == (NOON.date(), NOON.date())


def test_the_day_is_that_of_utc(log: Log) -> None:
    late = datetime(2025, 6, 2, 1, tzinfo=timezone(timedelta(hours=2)))
    assert at(log, late).today() == date(2025, 6, 1)
    at(log, late).append("decide", "at 23:00 in UTC")
    assert at(log, NOON - DAY).today() == date(2025, 6, 1)


@given(st.lists(MOMENTS, max_size=6), MOMENTS)
def test_no_order_of_clocks_takes_a_day_back(
    tmp_path_factory: pytest.TempPathFactory, written: list[datetime], asked: datetime
) -> None:
    log = Log(tmp_path_factory.mktemp("log") / "log.jsonl")
    log.path.touch()
    for moment in written:
        at(log, moment).append("decide", "something")
    assert at(log, asked).today() == max(moment.date() for moment in [*written, asked])
    assert [entry.time[:19] for entry in log.entries()] == [moment.isoformat()[:19] for moment in written]
    assert log.verify().ok


def test_a_torn_end_proves_nothing_and_hides_nothing(log: Log) -> None:
    log.append("decide", "one")
    at(log, NOON + 9 * DAY).append("decide", "two")
    log.path.write_bytes(log.path.read_bytes()[:-1])
    assert log.today() == NOON.date()
    at(log, NOON - DAY).append("decide", "three")
    assert [entry.details.get("reached") for entry in log.entries()] == [None, "2025-06-01", "2025-06-01"]
    assert at(log, NOON - DAY).today() == NOON.date()


def test_a_correction_names_its_own_day(log: Log) -> None:
    at(log, NOON + 400 * DAY).append("decide", "by a clock that was ahead")
    log.append("decide", "before anybody saw it")
    log.append("log", "corrected", details={"reached": "2025-06-01"})
    assert (log.today(), log.ahead()) == (NOON.date(), None)
    assert "reached" not in log.append("decide", "after it").details


@pytest.mark.parametrize(
    ("minutes", "ahead"), [(-6, date(2025, 6, 2)), (-5, None), (0, None)], ids=["6 before", "5 before", "midnight"]
)
def test_clocks_that_differ_a_little_at_midnight_are_not_told(log: Log, minutes: int, ahead: date | None) -> None:
    midnight = datetime(2025, 6, 2, tzinfo=UTC)
    at(log, midnight).append("decide", "just after midnight")
    asked = at(log, midnight + timedelta(minutes=minutes))
    assert (asked.today(), asked.ahead()) == (midnight.date(), ahead)


@pytest.mark.parametrize("line", [b"{}", b"", b"null"])
def test_a_last_line_that_is_no_entry_is_named(log: Log, line: bytes) -> None:
    log.append("decide", "one")
    log.path.write_bytes(log.path.read_bytes() + line + b"\n")
    for ask in (log.today, log.ahead):
        with pytest.raises(CaseDamaged, match=r"log\.jsonl, line 2: not an entry of the log"):
            ask()


@pytest.mark.parametrize("changes", [{"time": "once"}, {"details": {"reached": "soon"}}, {"details": {"reached": 7}}])
def test_a_last_entry_without_a_day_is_named_and_nothing_is_added(log: Log, changes: dict[str, Any]) -> None:
    first = log.append("decide", "one")
    second = replace(first, seq=2, previous=first.hash, **changes)
    log.path.write_bytes(log.path.read_bytes() + to_line(replace(second, hash=hash_of(second))) + b"\n")
    assert log.verify().ok
    for ask in (log.today, log.ahead, lambda: log.append("decide", "more")):
        with pytest.raises(CaseDamaged, match=r"log\.jsonl, line 2: the entry has no time"):
            ask()


@given(st.lists(st.binary(max_size=40_000), max_size=4), st.binary(max_size=40))
def test_the_last_whole_line_is_the_last_of_all(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], torn: bytes
) -> None:
    file = tmp_path_factory.mktemp("lines") / "lines"
    file.write_bytes(b"".join(line + b"\n" for line in lines) + torn)
    whole = read_lines(file).whole
    assert last_whole_line(file) == (whole[-1] if whole else None)


@pytest.mark.skipif(os.name == "nt", reason="a hole in a file takes room there")
def test_only_the_end_of_a_long_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "lines"
    with file.open("wb") as made:
        made.seek(1 << 36)  # a hole of 64 GiB: more than can be read here
        made.write(b"\nthe last\n")
    assert last_whole_line(file) == b"the last"


def test_a_case_has_the_day_of_its_log(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    assert case.today == datetime.now(UTC).date()
    at(case.log, datetime(2098, 1, 1, tzinfo=UTC)).append("decide", "by a clock that was ahead")
    assert case.today == date(2098, 1, 1)
