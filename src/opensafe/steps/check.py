"""The readiness checklist for the commit that would be published, and what people attest and sign."""

from dataclasses import dataclass
from datetime import UTC, datetime

from opensafe.casefile.folder import Case
from opensafe.casework.public import open_public
from opensafe.casework.readiness import checklist_of, profile_of
from opensafe.casework.signing_roles import check_role
from opensafe.casework.team_rules import text_context
from opensafe.errors import ExitCode, UsageError
from opensafe.model.readiness import AnswerValue, Attestation, Checklist, Role, SignOff
from opensafe.model.signers import refuse_condition
from opensafe.scan.free_text import refuse_findings
from opensafe.scan.settings import ScanSettings


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


def attest(
    case: Case,
    row: str,
    *,
    answer: AnswerValue,
    by: str,
    role: Role,
    evidence: str,
    cache: str | None = None,
) -> Checked:
    """Record what a person says about one row, for the present head. Raises UsageError where it cannot count."""
    public = open_public(case)
    profile = profile_of(case)
    if row not in {known.id for known in profile.rows}:
        known_rows = ", ".join(known.id for known in profile.rows)
        raise UsageError(f"{profile.id} has no such row", remedy=f"rows are {known_rows}")
    if answer is AnswerValue.CANNOT_TELL:
        raise UsageError("cannot-tell is what a check says, not a person", remedy="--answer met|not-met|not-applicable")
    _require_person(by)
    if not evidence.strip():
        raise UsageError(
            "an attestation needs evidence", remedy="add --evidence TEXT: what was looked at, by whom, where"
        )
    check_role(case, public, role, by)
    if answer is AnswerValue.MET:
        refuse_condition(evidence)
    refuse_findings(ScanSettings(text_context(case, cache), case.key, workers=1), evidence=evidence)
    today = datetime.now(UTC).date()
    with case.writing("attest"):
        case.attestations.append(Attestation(row, answer, by, role, today, evidence, public.head, profile.digest))
        details = {"row": row, "answer": answer.value, "commit": str(public.head)}
        case.log.append("attest", f"Attested {row}: {answer}", by=by, role=role, why=evidence, details=details)
    return check(case)


def sign_off(case: Case, *, role: Role, by: str) -> Checked:
    """Record that a person signs in a role, having seen the log up to its present head."""
    _require_person(by)
    public = open_public(case)
    profile = profile_of(case)
    check_role(case, public, role, by)
    with case.writing("signoff"):
        head = case.log.head()
        today = datetime.now(UTC).date()
        case.signoffs.append(SignOff(role, by, today, public.head, profile.digest, head))
        details = {"commit": str(public.head), "profile": profile.digest, "log": head}
        case.log.append("signoff", f"Signed off as {role}", by=by, role=role, details=details)
    return check(case)


def _require_person(by: str) -> None:
    if not by.strip():
        raise UsageError("this needs the name of a person", remedy="add --by NAME")
