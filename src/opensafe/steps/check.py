"""The readiness checklist for the commit that would be published, and what people attest and sign."""

from collections.abc import Sequence
from dataclasses import dataclass

from opensafe.casefile.folder import Case
from opensafe.casework.public import open_public
from opensafe.casework.readiness import checklist_of, profile_of
from opensafe.casework.signing_roles import check_role
from opensafe.casework.statements import Said, Signed
from opensafe.casework.typed_texts import refuse_values
from opensafe.errors import ExitCode, UsageError
from opensafe.model.readiness import AnswerValue, Attestation, Checklist, Profile, Role, SignOff
from opensafe.model.signers import refuse_condition


@dataclass(frozen=True, slots=True)
class Checked:
    """The checklist, the sign-offs that hold for it, and the roles that have yet to sign."""

    checklist: Checklist
    signoffs: tuple[SignOff, ...]
    missing_signoffs: tuple[Role, ...]

    @property
    def exit_code(self) -> ExitCode:
        return ExitCode.DONE if self.checklist.ready else ExitCode.NOT_READY


def check(case: Case, *, profile: str = "") -> Checked:
    """Answer every row of the profile for the present head. Raises OutOfOrder before there is a new history."""
    checklist = checklist_of(case, open_public(case), profile_of(case, profile))
    valid = tuple(s for s in case.signoffs.read() if _holds(s, checklist))
    signed = {signoff.role for signoff in valid}
    return Checked(checklist, valid, tuple(role for role in checklist.profile.signoffs if role not in signed))


def _holds(signoff: SignOff, checklist: Checklist) -> bool:
    return signoff.commit == checklist.commit and signoff.profile_digest == checklist.profile.digest


def attest_all(case: Case, said: Sequence[Said], *, cache: str | None = None) -> Checked:
    """Record what people say about rows, for the present head: all of it, or nothing.

    Raises UsageError where it cannot count.
    """
    public = open_public(case)
    profile = profile_of(case)
    for one in said:
        _check_said(one, profile)
        check_role(case, public, one.role, one.by)
        if one.answer is AnswerValue.MET:
            refuse_condition(one.evidence)
        refuse_values(case, cache, evidence=one.evidence)
    today = case.today
    with case.writing("attest"):
        case.attestations.append(
            *(Attestation(s.row, s.answer, s.by, s.role, today, s.evidence, public.head, profile.digest) for s in said)
        )
        for one in said:
            details = {"row": one.row, "answer": one.answer.value, "commit": str(public.head)}
            what = f"Attested {one.row}: {one.answer}"
            case.log.append("attest", what, by=one.by, role=one.role, why=one.evidence, details=details)
    return check(case)


def _check_said(said: Said, profile: Profile) -> None:
    if said.row not in {known.id for known in profile.rows}:
        known_rows = ", ".join(known.id for known in profile.rows)
        raise UsageError(f"{profile.id} has no such row", remedy=f"rows are {known_rows}")
    if said.answer is AnswerValue.CANNOT_TELL:
        raise UsageError("cannot-tell is what a check says, not a person", remedy="--answer met|not-met|not-applicable")
    _require_person(said.by)
    if not said.evidence.strip():
        raise UsageError(
            "an attestation needs evidence", remedy="add --evidence TEXT: what was looked at, by whom, where"
        )


def sign_all(case: Case, signed: Sequence[Signed]) -> Checked:
    """Record that people sign, having seen the log up to its present head or an earlier one: all of them, or none."""
    for one in signed:
        _require_person(one.by)
    public = open_public(case)
    profile = profile_of(case)
    for one in signed:
        check_role(case, public, one.role, one.by, {other.role.value: other.by for other in signed if other != one})
    with case.writing("signoff"):
        head = case.log.head()
        today = case.today
        case.signoffs.append(
            *(SignOff(s.role, s.by, today, public.head, profile.digest, s.log_head or head) for s in signed)
        )
        for one in signed:
            details = {"commit": str(public.head), "profile": profile.digest, "log": one.log_head or head}
            case.log.append("signoff", f"Signed off as {one.role}", by=one.by, role=one.role, details=details)
    return check(case)


def _require_person(by: str) -> None:
    if not by.strip():
        raise UsageError("this needs the name of a person", remedy="add --by NAME")
