"""Records what people decide about findings and skips."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter, select
from opensafe.casework.permissions import require_permission
from opensafe.casework.team_rules import text_context
from opensafe.errors import UsageError
from opensafe.model.decision import Action, Decision
from opensafe.model.finding import Category, Finding, Form
from opensafe.model.fitting import fitting_actions
from opensafe.model.permission import NO_PERMISSION, Permission
from opensafe.model.skip import Skip
from opensafe.model.text import counted
from opensafe.scan.free_text import refuse_findings
from opensafe.scan.settings import ScanSettings

_SKIP_ACTIONS = frozenset({Action.ACCEPT, Action.REMOVE_FILE})
_NEEDS_REASON = frozenset({Action.KEEP, Action.NOT_A_FINDING, Action.ACCEPT})

_PLAIN = re.compile(r"[^\W_](?:[\w .@+/-]{0,198}[\w.+/-])?")
"""Text that ends no string, opens no markup and separates no columns, whatever file it comes to stand in."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided, by whom, why, and how narrowly."""

    action: Action | None
    by: str
    reason: str = ""
    to: str = ""
    path: str = ""
    expires: date | None = None
    second: str = ""
    undo: bool = False
    permission: Permission = NO_PERMISSION


@dataclass(frozen=True, slots=True)
class Decided:
    """Which findings and skips a decision is about."""

    findings: tuple[Finding, ...]
    skips: tuple[Skip, ...]


def choose(case: Case, ids: Sequence[str], chosen: Filter | None) -> Decided:
    """The subjects: by (the beginning of) their ids, or every finding that `chosen` takes."""
    findings = [case.index.finding_by_prefix(name) for name in ids if not name.upper().startswith("S-")]
    skips = [case.index.skip_by_prefix(name) for name in ids if name.upper().startswith("S-")]
    if chosen is not None:
        findings += select(case, chosen, datetime.now(UTC).date())[0]
    unique = {finding.id: finding for finding in findings}
    return Decided(tuple(unique.values()), tuple({skip.id: skip for skip in skips}.values()))


def decide(case: Case, subjects: Decided, verdict: Verdict, *, cache: str | None = None) -> Decided:
    """Append one decision for each subject. Raises UsageError where the action does not fit."""
    if not (subjects.findings or subjects.skips):
        raise UsageError("nothing was chosen to decide about", remedy="opensafe findings lists the ids and filters")
    _check(subjects, verdict)
    settings = ScanSettings(text_context(case, cache), case.key, workers=1)
    refuse_findings(settings, reason=verdict.reason, to=verdict.to)
    permission = verdict.permission
    refuse_findings(settings, evidence=permission.evidence, source=permission.source)
    today = datetime.now(UTC).date()
    ids = [*(finding.id for finding in subjects.findings), *(skip.id for skip in subjects.skips)]
    with case.writing("decide"):
        case.decisions.append(*(_decision(subject, verdict, today) for subject in ids))
        what = "Withdrew the decisions about" if verdict.undo else f"Decided {verdict.action} for"
        count = f"{counted(len(subjects.findings), 'finding')} and {counted(len(subjects.skips), 'skip')}"
        narrowed = bool(verdict.path)
        details = {"findings": len(subjects.findings), "skips": len(subjects.skips), "narrowed": narrowed}
        case.log.append("decide", f"{what} {count}", by=verdict.by, why=verdict.reason, details=details)
    return subjects


def _decision(subject: str, verdict: Verdict, today: date) -> Decision:
    return Decision(
        subject=subject,
        action=verdict.action,
        by=verdict.by,
        on=today,
        reason=verdict.reason,
        to=verdict.to,
        path=verdict.path,
        expires=verdict.expires,
        second=verdict.second,
        undo=verdict.undo,
        owner=verdict.permission.owner,
        permitted=verdict.permission.on,
        evidence=verdict.permission.evidence,
        source=verdict.permission.source,
    )


def _check(subjects: Decided, verdict: Verdict) -> None:
    if not verdict.by.strip():
        raise UsageError("a decision needs the name of a person", remedy="add --by NAME")
    if verdict.undo:
        return
    if verdict.action is None:
        raise UsageError("a decision needs an action", remedy="add --action redact|remove-file|keep|… or --undo")
    if verdict.action in _NEEDS_REASON and not verdict.reason.strip():
        raise UsageError(f"--action {verdict.action} needs a reason for the record", remedy="add --reason TEXT")
    if verdict.second and verdict.second == verdict.by:
        raise UsageError("the second person is the first one", remedy="--second NAME names somebody else")
    if verdict.to and not _PLAIN.fullmatch(verdict.to):
        raise UsageError(
            "--to may hold letters, digits, spaces and . _ - @ + / only, and begins with a letter or digit:"
            " it is put into code, JSON, YAML, CSV and XML alike",
            remedy="choose a plainer text, or leave --to out for a numbered placeholder",
        )
    if subjects.skips and verdict.action not in _SKIP_ACTIONS:
        raise UsageError(f"{subjects.skips[0].id} is a skip", remedy="skips take --action accept or remove-file")
    require_permission(subjects.findings, verdict.action, verdict.permission)
    for finding in subjects.findings:
        _check_fits(finding, verdict.action)


def _check_fits(finding: Finding, action: Action) -> None:
    """Some actions mean nothing for some findings."""
    if action is Action.ACCEPT:
        raise UsageError(f"{finding.id} is a finding, not a skip", remedy="use --action keep or not-a-finding")
    if action in fitting_actions(finding):
        return
    if finding.form is Form.FILE:
        raise UsageError(
            f"{finding.id} is a question about a whole file",
            remedy="use --action remove-file, strip-outputs (notebooks) or keep",
        )
    if finding.category is Category.SETTING and finding.form is Form.OTHER:
        raise UsageError(f"{finding.id} is a setting of the source", remedy="use --action keep with a reason")
    raise UsageError(f"{finding.id} is not a name", remedy="use --action redact")
