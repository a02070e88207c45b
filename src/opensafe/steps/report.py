"""Puts the whole case together for its readers, and keeps a copy of every report that was made."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from opensafe.casefile.disk import write_whole
from opensafe.casefile.folder import Case
from opensafe.casefile.plans import approval, load_plan
from opensafe.casefile.proofs import load_verification
from opensafe.casefile.rotations import latest, unrotated
from opensafe.casefile.selection import with_places
from opensafe.casefile.view import settled
from opensafe.casework.copies import unredacted_copies
from opensafe.casework.exposures import exposures
from opensafe.casework.hosting import present_hosting
from opensafe.casework.journey import next_step
from opensafe.casework.openness import forbidden
from opensafe.casework.public import open_public
from opensafe.casework.readiness import checklist_of, profile_of
from opensafe.casework.signatures import with_identity
from opensafe.errors import UsageError
from opensafe.model.caseview import CaseView
from opensafe.model.openness import standing_categories
from opensafe.model.readiness import Checklist, SignOff
from opensafe.model.risk import register
from opensafe.reports.formats import FORMATS, SUFFIXES
from opensafe.version import VERSION

_PLACES = 50


@dataclass(frozen=True, slots=True)
class Reported:
    """The text of a report, and where a copy of it lies."""

    text: str
    file: Path


def report(case: Case, format_name: str, *, output: Path | None = None, by: str = "") -> Reported:
    """Make a report. It is written to `output`, or to the case's `reports` folder."""
    if format_name not in FORMATS:
        raise UsageError("there is no such format", remedy=f"formats are {', '.join(sorted(FORMATS))}")
    text = FORMATS[format_name](case_view(case))
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    file = output or case.reports / f"{case.config.name}-{stamp}{SUFFIXES[format_name]}"
    with case.writing("report"):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text.encode())
        details = {"format": format_name, "sha256": hashlib.sha256(text.encode()).hexdigest()}
        case.log.append("report", f"Made a report ({format_name})", by=by, details=details)
    return Reported(text, file)


def case_view(case: Case) -> CaseView:
    """Everything that a report shows. Raises OutOfOrder before the first audit."""
    today = datetime.now(UTC).date()
    findings, coverage = settled(case, today)
    audit = case.index.summary()
    listed = tuple(with_places(case, findings, _PLACES))
    lines = latest(case)
    given = approval(case)
    public = open_public(case) if case.public_git.is_dir() else None
    checklist = checklist_of(case, public, profile_of(case)) if public else None
    return CaseView(
        name=case.config.name,
        organisation=case.config.organisation,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        version=VERSION,
        profile=case.config.profile,
        audit=replace(audit, coverage=coverage, findings=listed) if audit else None,
        findings=listed,
        decisions=case.decisions.read(),
        rotations=tuple(lines.values()),
        unrotated=unrotated(findings, lines, today),
        plan=load_plan(case),
        plan_approved_by=given[0] if given else "",
        verification=load_verification(case),
        checklist=checklist,
        signoffs=_valid_signoffs(case, checklist),
        log=case.log.entries(),
        log_head=case.log.head(),
        copies=tuple(unredacted_copies(case)),
        release=str((case.load_document("release.json") or {}).get("tag", "")),
        roles=case.config.roles,
        next_step=next_step(case).sentence,
        hosting=present_hosting(case),
        today=today,
        exposures=exposures(case, findings, today),
        risks=register(case.risks.read()),
        categories=standing_categories(case.categories.read()),
        forbidden=forbidden(case, public, today) if public else (),
    )


def _valid_signoffs(case: Case, checklist: Checklist | None) -> tuple[SignOff, ...]:
    if checklist is None:
        return ()
    valid = (
        signoff
        for signoff in case.signoffs.read()
        if signoff.commit == checklist.commit and signoff.profile_digest == checklist.profile.digest
    )
    return tuple(with_identity(case, valid))
