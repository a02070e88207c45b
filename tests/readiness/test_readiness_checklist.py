"""Who decides which row: the check, a person, or nobody yet; and the gate to a release."""

from dataclasses import replace
from datetime import date

import pytest

from opensafe.errors import NotReady
from opensafe.model.readiness import Answer, AnswerValue, Checklist, How, ReadyRepository, Role, SignOff
from opensafe.readiness.checklist import evaluate
from opensafe.readiness.profiles import load_profile
from tests.readiness.readiness_builders import COMMIT, OTHER_COMMIT, READY_FACTS, attestation, with_files

PROFILE = load_profile("nhsx-1.0")
MET, NOT_MET, NOT_APPLICABLE = AnswerValue.MET, AnswerValue.NOT_MET, AnswerValue.NOT_APPLICABLE
ATTESTED = ("B3", "B5", "B7", "B9", "B10", "B11", "B12", "B13", "B20", "B22", "B23")
WITHOUT_LICENCE = with_files(LICENCE=None)


def _answer(checklist: Checklist, row: str) -> Answer:
    return next(answer for answer in checklist.answers if answer.row.id == row)


def _said(row: str, answer: AnswerValue = MET, commit: str = COMMIT, evidence: str = "seen") -> Checklist:
    facts = WITHOUT_LICENCE if row == "B1" else READY_FACTS
    return evaluate(PROFILE, facts, [attestation(row, answer, PROFILE.digest, commit, evidence)])


def test_without_people_only_what_programs_can_know_is_answered() -> None:
    checklist = evaluate(PROFILE, READY_FACTS, [])
    settled = [a.row.id for a in checklist.answers if a.answer in {MET, NOT_APPLICABLE}]
    assert settled == ["B1", "B4", "B6", "B8", "B14", "B15", "B16", "B17", "B18", "B19", "B21"]
    assert [a.row.id for a in checklist.open_rows] == ["B3", "B7", "B9", "B10", "B11", "B12", "B13", "B22", "B23"]


@pytest.mark.parametrize("row", ATTESTED)
def test_a_person_answers_what_a_check_cannot(row: str) -> None:
    answer = _answer(_said(row), row)
    assert (answer.answer, answer.how, answer.stale) == (MET, How.ATTESTED, False)
    assert answer.evidence[-1] == "met, says A. Lead (ig-lead) on 2026-01-31: seen"


def test_a_check_that_fails_is_not_talked_away() -> None:
    answer = _answer(_said("B1"), "B1")
    assert (answer.answer, answer.how) == (NOT_MET, How.AUTOMATIC)
    assert "does not change what the check found" in answer.evidence[-1]


def test_a_person_may_say_that_a_row_does_not_apply_with_evidence_only() -> None:
    assert _answer(_said("B1", NOT_APPLICABLE), "B1").answer is NOT_APPLICABLE
    assert _answer(_said("B1", NOT_APPLICABLE, evidence=" "), "B1").answer is NOT_MET


def test_a_person_may_be_stricter_than_a_check() -> None:
    answer = _answer(_said("B8", NOT_MET), "B8")
    assert (answer.answer, answer.how) == (NOT_MET, How.ATTESTED)


def test_the_last_word_counts() -> None:
    said = [attestation("B11", MET, PROFILE.digest), attestation("B11", NOT_MET, PROFILE.digest)]
    assert _answer(evaluate(PROFILE, READY_FACTS, said), "B11").answer is NOT_MET


def test_an_answer_for_another_commit_is_stale_and_leaves_the_row_open() -> None:
    answer = _answer(_said("B11", commit=OTHER_COMMIT), "B11")
    assert (answer.answer, answer.stale, answer.open) == (MET, True, True)


def test_an_answer_under_another_profile_is_stale() -> None:
    checklist = evaluate(PROFILE, READY_FACTS, [attestation("B11", MET, "another digest")])
    assert _answer(checklist, "B11").stale


def test_what_a_check_settles_is_never_stale() -> None:
    answer = _answer(_said("B8", commit=OTHER_COMMIT), "B8")
    assert (answer.answer, answer.stale) == (MET, False)


def _complete() -> Checklist:
    return evaluate(PROFILE, READY_FACTS, [attestation(row, MET, PROFILE.digest) for row in ATTESTED])


def _signed(role: Role, commit: str = COMMIT) -> SignOff:
    return SignOff(role, "A. Lead", date(2026, 2, 1), commit, PROFILE.digest, "0" * 64)


BOTH = (_signed(Role.LEAD_DEVELOPER), _signed(Role.IG_LEAD))


def test_everything_there_makes_a_repository_that_may_be_tagged() -> None:
    ready = ReadyRepository.establish(
        commit=COMMIT, checklist=_complete(), signoffs=BOTH, unrotated=0, proven_commit=COMMIT
    )
    assert ready.commit == COMMIT
    assert ready.checklist.ready


def test_the_gate_names_everything_that_is_missing() -> None:
    checklist = evaluate(PROFILE, replace(WITHOUT_LICENCE, verification=None), [])
    with pytest.raises(NotReady) as raised:
        ReadyRepository.establish(
            commit=COMMIT,
            checklist=checklist,
            signoffs=[_signed(Role.IG_LEAD, OTHER_COMMIT)],
            unrotated=2,
            proven_commit=OTHER_COMMIT,
        )
    lines = raised.value.cause.split("\n  - ")[1:]
    assert lines[0] == "the proof does not cover this commit (opensafe verify)"
    assert [line.split(":")[0] for line in lines[1:-3]] == [
        f"row {row}" for row in ("B1", "B3", "B7", "B9", "B10", "B11", "B12", "B13", "B18", "B22", "B23")
    ]
    assert lines[-3:] == [
        "2 credentials not rotated (opensafe rotate list)",
        "sign-off of the lead-developer",
        "sign-off of the ig-lead",
    ]


def test_a_new_commit_needs_a_new_checklist() -> None:
    with pytest.raises(NotReady, match="another commit"):
        ReadyRepository.establish(
            commit=OTHER_COMMIT, checklist=_complete(), signoffs=BOTH, unrotated=0, proven_commit=OTHER_COMMIT
        )
