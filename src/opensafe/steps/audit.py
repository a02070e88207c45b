"""Reads the whole history and writes what it found to the case."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casefile.memory import ScanMemory
from opensafe.casefile.view import settled
from opensafe.casework.growing import Asked, audit_growth
from opensafe.casework.source import context_among, open_source, people_among, roster_of
from opensafe.errors import ExitCode
from opensafe.history.footing import footing_of
from opensafe.history.introductions import Introductions, introductions
from opensafe.history.reading import History
from opensafe.model.audit import AuditRecord
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Finding
from opensafe.model.ground import Footing, Outgrown
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
    with case.writing("audit"):
        used_roster, roster_digest = roster_of(case, roster)
        asked = Asked(used_roster, roster_digest, watch, cache, workers)
        memory = ScanMemory(case.root / "memory.sqlite", reuse_finished=since_last)
        grown = audit_growth(case, asked, memory, progress) if since_last and case.index.exists() else None
        record, team_rules = grown or _everything(case, asked, memory, progress)
        if watch is not None:
            case.save_config(replace(case.config, watch=str(watch.absolute())))
        if used_roster is not None:
            case.save_config(replace(case.config, roster=str(used_roster.absolute()), roster_digest=roster_digest))
        _log(case, record, team_rules, by)
        case.sweep()
    findings, coverage = settled(case, case.today)
    return Audited(record, findings, coverage)


def _everything(case: Case, asked: Asked, memory: ScanMemory, progress: Progress) -> tuple[AuditRecord, int]:
    """The audit that goes through everything, and how many rules of the team it used."""
    began = time.monotonic()
    case.sweep()  # of what an audit of what is new began
    history = open_source(case, case.work / "view", progress)
    named = introductions(history)
    context = context_among(case, people_among(named, asked.roster), asked.cache, asked.watch)
    settings = ScanSettings(context, case.key, workers=asked.workers)
    outcome = audit_history(
        history,
        settings,
        memory,
        progress,
        work_tree=case.config.worktree,
        footing=_footing(case, history, named),
    )
    record = AuditRecord(
        source=source_state(history, outcome.names, case.key),
        rules_digest=outcome.rules_digest,
        opensafe_version=VERSION,
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - began, 2),
        findings=outcome.findings,
        coverage=outcome.coverage,
        roster_digest=asked.roster_digest,
    )
    case.index.write(record, outcome.ground)
    memory.finish()
    return record, len(context.rules)


def _footing(case: Case, history: History, named: Introductions) -> Footing | None:
    try:
        return footing_of(history, named, case.key)
    except Outgrown:
        return None


def _log(case: Case, record: AuditRecord, team_rules: int, by: str) -> None:
    coverage = record.coverage
    case.log.append(
        "audit",
        f"Read {coverage.read} of {coverage.objects} objects: {counted(case.index.count(), 'finding')},"
        f" {len(coverage.skipped)} skipped",
        by=by,
        details={
            "objects": coverage.objects,
            "read": coverage.read,
            "bytes": coverage.bytes,
            "findings": case.index.count(),
            "skipped": len(coverage.skipped),
            "source": record.source.digest,
            "rules": record.rules_digest,
            "team_rules": team_rules,
        },
    )
