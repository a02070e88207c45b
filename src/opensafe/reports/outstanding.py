"""What stands between a case and its release, gravest first: one question each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from opensafe.model.caseview import CaseView
from opensafe.model.readiness import Checklist, Role, SignOff
from opensafe.reports.wording import count, label


class Duty(StrEnum):
    """The kinds of thing that may be outstanding, in the order in which they outweigh each other."""

    AUDIT = "audit"
    FAILED = "verification-failed"
    SKIPS = "skips"
    FINDINGS = "findings"
    ROTATION = "rotation"
    PLAN = "plan"
    VERIFICATION = "verification"
    CHECKLIST = "checklist"
    OPENNESS = "openness"
    SIGNOFFS = "signoffs"


@dataclass(frozen=True, slots=True)
class Outstanding:
    """One thing to settle: `sentence` continues "Not ready to open: …"; `count` is how many."""

    duty: Duty
    count: int
    sentence: str


def outstanding(view: CaseView) -> tuple[Outstanding, ...]:
    """Everything that is not settled, gravest first; empty means ready."""
    return tuple(item for question in _QUESTIONS for item in question(view))


def missing_signoffs(checklist: Checklist, signoffs: tuple[SignOff, ...]) -> tuple[Role, ...]:
    """Roles whose signature the profile asks for, and that did not sign this commit under this profile."""
    bound = (checklist.commit, checklist.profile.digest)
    signed = {signoff.role for signoff in signoffs if (signoff.commit, signoff.profile_digest) == bound}
    return tuple(role for role in checklist.profile.signoffs if role not in signed)


def _audit(view: CaseView) -> Iterator[Outstanding]:
    if view.audit is None:
        yield Outstanding(Duty.AUDIT, 1, "the repository has not been read")
    elif not view.audit.coverage.read:
        yield Outstanding(Duty.AUDIT, 1, "no objects were read")


def _failed(view: CaseView) -> Iterator[Outstanding]:
    if view.verification and not view.verification.passed:
        checks = view.verification.checks
        failed = sum(1 for check in checks if not check.passed)
        yield Outstanding(
            Duty.FAILED, max(failed, 1), f"{failed} of {count(len(checks), 'check')} of the new history failed"
        )


def _skips(view: CaseView) -> Iterator[Outstanding]:
    coverage = view.audit.coverage if view.audit else None
    if coverage is None or coverage.complete:
        return
    if coverage.unsettled:
        number = len(coverage.unsettled)
        sentence = f"{count(number, 'part')} could not be read, and nobody has decided about them"
        yield Outstanding(Duty.SKIPS, number, sentence if number > 1 else sentence.replace("them", "it"))
    elif not coverage.skipped:
        number = coverage.objects - coverage.read
        yield Outstanding(Duty.SKIPS, number, f"{count(number, 'object')} not read, for a reason that is not known")


def _findings(view: CaseView) -> Iterator[Outstanding]:
    number = view.counts.where(published=True, waits=True).findings
    if number:
        verb = "awaits" if number == 1 else "await"
        yield Outstanding(
            Duty.FINDINGS, number, f"{count(number, 'finding')} in what will be published {verb} a decision"
        )


def _rotation(view: CaseView) -> Iterator[Outstanding]:
    number = len(view.unrotated)
    if number:
        verb = "is" if number == 1 else "are"
        yield Outstanding(Duty.ROTATION, number, f"{count(number, 'credential')} {verb} not rotated")


def _plan(view: CaseView) -> Iterator[Outstanding]:
    if view.plan is None:
        yield Outstanding(Duty.PLAN, 1, "the way to open the history has not been planned")
    elif not view.plan_approved_by:
        yield Outstanding(Duty.PLAN, 1, "the plan is not approved")


def _verification(view: CaseView) -> Iterator[Outstanding]:
    if view.verification is None:
        yield Outstanding(Duty.VERIFICATION, 1, "the new history has not been verified")
    elif view.checklist and view.checklist.commit != view.verification.head:
        yield Outstanding(Duty.VERIFICATION, 1, "the verification is for another commit than the checklist")


def _checklist(view: CaseView) -> Iterator[Outstanding]:
    if view.checklist is None:
        yield Outstanding(Duty.CHECKLIST, 1, "the readiness checklist has not been made")
    elif view.checklist.open_rows:
        number = len(view.checklist.open_rows)
        verb = "is" if number == 1 else "are"
        yield Outstanding(
            Duty.CHECKLIST, number, f"{count(number, 'mandatory row')} of the readiness checklist {verb} open"
        )


def _openness(view: CaseView) -> Iterator[Outstanding]:
    number = len(view.forbidden)
    if number:
        verb = "keeps" if number == 1 else "keep"
        sentence = f"{count(number, 'openness category', 'openness categories')} {verb} paths back"
        yield Outstanding(Duty.OPENNESS, number, sentence)


def _signoffs(view: CaseView) -> Iterator[Outstanding]:
    missing = missing_signoffs(view.checklist, view.signoffs) if view.checklist else ()
    if missing:
        roles = ", ".join(label(role) for role in missing)
        yield Outstanding(Duty.SIGNOFFS, len(missing), f"{count(len(missing), 'sign-off')} missing: {roles}")


_QUESTIONS: tuple[Callable[[CaseView], Iterator[Outstanding]], ...] = (
    _audit,
    _failed,
    _skips,
    _findings,
    _rotation,
    _plan,
    _verification,
    _checklist,
    _openness,
    _signoffs,
)
