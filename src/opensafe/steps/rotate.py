"""The rotation record: what became of each credential, with evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from opensafe.casefile.folder import Case
from opensafe.casefile.rotations import credentials, latest, unrotated
from opensafe.casefile.view import settled
from opensafe.casework.team_rules import text_context
from opensafe.errors import UsageError
from opensafe.model.finding import Category, Finding
from opensafe.model.rotation import Rotation, RotationState
from opensafe.model.text import counted
from opensafe.scan.free_text import refuse_findings
from opensafe.scan.settings import ScanSettings


@dataclass(frozen=True, slots=True)
class RotationRecord:
    """Every credential of the case, the last line about each, and those that still block a release."""

    credentials: tuple[Finding, ...]
    rotations: tuple[Rotation, ...]
    unrotated: tuple[Finding, ...]


def list_rotations(case: Case) -> RotationRecord:
    """The whole record. Raises OutOfOrder before the first audit."""
    findings, _ = settled(case, datetime.now(UTC).date())
    lines = latest(case)
    return RotationRecord(credentials(findings), tuple(lines.values()), unrotated(findings, lines))


def record(
    case: Case,
    ids: Sequence[str],
    *,
    state: RotationState,
    owner: str,
    on: date,
    by: str,
    evidence: str,
    second: str = "",
    cache: str | None = None,
) -> tuple[Finding, ...]:
    """Append a line for each credential. A settled state needs evidence: a claim alone is not accepted."""
    found = tuple(case.index.finding_by_prefix(name) for name in ids)
    _check(found, state, on, by, evidence)
    refuse_findings(ScanSettings(text_context(case, cache), case.key, workers=1), evidence=evidence, owner=owner)
    lines = [Rotation(finding.id, state, owner, on, by, evidence, second) for finding in found]
    with case.writing("rotate"):
        case.rotations.append(*lines)
        what = f"Recorded {state} for {counted(len(found), 'credential')}"
        case.log.append("rotate", what, by=by, why=evidence, details={"credentials": len(found), "state": state})
    return found


def _check(found: Sequence[Finding], state: RotationState, on: date, by: str, evidence: str) -> None:
    if not found:
        raise UsageError("no credential was named", remedy="opensafe rotate list shows the ids")
    if not by.strip():
        raise UsageError("a rotation needs the name of a person", remedy="add --by NAME")
    if state.settles and not evidence.strip():
        raise UsageError(
            f"{state} needs evidence: a ticket, the provider's message, a second look",
            remedy="add --evidence TEXT (never the credential itself)",
        )
    if on > datetime.now(UTC).date():
        raise UsageError(f"{on.isoformat()} lies in the future", remedy="--on DATE is the day on which it happened")
    for finding in found:
        if finding.category is not Category.SECRET:
            raise UsageError(f"{finding.id} is not a credential", remedy="opensafe rotate list shows the credentials")
