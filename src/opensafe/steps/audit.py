"""Reads the whole history and writes what it found to the case."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casefile.memory import ScanMemory
from opensafe.casefile.view import settled
from opensafe.casework.source import context_of, open_source, roster_of
from opensafe.errors import ExitCode
from opensafe.model.audit import AuditRecord
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Finding
from opensafe.model.progress import Progress
from opensafe.model.text import counted
from opensafe.scan.audit import audit_history, source_state
from opensafe.scan.settings import ScanSettings
from opensafe.version import VERSION


@dataclass(frozen=True, slots=True)
class Audited:
    """What this audit found; findings with the states that earlier decisions give them."""

    record: AuditRecord
    findings: tuple[Finding, ...]
    coverage: Coverage

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.waits)

    @property
    def exit_code(self) -> ExitCode:
        """11 while a skip is not settled, else 10 while findings are open (contract)."""
        if self.coverage.unsettled:
            return ExitCode.INCOMPLETE
        return ExitCode.FINDINGS_OPEN if self.open_findings else ExitCode.DONE


def audit(
    case: Case,
    progress: Progress,
    *,
    since_last: bool = False,
    roster: Path | None = None,
    watch: Path | None = None,
    workers: int = 0,
    cache: str | None = None,
    by: str = "",
) -> Audited:
    """Read everything, or with `since_last` what is new since the audit before (under the same rules and names)."""
    began = time.monotonic()
    with case.writing("audit"):
        used_roster, roster_digest = roster_of(case, roster)
        history = open_source(case, case.work / "view", progress)
        settings = ScanSettings(context_of(case, history, used_roster, cache, watch), case.key, workers=workers)
        memory = ScanMemory(case.root / "memory.sqlite", reuse_finished=since_last)
        outcome = audit_history(history, settings, memory, progress, work_tree=case.config.worktree)
        record = AuditRecord(
            source=source_state(history, outcome.names, case.key),
            rules_digest=outcome.rules_digest,
            opensafe_version=VERSION,
            finished=datetime.now(UTC).isoformat(timespec="seconds"),
            seconds=round(time.monotonic() - began, 2),
            findings=outcome.findings,
            coverage=outcome.coverage,
            roster_digest=roster_digest,
        )
        case.index.write(record)
        memory.finish()
        if watch is not None:
            case.save_config(replace(case.config, watch=str(watch.absolute())))
        if used_roster is not None:
            case.save_config(replace(case.config, roster=str(used_roster.absolute()), roster_digest=roster_digest))
        _log(case, record, len(settings.context.rules), by)
        case.sweep()
    findings, coverage = settled(case, datetime.now(UTC).date())
    return Audited(record, findings, coverage)


def _log(case: Case, record: AuditRecord, team_rules: int, by: str) -> None:
    coverage = record.coverage
    case.log.append(
        "audit",
        f"Read {coverage.read} of {coverage.objects} objects: {counted(len(record.findings), 'finding')},"
        f" {len(coverage.skipped)} skipped",
        by=by,
        details={
            "objects": coverage.objects,
            "read": coverage.read,
            "bytes": coverage.bytes,
            "findings": len(record.findings),
            "skipped": len(coverage.skipped),
            "source": record.source.digest,
            "rules": record.rules_digest,
            "team_rules": team_rules,
        },
    )
