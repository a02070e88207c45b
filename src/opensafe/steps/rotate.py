"""The rotation record: what became of each credential, with evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from opensafe.casefile.credentials import credential_rows
from opensafe.casefile.evidence import evidence_digest
from opensafe.casefile.folder import Case
from opensafe.casefile.rotations import latest, live_checks, unrotated
from opensafe.casework.exposures import NEVER, PUBLIC_SINCE, exposures, was_public
from opensafe.casework.rotation_playbooks import RotationPlaybook, playbook_for
from opensafe.casework.typed_texts import refuse_values
from opensafe.errors import UsageError
from opensafe.model.credential import Credential
from opensafe.model.exposure import Exposure
from opensafe.model.finding import Finding, Form
from opensafe.model.identifiers import FindingId
from opensafe.model.livecheck import LiveCheck, died
from opensafe.model.rotation import Rotation, RotationState
from opensafe.model.rotation_rules import check_rotation
from opensafe.model.text import counted


@dataclass(frozen=True, slots=True)
class RotationRecord:
    """Every credential of the case, the last line about each, and those that still block a release today."""

    credentials: tuple[Credential, ...]
    rotations: tuple[Rotation, ...]
    unrotated: tuple[Credential, ...]
    exposures: Mapping[FindingId, Exposure]
    playbooks: Mapping[FindingId, str]
    today: date


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to say about one credential: its record from the first line on, and what to do."""

    finding: Finding
    exposure: Exposure
    lines: tuple[Rotation, ...]
    checks: tuple[LiveCheck, ...]
    playbook: RotationPlaybook
    today: date


def list_rotations(case: Case) -> RotationRecord:
    """The whole record. Raises OutOfOrder before the first audit."""
    today = case.today
    found = credential_rows(case, today)
    lines = latest(case)
    # The path of a private key tells which playbook it needs. Of the others no place is read.
    places = case.index.places_of(row.id for row in found if row.form is Form.PRIVATE_KEY)
    return RotationRecord(
        found,
        tuple(lines.values()),
        unrotated(found, lines, today),
        exposures(case, found, today),
        {row.id: playbook_for(row, places.get(row.id, ())).id for row in found},
        today,
    )


def show_rotation(case: Case, prefix: str) -> Told:
    """One credential, by the beginning of its id. Raises UsageError for what is none."""
    finding = case.index.finding_by_prefix(prefix)
    finding = replace(finding, places=case.index.places(finding.id))
    today = case.today
    exposure = exposures(case, [finding], today).get(finding.id)
    if exposure is None:
        raise UsageError(f"{finding.id} is not a credential", remedy="opensafe rotate list shows the credentials")
    lines = tuple(line for line in case.rotations.read() if line.finding == finding.id)
    book = playbook_for(finding, finding.places)
    return Told(finding, exposure, lines, live_checks(case).get(finding.id, ()), book, today)


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
    opens: str = "",
    evidence_file: Path | None = None,
    expires: date | None = None,
    risk: str = "",
    alone: str = "",
    cache: str | None = None,
) -> tuple[Finding, ...]:
    """Append a line for each credential. A settled state needs evidence: a claim alone is not accepted.

    Owner and what it opens are kept from the line before where they are not given. Raises UsageError.
    """
    found = tuple(case.index.finding_by_prefix(name) for name in ids)
    if not found:
        raise UsageError("no credential was named", remedy="opensafe rotate list shows the ids")
    if risk and risk not in {entry.id for entry in case.risks.read()}:
        raise UsageError("the risk register has no such entry", remedy="opensafe risk list shows them")
    scanned = {"evidence": evidence, "owner": owner, "opens": opens, "alone": alone}
    refuse_values(case, cache, **scanned)
    attachment = evidence_digest(evidence_file) if evidence_file is not None else ""
    said = Rotation(FindingId(""), state, owner, on, by, evidence, second, opens, attachment, expires, risk, alone)
    lines = _lines(case, said, found)
    with case.writing("rotate"):
        case.rotations.append(*lines)
        what = f"Recorded {state} for {counted(len(found), 'credential')}"
        details = {"recorded": " ".join(finding.id for finding in found), "state": state, "attachment": attachment}
        case.log.append("rotate", what, by=by, why=evidence or alone, details=details)
    return found


def _lines(case: Case, said: Rotation, found: Sequence[Finding]) -> list[Rotation]:
    """A line for each credential, checked."""
    former, checks, today = latest(case), live_checks(case), case.today
    lines: list[Rotation] = []
    for finding in found:
        before = former.get(finding.id)
        line = said._replace(
            finding=finding.id,
            owner=said.owner or (before.owner if before else ""),
            opens=said.opens or (before.opens if before else ""),
            evidence=said.evidence or _answer(checks.get(finding.id, ()), said.state),
        )
        check_rotation(line, finding, today, compromised=was_public(case) and finding.published)
        lines.append(line)
    return lines


def _answer(checks: Sequence[LiveCheck], state: RotationState) -> str:
    """The provider's answer as evidence, where it counts as such: inactive, after it was active."""
    last = died(checks)
    if last is None or state not in {RotationState.ROTATED, RotationState.REVOKED, RotationState.EXPIRED}:
        return ""
    return f"live check on {last.at}: inactive (status {last.status}), active before"


def public_since(case: Case, *, since: date | None, by: str, reason: str, cache: str | None = None) -> None:
    """Record since when strangers could read the repository; `None` for never. Everything in it is then compromised."""
    if not by.strip():
        raise UsageError("this needs the name of a person", remedy="add --by NAME")
    if since is not None and since > case.today:
        raise UsageError(f"{since.isoformat()} lies in the future", remedy="--since DATE is a day that has been")
    refuse_values(case, cache, reason=reason)
    said = since.isoformat() if since else NEVER
    with case.writing("rotate"):
        before = case.config.answers.get(PUBLIC_SINCE, "")
        case.save_config(replace(case.config, answers={**case.config.answers, PUBLIC_SINCE: said}))
        what = f"The repository was public since {said}" if since else "The repository was never public"
        case.log.append("rotate", what, by=by, why=reason, details={"before": before, "after": said})
