"""Answers every row of a profile: what the checks found, and what people said about this very commit."""

from collections.abc import Sequence

from opensafe.model.readiness import (
    Answer,
    AnswerValue,
    Attestation,
    Checklist,
    How,
    Outcome,
    Profile,
    ProfileRow,
)
from opensafe.model.text import printable
from opensafe.readiness.checks import all_checks
from opensafe.readiness.facts import Facts

_SETTLED = frozenset((AnswerValue.MET, AnswerValue.NOT_APPLICABLE))
_UNCONFIRMED = "a person has yet to confirm this (opensafe attest)"


def evaluate(profile: Profile, facts: Facts, attestations: Sequence[Attestation]) -> Checklist:
    """The checklist for `facts.commit`.

    An automatic row stands as the check found it. A person answers where the check cannot tell, and may say
    not-met, or not-applicable with evidence; nobody turns its not-met into met. On every other row the person
    decides, and what the check found is evidence. The last attestation for this commit and profile counts; one
    for another commit or profile leaves a stale answer, which keeps the row open.
    """
    return Checklist(profile, facts.commit, tuple(_answer(row, profile, facts, attestations) for row in profile.rows))


def _answer(row: ProfileRow, profile: Profile, facts: Facts, attestations: Sequence[Attestation]) -> Answer:
    outcome = all_checks()[row.check](facts) if row.check else Outcome(AnswerValue.CANNOT_TELL)
    said = [attestation for attestation in attestations if attestation.row == row.id]
    binding = (facts.commit, profile.digest)
    current = [attestation for attestation in said if (attestation.commit, attestation.profile_digest) == binding]
    if current:
        return _attested(row, outcome, current[-1])
    answer = _unattested(row, outcome)
    if said and answer.answer not in _SETTLED and _decides(row, outcome, said[-1]):
        evidence = (*outcome.evidence, f"{_statement(said[-1])}, for another commit or profile")
        return Answer(row, said[-1].answer, How.ATTESTED, evidence, stale=True)
    return answer


def _unattested(row: ProfileRow, outcome: Outcome) -> Answer:
    """What opensafe says by itself: on a row that a person confirms, good news is not an answer yet."""
    if row.how is How.AUTOMATIC or outcome.answer not in _SETTLED:
        return Answer(row, outcome.answer, row.how, outcome.evidence)
    return Answer(row, AnswerValue.CANNOT_TELL, row.how, (*outcome.evidence, _UNCONFIRMED))


def _attested(row: ProfileRow, outcome: Outcome, said: Attestation) -> Answer:
    if _decides(row, outcome, said):
        return Answer(row, said.answer, How.ATTESTED, (*outcome.evidence, _statement(said)))
    overruled = outcome.answer is not said.answer
    note = f"{_statement(said)}; this does not change what the check found" if overruled else _statement(said)
    return Answer(row, outcome.answer, How.AUTOMATIC, (*outcome.evidence, note))


def _decides(row: ProfileRow, outcome: Outcome, said: Attestation) -> bool:
    """Whether the person's word holds against the check's."""
    if row.how is not How.AUTOMATIC or outcome.answer is AnswerValue.CANNOT_TELL:
        return True
    with_evidence = said.answer is AnswerValue.NOT_APPLICABLE and said.evidence.strip() != ""
    return said.answer is AnswerValue.NOT_MET or with_evidence


def _statement(said: Attestation) -> str:
    evidence = f": {printable(said.evidence)}" if said.evidence else ""
    return f"{said.answer}, says {printable(said.by)} ({said.role}) on {said.on.isoformat()}{evidence}"
