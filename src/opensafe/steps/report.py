"""Puts the whole case together for its readers, and keeps a copy of every report that was made."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from opensafe.casefile.disk import write_whole
from opensafe.casefile.folder import Case
from opensafe.casefile.plans import approval, load_plan
from opensafe.casefile.proofs import load_verification
from opensafe.casefile.rotations import latest, unsettled
from opensafe.casefile.tally import tally
from opensafe.casefile.view import settled_coverage
from opensafe.casefile.whole_list import whole_list
from opensafe.casework.copies import unredacted_copies
from opensafe.casework.exposures import exposures
from opensafe.casework.hosting import present_hosting
from opensafe.casework.journey import next_step
from opensafe.casework.openness import forbidden
from opensafe.casework.public import open_public
from opensafe.casework.read_only import hand_out, require_place
from opensafe.casework.readiness import checklist_of, profile_of
from opensafe.casework.report_findings import report_findings
from opensafe.casework.signatures import with_identity
from opensafe.casework.written_findings import written_in_order
from opensafe.errors import UsageError
from opensafe.model.caseview import CaseView, WholeList
from opensafe.model.openness import standing_categories
from opensafe.model.readiness import Checklist, SignOff
from opensafe.model.risk import register
from opensafe.model.settlement import standing
from opensafe.reports.cells import quoted_cell
from opensafe.reports.formats import FORMATS
from opensafe.reports.report_format import ReportFormat
from opensafe.version import VERSION


@dataclass(frozen=True, slots=True)
class Reported:
    """A report, in parts (UTF-8), and where a copy of it lies.

    It is `recorded` in the log of the case, unless that can only be read here.
    """

    parts: Sequence[bytes]
    file: Path
    recorded: bool

    @property
    def text(self) -> str:
        return b"".join(self.parts).decode()


def report(case: Case, format_name: str, *, output: Path | None = None, by: str = "") -> Reported:
    """Make a report. It is written to `output`, or to the case's `reports` folder.

    Raises UsageError where the case can only be read, and no other place is named.
    """
    if format_name not in FORMATS:
        raise UsageError("there is no such format", remedy=f"formats are {', '.join(sorted(FORMATS))}")
    require_place(case, output, what="a report", remedy="opensafe report --output FILE")
    shape = FORMATS[format_name]
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    file = output or case.reports / f"{case.config.name}-{stamp}{shape.suffix}"
    made = _made(case, shape, file)

    def record() -> None:
        case.log.append("report", f"Made a report ({format_name})", by=by, details=made.details)

    recorded = hand_out(case, "report", lambda: _write(made, file), record)
    return Reported(made.parts, file, recorded)


@dataclass(frozen=True, slots=True)
class _Made:
    """A report, and the table of all findings that lies beside it, where it does not list them all.

    It is in parts, as a document of a large case has 200 MB: each copy of that takes as long as to write it.
    """

    shape: ReportFormat
    parts: Sequence[bytes]
    digest: str
    beside: tuple[WholeList, Sequence[bytes]] | None

    @property
    def details(self) -> dict[str, str]:
        """What the log knows of it."""
        known = {"format": self.shape.name, "sha256": self.digest}
        return known | ({"list": self.beside[0].digest} if self.beside else {})


def _made(case: Case, shape: ReportFormat, file: Path) -> _Made:
    view = case_view(case, shape)
    beside = _whole_list(view, file) if shape.name == "html" and view.unlisted.total else None
    parts, digest = _encoded(shape.parts(replace(view, whole_list=beside[0] if beside else None)))
    return _Made(shape, parts, digest, beside)


def _encoded(texts: Iterable[str]) -> tuple[list[bytes], str]:
    """The texts in UTF-8, and the SHA-256, in hex, of all of them."""
    digest = hashlib.sha256()
    parts = []
    for text in texts:
        parts.append(text.encode())
        digest.update(parts[-1])
    return parts, digest.hexdigest()


def _write(made: _Made, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if made.beside:
        write_whole(file.with_name(made.beside[0].name), *made.beside[1])
    write_whole(file, *made.parts)


def _whole_list(view: CaseView, page: Path) -> tuple[WholeList, Sequence[bytes]]:
    """What lies beside a page that does not list every finding: a table that does."""
    parts, digest = _encoded(FORMATS["csv"].parts(view))
    return WholeList(page.with_suffix(".csv").name, view.counts.total, digest), parts


def case_view(case: Case, shape: ReportFormat) -> CaseView:
    """What a report in this shape shows. Raises OutOfOrder before the first audit."""
    today = case.today
    decisions = case.decisions.read()
    audit = case.index.summary()
    coverage = settled_coverage(case, standing(decisions, today))
    counted = tally(case, decisions, today)
    found = report_findings(case, decisions, counted, shape, today)
    lines = latest(case)
    plan = load_plan(case)
    given = approval(case, plan)
    public = open_public(case) if case.public_git.is_dir() else None
    checklist = checklist_of(case, public, profile_of(case), counted) if public else None
    return CaseView(
        name=case.config.name,
        organisation=case.config.organisation,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        version=VERSION,
        profile=case.config.profile,
        audit=replace(audit, coverage=coverage, findings=found.listed) if audit else None,
        findings=found.listed,
        decisions=decisions,
        rotations=tuple(lines.values()),
        unrotated=unsettled(counted.credentials, lines, today),
        plan=plan,
        plan_approved_by=given[0] if given else "",
        verification=load_verification(case),
        checklist=checklist,
        signoffs=_valid_signoffs(case, checklist),
        log=case.log.entries(),
        log_head=case.log.head(),
        copies=tuple(unredacted_copies(case)),
        release=str((case.load_document("release.json") or {}).get("tag", "")),
        roles=case.config.roles,
        next_step=next_step(case, counted).sentence,
        hosting=present_hosting(case),
        today=today,
        exposures=exposures(case, found.credentials, today) if found.credentials else {},
        risks=register(case.risks.read()),
        categories=standing_categories(case.categories.read()),
        forbidden=forbidden(case, public, today) if public else (),
        census=found.census,
        credentials=found.credentials if found.is_cut else (),
        rows=partial(whole_list, case, counted, quoted_cell),
        written=partial(written_in_order, case, decisions, today) if shape.written else None,
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
