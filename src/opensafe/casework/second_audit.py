"""The audit of what is published: with the rules, people and key of the first one, and none of its memory."""

import time
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from opensafe.casework.compiled_decisions import DecidedState
from opensafe.history.reading import History
from opensafe.model.audit import AuditRecord
from opensafe.model.finding import Finding
from opensafe.model.identifiers import FindingId
from opensafe.model.place import PlaceKind
from opensafe.model.progress import Progress
from opensafe.model.skip import SkipState
from opensafe.model.verification import Check
from opensafe.scan.audit import audit_history, source_state
from opensafe.scan.contents import NoMemory
from opensafe.scan.late import KnownValue
from opensafe.scan.settings import ScanSettings
from opensafe.version import VERSION

_NAMED = 5  # findings that a failed check names
_OF_THE_READER = frozenset({PlaceKind.REFLOG, PlaceKind.CONFIG, PlaceKind.INDEX, PlaceKind.WORKTREE})
"""Where a clone holds what its owner did and who that is: nobody published that."""


def audit_again(
    history: History, settings: ScanSettings, known: Sequence[KnownValue], progress: Progress
) -> AuditRecord:
    """Audit `history`, looking for the `known` values as well."""
    began = time.monotonic()
    outcome = audit_history(history, settings, NoMemory(), progress, known=known)
    return AuditRecord(
        source=source_state(history, outcome.names, settings.key),
        rules_digest=outcome.rules_digest,
        opensafe_version=VERSION,
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - began, 2),
        findings=outcome.findings,
        coverage=outcome.coverage,
    )


def none_returned(record: AuditRecord, away: Collection[FindingId]) -> Check:
    """The second audit finds nothing that was decided away."""
    back = [finding.id for finding in record.findings if finding.id in away and _is_public(finding)]
    figure = f"audited again: {len(away):,} values were to go, {len(back):,} were found"
    return Check("re-audit", not back, figure if not back else f"{figure}: {', '.join(back[:_NAMED])}")


def _is_public(finding: Finding) -> bool:
    return any(place.kind not in _OF_THE_READER for place in finding.places)


def read_all(record: AuditRecord, state: DecidedState) -> Check:
    """Everything was read, but for what somebody settled by name in the source."""
    settled_ids = {skip.id for skip in state.coverage.skipped if skip.state is not SkipState.OPEN}
    coverage = record.coverage
    unread = [skip for skip in coverage.skipped if skip.id not in settled_ids]
    accepted = len(coverage.skipped) - len(unread)
    told = f" ({accepted:,} accepted in the source, {len(unread):,} not)" if coverage.skipped else ""
    figure = f"read {coverage.read:,} of {coverage.objects:,} objects again, {len(coverage.skipped):,} skipped{told}"
    return Check("re-audit-complete", not unread, figure)
