"""The log knows the ledgers: what is changed in them shows, and what no command recorded is noted."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.casefile.binding import EMPTY, LedgerState, compared, state_of, states_at
from opensafe.casefile.folder import Case
from opensafe.errors import CaseDamaged
from tests.casefile import casefile_kit as kit

LINES = st.lists(st.binary(max_size=8).filter(lambda line: b"\n" not in line), max_size=6)


def ended(lines: Sequence[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def decided(case: Case, *names: str) -> None:
    for name in names:
        with case.writing("decide"):
            case.decisions.append(kit.decision(name))
            case.log.append("decide", f"decided {name}")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = kit.new_case(tmp_path)
    decided(case, "F-a", "F-b", "F-c")
    return case


def test_an_entry_tells_how_a_ledger_grew(case: Case) -> None:
    first, second, _ = (entry.details for entry in case.log.entries())
    lines = (case.root / "decisions.jsonl").read_bytes().splitlines()
    assert first == {"before decisions.jsonl": str(EMPTY), "after decisions.jsonl": str(state_of(ended(lines[:1])))}
    assert second["before decisions.jsonl"] == first["after decisions.jsonl"]
    case.log.append("report", "made")
    assert case.log.entries()[-1].details == {}


@given(LINES, st.lists(st.integers(0, 9), max_size=4))
def test_states_are_those_of_the_beginnings(lines: list[bytes], counts: list[int]) -> None:
    expected = {count: state_of(ended(lines[:count])) for count in counts if count <= len(lines)}
    assert states_at(ended(lines), counts) == expected


@given(LINES, LINES)
def test_only_a_ledger_that_grew_holds(former: list[bytes], now: list[bytes]) -> None:
    verdict = compared("x", ended(now), [EMPTY, state_of(ended(former))])
    assert verdict.broken == (now[: len(former)] != former)
    assert verdict.strangers == (0 if verdict.broken else len(now) - len(former))


def _edited(lines: list[bytes]) -> list[bytes]:
    return [lines[0], lines[1].replace(b"redact", b"keep"), *lines[2:]]


@pytest.mark.parametrize(
    "bend",
    [
        _edited,
        lambda lines: lines[:-1],
        lambda lines: lines[1:],
        lambda lines: [lines[1], lines[0], *lines[2:]],
        lambda lines: [lines[0], *lines],
        lambda lines: lines[:0],
    ],
    ids=["edited", "cut off", "first gone", "swapped", "repeated", "emptied"],
)
def test_a_ledger_that_was_bent_is_found_and_nothing_more_is_written(
    case: Case, bend: Callable[[list[bytes]], Sequence[bytes]]
) -> None:
    path = case.root / "decisions.jsonl"
    path.write_bytes(b"".join(bend(path.read_bytes().splitlines(keepends=True))))
    assert [found.broken for found in case.log.verify_ledgers() if found.name == "decisions.jsonl"] == [True]
    bent, log = path.read_bytes(), case.log.path.read_bytes()
    with pytest.raises(CaseDamaged, match=r"decisions\.jsonl is not as the log recorded it"), case.writing("decide"):
        pytest.fail("a bent case was written to")
    assert (path.read_bytes(), case.log.path.read_bytes()) == (bent, log)


def test_a_log_that_was_emptied_is_found_and_nothing_more_is_written(case: Case) -> None:
    (case.root / "log.jsonl").write_bytes(b"")
    assert (case.log.verify().ok, case.log.verify().reason) == (False, "all entries are gone")
    assert case.log.fault() == "the log: all entries are gone"
    with pytest.raises(CaseDamaged, match="all entries are gone"):
        decided(case, "F-d")


def test_a_record_without_a_fault_has_none(case: Case) -> None:
    assert case.log.fault() == ""
    with (case.root / "log.jsonl").open("ab") as file:
        file.write(b'{"a write that a kill')
    assert case.log.fault() == ""


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("log.jsonl", "line 2 of the log: the entry was changed after it was written"),
        ("decisions.jsonl", "decisions.jsonl is not as the log recorded it"),
    ],
)
def test_a_fault_of_the_record_is_told_in_few_words(case: Case, file: str, told: str) -> None:
    whole = (case.root / file).read_bytes()
    (case.root / file).write_bytes(whole.replace(b"F-b", b"F-x"))
    assert case.log.fault() == told


def test_every_changed_byte_of_a_ledger_is_found(case: Case) -> None:
    path = case.root / "decisions.jsonl"
    data = path.read_bytes()
    missed: list[int] = []
    for at, byte in enumerate(data):
        path.write_bytes(data[:at] + bytes([byte ^ 1]) + data[at + 1 :])
        if not any(found.broken for found in case.log.verify_ledgers()):
            missed.append(at)
    assert missed == []


def test_lines_that_no_command_recorded_are_counted_and_then_noted(case: Case) -> None:
    case.decisions.append(kit.decision("F-by-hand"), kit.decision("F-too"))
    assert {found.name: found.strangers for found in case.log.verify_ledgers() if found.strangers} == {
        "decisions.jsonl": 2
    }
    decided(case, "F-d")
    note, after = case.log.entries()[-2:]
    assert (note.step, note.what) == ("log", "Found 2 lines in decisions.jsonl that no command had recorded")
    assert "by hand" in note.why
    assert after.details["before decisions.jsonl"] == note.details["after decisions.jsonl"]
    assert [found.strangers for found in case.log.verify_ledgers()] == [0] * 8


def test_a_state_that_was_never_written_by_opensafe_does_not_hold() -> None:
    assert compared("x", b"a\n", [LedgerState(-1, "x")]).broken
