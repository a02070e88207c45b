"""The two gates: a plan may be executed, and a repository may be tagged, only when nothing is missing."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest

from opensafe.errors import ExitCode, FindingsOpen, Incomplete, NotReady, OpensafeError, OutOfOrder
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Confidence, Severity
from opensafe.model.identifiers import Oid, SkipId
from opensafe.model.plan import ApprovedPlan, Gate, Option, OptionNumbers, RewritePlan, RewriteSpec
from opensafe.model.readiness import (
    Answer,
    AnswerValue,
    Checklist,
    How,
    Level,
    Profile,
    ProfileRow,
    ReadyRepository,
    Role,
    SignOff,
)
from opensafe.model.rotation import RotationState
from opensafe.model.skip import Skip, SkipReason, SkipState
from opensafe.model.verification import Check, Verification

PLAN = RewritePlan(Option.REWRITE, Option.REWRITE, "source", "decisions", "spec", {}, ())
SKIP = Skip(SkipId("S-1"), None, None, SkipReason.MISSING)
ACCEPTED = replace(SKIP, state=SkipState.ACCEPTED)
MET: dict[str, Any] = {
    "undecided": 0,
    "coverage": Coverage(1, 1, 1, skipped=(ACCEPTED,)),
    "gate": Gate(unrotated=0, blocks=True),
    "decisions_digest": "decisions",
    "by": "Anna",
    "on": "2026-11-22",
}


def test_the_fields_of_a_plan_are_those_that_dataclasses_give() -> None:
    made = replace(PLAN, replacements={"F-1": "REDACTED-1", "F-2": "Person 3"}, justification="why")
    assert made.as_fields() == asdict(made)


def test_a_plan_is_approved_when_everything_holds() -> None:
    assert ApprovedPlan.approve(PLAN, **MET) == ApprovedPlan(PLAN, "Anna", "2026-11-22")


@pytest.mark.parametrize(
    "differing",
    [
        {"coverage": Coverage(0, 0, 0)},
        {"gate": Gate(unrotated=3)},
    ],
)
def test_what_does_not_hinder_an_approval(differing: dict[str, Any]) -> None:
    """An unrotated credential where the profile only warns."""
    assert ApprovedPlan.approve(PLAN, **MET | differing).plan is PLAN


@pytest.mark.parametrize(
    ("differing", "error", "cause", "remedy", "code"),
    [
        ({"undecided": 2}, FindingsOpen, "2 findings", "opensafe decide", ExitCode.FINDINGS_OPEN),
        ({"coverage": Coverage(2, 1, 1, skipped=(SKIP, ACCEPTED))}, Incomplete, "1 skip", "S-…", ExitCode.INCOMPLETE),
        ({"decisions_digest": "other"}, OutOfOrder, "changed after this plan", "opensafe plan", ExitCode.USAGE),
        ({"gate": Gate(4, blocks=True)}, NotReady, "4 credentials", "opensafe rotate", ExitCode.NOT_READY),
    ],
)
def test_each_missing_condition_stops_an_approval_and_is_named(
    differing: dict[str, Any], error: type[OpensafeError], cause: str, remedy: str, code: ExitCode
) -> None:
    with pytest.raises(error) as refused:
        ApprovedPlan.approve(PLAN, **MET | differing)
    assert cause in refused.value.cause
    assert remedy in refused.value.remedy
    assert refused.value.exit_code is code


def _row(id_: str, level: Level = Level.MANDATORY) -> ProfileRow:
    return ProfileRow(id_, f"Statement of {id_}", level, How.ATTESTED, "", "remedy", "policy")


def _answer(
    id_: str, answer: AnswerValue = AnswerValue.MET, *, stale: bool = False, level: Level = Level.MANDATORY
) -> Answer:
    return Answer(_row(id_, level), answer, How.ATTESTED, (), stale)


PROFILE = Profile("p", "P", "s", (_row("A1"),), (Role.IG_LEAD, Role.MAINTAINER), rotation_blocks_plan=False, digest="d")
CHECKLIST = Checklist(PROFILE, "c0ffee", (_answer("A1"),))
SIGNED = [SignOff(role, "Anna", date(2026, 11, 22), "c0ffee", "d", "head") for role in PROFILE.signoffs]
READY: dict[str, Any] = {
    "commit": "c0ffee", "checklist": CHECKLIST, "signoffs": SIGNED, "unrotated": 0, "proven_commit": "c0ffee",
}  # fmt: skip


def test_a_repository_is_ready_when_everything_holds() -> None:
    assert ReadyRepository.establish(**READY) == ReadyRepository("c0ffee", CHECKLIST, tuple(SIGNED))


@pytest.mark.parametrize(
    ("differing", "named"),
    [
        ({"proven_commit": "other"}, "the proof does not cover this commit"),
        ({"proven_commit": ""}, "the proof does not cover this commit"),
        ({"checklist": replace(CHECKLIST, commit="other")}, "the checklist was made for another commit"),
        ({"checklist": replace(CHECKLIST, answers=(_answer("A1", AnswerValue.NOT_MET),))}, "row A1: Statement of A1"),
        ({"checklist": replace(CHECKLIST, answers=(_answer("A1", AnswerValue.CANNOT_TELL),))}, "row A1"),
        ({"checklist": replace(CHECKLIST, answers=(_answer("A1", stale=True),))}, "row A1"),
        ({"unrotated": 2}, "2 credentials not rotated"),
        ({"signoffs": SIGNED[:1]}, "sign-off of the maintainer"),
        ({"signoffs": [SIGNED[0], replace(SIGNED[1], commit="other")]}, "sign-off of the maintainer"),
        ({"signoffs": [replace(SIGNED[0], profile_digest="other"), SIGNED[1]]}, "sign-off of the ig-lead"),
    ],
)
def test_each_missing_condition_stops_a_release_and_is_named(differing: dict[str, Any], named: str) -> None:
    with pytest.raises(NotReady) as refused:
        ReadyRepository.establish(**READY | differing)
    lines = refused.value.cause.splitlines()
    assert len(lines) == 2, "nothing else is missing"
    assert named in lines[1]
    assert refused.value.exit_code is ExitCode.NOT_READY


def test_everything_that_is_missing_is_named_at_once() -> None:
    nothing: dict[str, Any] = {
        "proven_commit": "",
        "unrotated": 1,
        "signoffs": [],
        "checklist": Checklist(PROFILE, "x", ()),
    }
    with pytest.raises(NotReady) as refused:
        ReadyRepository.establish(**READY | nothing)
    assert len(refused.value.cause.splitlines()) == 6


@pytest.mark.parametrize(
    ("level", "answer", "stale", "is_open"),
    [
        (Level.MANDATORY, AnswerValue.MET, False, False),
        (Level.MANDATORY, AnswerValue.NOT_APPLICABLE, False, False),
        (Level.MANDATORY, AnswerValue.MET, True, True),
        (Level.MANDATORY, AnswerValue.NOT_MET, False, True),
        (Level.MANDATORY, AnswerValue.CANNOT_TELL, False, True),
        (Level.BEST_PRACTICE, AnswerValue.NOT_MET, False, False),
        (Level.BEST_PRACTICE, AnswerValue.MET, True, False),
    ],
)
def test_which_rows_are_open(level: Level, answer: AnswerValue, stale: bool, is_open: bool) -> None:
    checklist = replace(CHECKLIST, answers=(_answer("A1", answer, stale=stale, level=level),))
    assert checklist.answers[0].open is is_open
    assert checklist.ready is not is_open


@pytest.mark.parametrize(
    ("state", "settles"), [(state, state.value not in {"found", "rotating"}) for state in RotationState]
)
def test_which_states_of_a_rotation_settle_it(state: RotationState, settles: bool) -> None:
    assert state.settles is settles


@pytest.mark.parametrize(
    ("results", "passed"), [((), False), ((True,), True), ((True, False), False), ((True, True), True)]
)
def test_a_proof_without_a_check_proves_nothing(results: tuple[bool, ...], passed: bool) -> None:
    checks = tuple(Check(str(number), result, "1 of 1") for number, result in enumerate(results))
    assert Verification(checks, {}, {}, (), "c0ffee").passed is passed


def test_numbers_of_an_option() -> None:
    numbers = OptionNumbers(Option.SQUASH, True, "why", 8, 2, 0, 0, 0, 0, 0, 0, 0, 0)
    assert numbers.history_kept == 0.25
    assert replace(numbers, commits_before=0, commits_after=0).history_kept == 1.0


@pytest.mark.parametrize(
    "change",
    [
        {"message_edits": {Oid("01"): ()}},
        {"ref_renames": {b"a": b"b"}},
        {"path_renames": {b"a": b"b"}},
        {"header_drops": frozenset({Oid("01")})},
    ],
)
def test_a_plan_that_changes_anything_says_so(change: dict[str, Any]) -> None:
    nothing = RewriteSpec({}, b"refs/heads/main")
    assert nothing.changes_nothing
    assert not replace(nothing, **change).changes_nothing


def test_severities_and_confidences_are_ranked() -> None:
    assert [severity.rank for severity in Severity] == [0, 1, 2, 3, 4]
    assert sorted(Confidence, key=lambda c: c.rank) == [Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW]
