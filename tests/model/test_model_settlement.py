"""Which decision holds where, today."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.model.coverage import Coverage
from opensafe.model.decision import Action, Decision
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity, State
from opensafe.model.identifiers import FindingId, Oid, SkipId
from opensafe.model.place import Place, PlaceKind
from opensafe.model.settlement import decision_for, lapsed, settle, settle_all, settle_skip, standing, state_at
from opensafe.model.skip import Skip, SkipReason, SkipState

TODAY = date(2026, 11, 22)
SUBJECT = "F-1"


def decided(action: Action | None, path: str = "", *, expires: date | None = None, undo: bool = False) -> Decision:
    return Decision(SUBJECT, action, "Anna", TODAY, path=path, expires=expires, undo=undo)


def place(path: str | None) -> Place:
    return Place(
        PlaceKind.BLOB, Oid("01" * 20), path, None, None, None, 1, 1, 0, 1, (), None, None, in_head=True, published=True
    )


def finding(*paths: str | None) -> Finding:
    return Finding(
        FindingId(SUBJECT), Category.SECRET, "d", ("d",), "t", Severity.HIGH, Confidence.HIGH, Form.TOKEN, "[…]", "why",
        None, len(paths), published=True, in_head=True, places=tuple(map(place, paths)),
    )  # fmt: skip


UNDO = decided(None, undo=True)
REDACT, KEEP = decided(Action.REDACT), decided(Action.KEEP)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], State.OPEN),
        ([REDACT], State.REDACT),
        ([REDACT, KEEP], State.KEEP),
        ([REDACT, UNDO], State.OPEN),
        ([REDACT, KEEP, UNDO], State.OPEN),
        ([REDACT, UNDO, KEEP], State.KEEP),
        ([UNDO], State.OPEN),
        ([decided(Action.KEEP, expires=TODAY)], State.KEEP),
        ([decided(Action.KEEP, expires=YESTERDAY)], State.OPEN),
        ([REDACT, decided(Action.KEEP, expires=YESTERDAY)], State.OPEN),
        ([KEEP, decided(Action.KEEP, "a.R", expires=YESTERDAY)], State.OPEN),
        ([decided(Action.KEEP, expires=TOMORROW), UNDO], State.OPEN),
        ([decided(Action.ACCEPT)], State.OPEN),
        *(([decided(action)], State(action.value)) for action in Action if action is not Action.ACCEPT),
    ],
)
def test_the_newest_decision_that_holds_gives_the_state(taken: list[Decision], expected: State) -> None:
    held = standing(taken, TODAY).get(SUBJECT, [])
    assert settle(finding("a.R", None), held).state is expected


def test_decisions_about_others_do_not_count() -> None:
    other = REDACT._replace(subject="F-2")
    assert standing([REDACT, other, UNDO._replace(subject="F-2")], TODAY) == {SUBJECT: [REDACT]}


@pytest.mark.parametrize(
    ("taken", "at_a", "at_b"),
    [
        ([decided(Action.KEEP, "a.R")], State.KEEP, State.OPEN),
        ([decided(Action.KEEP, "*.R")], State.KEEP, State.KEEP),
        ([decided(Action.KEEP, "A.R")], State.OPEN, State.OPEN),
        ([REDACT, decided(Action.KEEP, "a.R")], State.KEEP, State.REDACT),
        ([decided(Action.KEEP, "a.R"), REDACT], State.REDACT, State.REDACT),
        ([decided(Action.KEEP, "a.R"), decided(Action.RENAME, "?.R")], State.RENAME, State.RENAME),
        ([decided(Action.KEEP, "?.R"), decided(Action.RENAME, "a.R")], State.RENAME, State.KEEP),
    ],
)
def test_a_decision_may_be_narrowed_to_paths(taken: list[Decision], at_a: State, at_b: State) -> None:
    assert (state_at(taken, place("a.R")), state_at(taken, place("b.R"))) == (at_a, at_b)


def test_a_narrowed_decision_does_not_reach_what_has_no_path() -> None:
    assert decision_for([decided(Action.KEEP, "*")], place(None)) is None


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([decided(Action.KEEP, "a.R")], State.OPEN),
        ([decided(Action.KEEP, "a.R"), decided(Action.KEEP, "b.R")], State.KEEP),
        ([decided(Action.KEEP, "a.R"), decided(Action.REDACT, "b.R")], State.REDACT),
        ([decided(Action.NOT_A_FINDING, "a.R"), decided(Action.KEEP, "b.R")], State.KEEP),
        ([decided(Action.STRIP_OUTPUTS, "a.R"), decided(Action.REMOVE_FILE, "b.R")], State.REMOVE_FILE),
        ([decided(Action.RENAME, "a.R"), decided(Action.STRIP_OUTPUTS, "b.R")], State.RENAME),
        ([REDACT, decided(Action.KEEP, "a.R")], State.REDACT),
    ],
)
def test_a_finding_is_open_while_any_of_its_places_is(taken: list[Decision], expected: State) -> None:
    assert settle(finding("a.R", "b.R"), taken).state is expected


def test_settling_changes_the_state_alone() -> None:
    before = finding("a.R")
    assert replace(settle(before, [REDACT]), state=State.OPEN) == before
    assert settle(before, []) is before


_DECISIONS = st.lists(
    st.builds(
        decided,
        st.sampled_from([Action.REDACT, Action.KEEP, Action.RENAME]),
        st.sampled_from(["", "a.R", "*.R", "c*"]),
        expires=st.sampled_from([None, YESTERDAY, TODAY]),
        undo=st.booleans(),
    ),
    max_size=6,
)


@given(_DECISIONS, st.sampled_from([("a.R",), ("a.R", "b.R"), ("a.R", None)]))
def test_the_state_of_a_finding_is_that_of_its_places(decisions: list[Decision], paths: tuple[str | None, ...]) -> None:
    held = standing(decisions, TODAY).get(SUBJECT, [])
    states = {state_at(held, place(path)) for path in paths}
    settled = settle(finding(*paths), held).state
    assert (settled is State.OPEN) == (State.OPEN in states)
    assert settled in states


@given(_DECISIONS, st.sampled_from(["a.R", "b.R", "c", None]))
def test_the_newest_word_about_a_place_holds_or_nothing_does(decisions: list[Decision], path: str | None) -> None:
    """What was undone has no part; what has run out or waits leaves the place open, whatever was said before it."""
    last_undo = max((n for n, d in enumerate(decisions) if d.undo), default=-1)
    newest = decision_for(decisions[last_undo + 1 :], place(path))
    expected = State.OPEN if newest is None or not newest.holds(TODAY) else State(str(newest.action))
    assert state_at(standing(decisions, TODAY).get(SUBJECT, []), place(path)) is expected


WAITS = KEEP._replace(second_needed=True)
CONFIRMED = Decision(SUBJECT, None, "Bela", TODAY, confirms=True)


@pytest.mark.parametrize(
    ("taken", "expected", "expired", "pending"),
    [
        ([WAITS], State.OPEN, False, True),
        ([WAITS, CONFIRMED], State.KEEP, False, False),
        ([CONFIRMED, WAITS], State.OPEN, False, True),
        ([WAITS, CONFIRMED, WAITS], State.OPEN, False, True),
        ([WAITS, UNDO, CONFIRMED], State.OPEN, False, False),
        ([WAITS._replace(second="Bela")], State.KEEP, False, False),
        ([WAITS._replace(without_second="a public example")], State.KEEP, False, False),
        ([REDACT, WAITS], State.OPEN, False, True),
        ([WAITS, REDACT], State.REDACT, False, False),
        ([REDACT, CONFIRMED], State.REDACT, False, False),
        ([WAITS._replace(expires=YESTERDAY), CONFIRMED], State.OPEN, True, False),
        ([WAITS._replace(expires=YESTERDAY)], State.OPEN, True, False),
        ([decided(Action.KEEP, expires=YESTERDAY), KEEP], State.KEEP, False, False),
    ],
)
def test_a_decision_may_wait_for_a_second_person(
    taken: list[Decision], expected: State, expired: bool, pending: bool
) -> None:
    found = lapsed(taken, TODAY)
    assert settle(finding("a.R"), standing(taken, TODAY).get(SUBJECT, [])).state is expected
    assert (SUBJECT in found.expired, SUBJECT in found.pending) == (expired, pending)


SKIP = Skip(SkipId("S-1"), Oid("01" * 20), "a.R", SkipReason.CORRUPT)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], SkipState.OPEN),
        ([decided(Action.ACCEPT)], SkipState.ACCEPTED),
        ([decided(Action.REMOVE_FILE)], SkipState.REMOVE_FILE),
        ([decided(Action.ACCEPT), decided(Action.REMOVE_FILE)], SkipState.REMOVE_FILE),
        ([decided(Action.REMOVE_FILE), decided(Action.ACCEPT)], SkipState.ACCEPTED),
        ([decided(None)], SkipState.OPEN),
    ],
)
def test_a_skip_is_settled_by_the_newest_decision(taken: list[Decision], expected: SkipState) -> None:
    assert settle_skip(SKIP, taken) == replace(SKIP, state=expected)


@pytest.mark.parametrize(
    ("objects", "read", "skips", "complete", "unsettled"),
    [
        (10, 10, (), True, 0),
        (0, 0, (), True, 0),
        (10, 9, (), False, 0),
        (10, 9, (SKIP,), False, 1),
        (10, 10, (SKIP,), False, 1),
        (10, 9, (replace(SKIP, state=SkipState.ACCEPTED),), False, 0),
        (10, 10, (replace(SKIP, state=SkipState.REMOVE_FILE), SKIP), False, 1),
    ],
)
def test_a_settled_skip_is_a_skip_for_ever(
    objects: int, read: int, skips: tuple[Skip, ...], complete: bool, unsettled: int
) -> None:
    coverage = Coverage(objects, read, 100, skipped=skips)
    assert coverage.complete is complete
    assert len(coverage.unsettled) == unsettled


QUESTION = FindingId("F-2")


def in_a_file(category: Category, action: Action | None, own: Action | None = None) -> Finding:
    """A value in a file about which `action` was decided, with a decision of its `own`."""
    question = replace(finding("a.csv"), id=QUESTION, category=Category.FILE, form=Form.FILE)
    value = replace(finding("a.csv"), category=category, covered_by=(QUESTION,))
    taken: dict[str, list[Decision]] = {QUESTION: [decided(action)] if action else []}
    taken[value.id] = [decided(own)] if own else []
    return settle_all([question, value], taken)[1]


@pytest.mark.parametrize(
    ("category", "action", "own", "state", "waits"),
    [
        (Category.DATA, None, None, State.OPEN, False),
        (Category.SECRET, None, None, State.OPEN, True),
        (Category.DATA, Action.REMOVE_FILE, None, State.REMOVE_FILE, False),
        (Category.SECRET, Action.REMOVE_FILE, None, State.REMOVE_FILE, False),
        (Category.NAME, Action.STRIP_OUTPUTS, None, State.STRIP_OUTPUTS, False),
        (Category.DATA, Action.KEEP, None, State.KEEP, False),
        (Category.SECRET, Action.KEEP, None, State.OPEN, True),
        (Category.DATA, Action.NOT_A_FINDING, None, State.OPEN, True),
        (Category.DATA, Action.KEEP, Action.REDACT, State.REDACT, False),
        (Category.DATA, Action.REMOVE_FILE, Action.NOT_A_FINDING, State.NOT_A_FINDING, False),
    ],
)
def test_a_value_goes_or_stays_with_its_file(
    category: Category, action: Action | None, own: Action | None, state: State, *, waits: bool
) -> None:
    value = in_a_file(category, action, own)
    assert (value.state, value.waits) == (state, waits)


def test_a_value_in_two_files_waits_for_both() -> None:
    first = replace(finding("a.csv"), id=QUESTION, category=Category.FILE, form=Form.FILE)
    second = replace(first, id=FindingId("F-3"))
    value = replace(finding("a.csv", "b.csv"), category=Category.DATA, covered_by=(first.id, second.id))
    taken: dict[str, list[Decision]] = {first.id: [decided(Action.REMOVE_FILE)]}
    assert settle_all([first, second, value], taken)[2].state is State.OPEN
    taken[second.id] = [decided(Action.KEEP)]
    assert settle_all([first, second, value], taken)[2].state is State.KEEP
