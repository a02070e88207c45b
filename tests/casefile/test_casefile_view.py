"""The states that decisions give to findings and skips, and the digest that a plan is bound to."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.casefile.folder import Case
from opensafe.casefile.view import decisions_digest, settled
from opensafe.errors import OutOfOrder
from opensafe.model.decision import Action, Decision
from opensafe.model.finding import State
from opensafe.model.settlement import standing
from opensafe.model.skip import SkipState
from tests.casefile import casefile_kit as kit

TODAY = kit.TODAY
PLAIN, MIXED, NARROW = (kit.finding_id(name) for name in ("plain", "mixed", "narrow"))
KINDS = st.sampled_from(
    [
        kit.decision("F-a"),
        kit.decision("F-a", Action.KEEP),
        kit.decision("F-a", path="*.R"),
        kit.decision("F-a", Action.KEEP, expires=TODAY - timedelta(days=1)),
        kit.decision("F-a", None, undo=True),
    ]
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = kit.new_case(tmp_path)
    both = (kit.place("a.R"), kit.place("b.py"))
    made.index.write(
        kit.audit(
            kit.finding("plain", *both), kit.finding("mixed", *both), kit.finding("narrow", *both), skips=(kit.skip(),)
        )
    )
    return made


def states(case: Case, today: date = TODAY) -> dict[str, State]:
    return {finding.id: finding.state for finding in settled(case, today)[0]}


def test_findings_and_skips_carry_the_states_of_their_decisions(case: Case) -> None:
    case.decisions.append(
        kit.decision(PLAIN),
        kit.decision(MIXED, Action.KEEP, path="*.R"),
        kit.decision(NARROW, Action.KEEP, path="*.R"),
        kit.decision(NARROW, Action.REMOVE_FILE, path="*.py"),
        kit.decision(kit.skip().id, Action.ACCEPT),
    )
    findings, coverage = settled(case, TODAY)
    assert {found.id: (found.state, len(found.places)) for found in findings} == {
        PLAIN: (State.REDACT, 0),
        MIXED: (State.OPEN, 2),
        NARROW: (State.REMOVE_FILE, 2),
    }
    assert [skip.state for skip in coverage.skipped] == [SkipState.ACCEPTED]
    assert not coverage.complete


def test_decisions_survive_an_audit_that_loses_and_finds_the_value_again(case: Case) -> None:
    case.decisions.append(kit.decision(PLAIN))
    case.index.write(kit.audit())
    assert states(case) == {}
    case.index.write(kit.audit(kit.finding("plain", kit.place("moved.R", line=99))))
    assert states(case) == {PLAIN: State.REDACT}


def test_a_decision_expires(case: Case) -> None:
    case.decisions.append(kit.decision(PLAIN, Action.KEEP, expires=TODAY))
    assert states(case)[PLAIN] is State.KEEP
    assert states(case, TODAY + timedelta(days=1))[PLAIN] is State.OPEN


def test_without_an_audit_there_is_nothing_to_settle(tmp_path: Path) -> None:
    case = kit.new_case(tmp_path)
    for ask in (lambda: settled(case, TODAY), lambda: decisions_digest(case, TODAY)):
        with pytest.raises(OutOfOrder, match="not been audited"):
            ask()


@pytest.mark.parametrize(
    "changed",
    [
        kit.decision(MIXED),
        kit.decision(PLAIN, Action.KEEP),
        kit.decision(PLAIN, reason="other"),
        kit.decision(PLAIN, path="*.R"),
        kit.decision(PLAIN, undo=True),
        kit.decision(kit.skip().id, Action.ACCEPT),
    ],
)
def test_the_digest_changes_with_every_decision(case: Case, changed: Decision) -> None:
    case.decisions.append(kit.decision(PLAIN))
    before = decisions_digest(case, TODAY)
    case.decisions.append(changed)
    assert decisions_digest(case, TODAY) != before


def test_the_digest_is_of_what_stands_not_of_how_it_came_about(case: Case) -> None:
    empty = decisions_digest(case, TODAY)
    case.decisions.append(kit.decision(PLAIN), kit.decision(PLAIN, None, undo=True))
    assert decisions_digest(case, TODAY) == empty
    assert len(empty) == 64


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_digest_is_the_same_for_what_stands_and_for_nothing_else(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = kit.new_case(Path(folder))
        case.index.write(kit.audit())
        said = st.lists(st.builds(Decision._replace, KINDS, subject=st.sampled_from(("F-a", "F-b", "S-é"))), max_size=6)
        known: dict[str, str] = {}
        for _ in range(4):
            case.decisions.path.write_bytes(b"")
            case.decisions.append(*data.draw(said))
            stands = repr(sorted((id_, list(held)) for id_, held in standing(case.decisions.read(), TODAY).items()))
            digest = decisions_digest(case, TODAY)
            assert known.setdefault(stands, digest) == digest
        assert len(set(known.values())) == len(known)


def test_the_digest_changes_when_a_decision_expires_or_the_audit_changes(case: Case) -> None:
    case.decisions.append(kit.decision(PLAIN, Action.KEEP, expires=TODAY))
    held = decisions_digest(case, TODAY)
    assert decisions_digest(case, TODAY + timedelta(days=1)) != held
    case.index.write(kit.audit(kit.finding("plain", kit.place())))
    assert decisions_digest(case, TODAY) != held
