"""The append-only records: what goes in comes out, and what is broken is named."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.casefile.alike import AlikeLines
from opensafe.casefile.canonical import canonical
from opensafe.casefile.ledger import Ledger
from opensafe.casefile.records import (
    attestation_ledger,
    category_ledger,
    check_ledger,
    decision_ledger,
    encode,
    risk_ledger,
    rotation_ledger,
    signoff_ledger,
)
from opensafe.errors import CaseDamaged, DiskFailed
from opensafe.model.decision import Action, Decision
from tests.casefile import casefile_kit as kit


@pytest.mark.parametrize(
    ("factory", "records"),
    [
        (decision_ledger, kit.DECISIONS),
        (rotation_ledger, kit.ROTATIONS),
        (attestation_ledger, kit.ATTESTATIONS),
        (signoff_ledger, kit.SIGNOFFS),
        (check_ledger, kit.LIVE_CHECKS),
        (risk_ledger, kit.RISKS),
        (category_ledger, kit.CATEGORIES),
    ],
)
def test_every_record_comes_back_as_it_was(
    factory: Callable[[Path], Ledger[Any]], records: st.SearchStrategy[Any]
) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.lists(records, max_size=4), max_size=3))
    def holds(batches: Sequence[Sequence[Any]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            ledger = factory(Path(folder, "ledger.jsonl"))
            ledger.path.touch()
            notes = [ledger.append(*batch) for batch in batches]
            assert ledger.read() == tuple(record for batch in batches for record in batch)
            assert set(notes) <= {""}
            assert ledger.path.read_bytes().isascii()
            assert ledger.path.read_bytes().count(b"\n") == len(ledger.read())

    holds()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger[Decision]:
    (tmp_path / "decisions.jsonl").touch()
    return decision_ledger(tmp_path / "decisions.jsonl")


def test_a_line_looks_the_same_for_ever(ledger: Ledger[Decision]) -> None:
    ledger.append(kit.decision("F-a", path="*.R", reason="it's\n“fine”"))
    assert ledger.path.read_bytes() == (
        b'{"action":"redact","by":"A Tester","expires":null,"on":"2025-06-01","path":"*.R",'
        b'"reason":"it\'s\\n\\u201cfine\\u201d","second":"","subject":"F-a","to":"","undo":false}\n'
    )


def test_a_field_that_came_later_is_written_where_it_says_something(ledger: Ledger[Decision]) -> None:
    ledger.append(kit.decision("F-a", second_needed=True))
    assert ledger.path.read_bytes().endswith(
        b'"second":"","second_needed":true,"subject":"F-a","to":"","undo":false}\n'
    )


def test_a_torn_last_line_is_ignored_then_discarded_with_a_note(ledger: Ledger[Decision]) -> None:
    one, two, three = map(kit.decision, ("F-one", "F-two", "F-three"))
    ledger.append(one, two)
    whole = ledger.path.read_bytes()
    second = whole.index(b"\n") + 1
    for cut in range(second + 1, len(whole)):
        ledger.path.write_bytes(whole[:cut])
        assert ledger.read() == (one,)
        assert ledger.append(three) == f"discarded a torn last line of {cut - second} bytes in decisions.jsonl"
        assert ledger.read() == (one, three)
        assert ledger.append(two) == ""


def test_a_line_from_before_a_field_was_thought_of_has_its_default(ledger: Ledger[Decision]) -> None:
    ledger.path.write_bytes(b'{"subject":"F-a","action":"keep","by":"Jo","on":"2025-06-01"}\n')
    assert ledger.read() == (Decision("F-a", Action.KEEP, "Jo", kit.TODAY),)


LINE = kit.decision("F-a")


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (b"", "malformed"),
        (b"null", "not a JSON object"),
        (b'{"subject":', "malformed"),
        (b"\xff\xfe", "malformed"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"subject":"F-a"}', "a decision has the fields action, by, confirms, evidence"),
        (b'"on":"2025-06-01"=>"on":"yesterday"', '"on" is not a date'),
        (b'"on":"2025-06-01"=>"on":null', '"on" is not a date'),
        (b'"action":"redact"=>"action":"burn"', '"action" is not one of redact, remove-file'),
        (b'"by":"A Tester"=>"by":7', '"by" is not a text'),
        (b'"undo":false=>"undo":0', '"undo" is not true or false'),
        (b'"undo":false=>"undo":false,"extra":1', "a decision has the fields"),
    ],
)
def test_a_line_that_is_no_record_is_named_with_its_number(ledger: Ledger[Decision], broken: bytes, says: str) -> None:
    ledger.append(LINE, LINE, LINE)
    good = ledger.path.read_bytes().splitlines()
    old, found, new = broken.partition(b"=>")
    ledger.path.write_bytes(b"\n".join([good[0], good[1].replace(old, new) if found else broken, good[2], b""]))

    with pytest.raises(CaseDamaged) as caught:
        ledger.read()
    assert f"decisions.jsonl, line 2 is not what opensafe wrote ({says}" in caught.value.cause


def test_the_message_does_not_repeat_what_the_line_holds(ledger: Ledger[Decision]) -> None:
    word = "hunter" + str(22)
    ledger.path.write_bytes(f'{{"subject":"{word}"}}\n'.encode())
    with pytest.raises(CaseDamaged) as caught:
        ledger.read()
    assert word not in caught.value.cause


@settings(max_examples=100, deadline=None)
@given(
    st.lists(kit.DECISIONS, min_size=1, max_size=4),
    st.lists(st.sampled_from(["F-a", "F-b2", "S-1", "", 'F-"', "é", "F-\u0661", "\ud800"])),
)
def test_lines_that_are_alike_are_read_and_written_as_each_of_them_is(
    records: Sequence[Decision], ids: Sequence[str]
) -> None:
    every = [record._replace(subject=id_) for record in records for id_ in ids]
    decode = decision_ledger(Path("any")).decode
    together, apart = AlikeLines(encode, decode, "subject"), AlikeLines(encode, decode)
    lines = [canonical(encode(record)) for record in every]
    assert list(together.lines(every)) == list(apart.lines(every)) == lines
    text = b"".join(line + b"\n" for line in lines)
    assert _records(together, text) == _records(apart, text) == every


@pytest.mark.parametrize("at", range(20))
@pytest.mark.parametrize("stranger", ["F-longer", 'F"x', "F-c"])
def test_a_long_run_of_alike_lines_ends_where_a_line_differs(at: int, stranger: str) -> None:
    ledger = decision_ledger(Path("any"))
    alike = AlikeLines(ledger.encode, ledger.decode, "subject")
    every = [LINE._replace(subject=f"F-{number:02}") for number in range(20)]
    every[at] = LINE._replace(subject=stranger, reason="another")
    text = b"".join(line + b"\n" for line in alike.lines(every))
    assert _records(alike, text) == every
    assert sum(1 for _ in alike.records(text)) <= 3  # as many runs as there are, and no line by itself


def _records(lines: AlikeLines[Decision], text: bytes) -> list[Decision]:
    return [record for alike in lines.records(text) for record in alike]


def test_a_line_like_another_is_refused_for_what_is_wrong_with_it(ledger: Ledger[Decision]) -> None:
    ledger.append(LINE, LINE)
    ledger.path.write_bytes(ledger.path.read_bytes() + b'{"subject":"F-b"\n')
    with pytest.raises(CaseDamaged, match="line 3 is not what opensafe wrote"):
        ledger.read()


def test_what_was_read_before_is_not_believed_when_the_file_has_changed(ledger: Ledger[Decision]) -> None:
    one, two, three = map(kit.decision, ("F-one", "F-two", "F-three"))
    ledger.append(one, two)
    assert ledger.read() == (one, two)
    ledger.append(three)
    assert ledger.read() == (one, two, three)
    ledger.path.write_bytes(ledger.path.read_bytes().replace(b"F-two", b"F-2wo"))
    assert ledger.read() == (one, two._replace(subject="F-2wo"), three)
    ledger.path.write_bytes(ledger.path.read_bytes()[:100])
    assert ledger.read() == ()


def test_nothing_to_add_writes_nothing(ledger: Ledger[Decision]) -> None:
    ledger.path.unlink()
    assert ledger.append() == ""
    assert not ledger.path.exists()


def test_a_ledger_that_is_gone_is_named(ledger: Ledger[Decision]) -> None:
    ledger.path.unlink()
    with pytest.raises(DiskFailed, match=r"cannot read .*decisions\.jsonl: No such file"):
        ledger.read()
