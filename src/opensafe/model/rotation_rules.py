"""What a line of the rotation record must say before it counts (facts, secrets 11)."""

from datetime import date, timedelta

from opensafe.errors import UsageError
from opensafe.model.finding import Category, Finding, Severity
from opensafe.model.rotation import Rotation
from opensafe.model.same_person import same_person

LONGEST_ACCEPTANCE = timedelta(days=366)
"""A risk that is accepted for longer is not looked at again in time."""


def check_rotation(line: Rotation, finding: Finding, today: date, *, compromised: bool) -> None:
    """Raises UsageError naming what the line lacks. `compromised`: strangers could read the credential once."""
    if finding.category is not Category.SECRET:
        raise UsageError(f"{finding.id} is not a credential", remedy="opensafe rotate list shows the credentials")
    _check_people(line)
    _check_evidence(line)
    if line.on > today:
        raise UsageError(
            f"{line.on.isoformat()} lies in the future", remedy="--on DATE is the day on which it happened"
        )
    _check_acceptance(line, today)
    if line.state.settles and (finding.severity is Severity.CRITICAL or compromised):
        _check_second(line, finding, compromised=compromised)


def _check_people(line: Rotation) -> None:
    if not line.by.strip():
        raise UsageError("a rotation needs the name of a person", remedy="add --by NAME")
    if line.second and same_person(line.second, line.by):
        raise UsageError("the second person is the first one", remedy="--second NAME is somebody else")


def _check_evidence(line: Rotation) -> None:
    if line.state.settles and not line.evidence.strip() and not line.attachment:
        raise UsageError(
            f"{line.state} needs evidence: a ticket, the provider's message, a second look",
            remedy="add --evidence TEXT (never the credential itself), or --evidence-file FILE",
        )


def _check_acceptance(line: Rotation, today: date) -> None:
    accepted = line.is_accepted
    if not accepted and (line.expires or line.risk):
        raise UsageError(f"{line.state} has no end and no entry in the risk register", remedy="leave --expires out")
    if accepted and (line.expires is None or not today < line.expires <= today + LONGEST_ACCEPTANCE):
        last = (today + LONGEST_ACCEPTANCE).isoformat()
        raise UsageError(
            "an accepted risk needs the day on which it is looked at again, within a year",
            remedy=f"add --expires DATE: a day after today, {last} at the latest",
        )
    if accepted and not line.risk:
        raise UsageError(
            "an accepted risk needs its entry in the risk register",
            remedy="opensafe risk add makes one; then add --risk R-…",
        )


def _check_second(line: Rotation, finding: Finding, *, compromised: bool) -> None:
    if not line.second.strip() and not line.alone.strip():
        why = "strangers could read it" if compromised else "it is critical"
        raise UsageError(
            f"{finding.id} needs a second person who confirms it, because {why}",
            remedy="add --second NAME, or --alone REASON if there is nobody",
        )
