"""The disclosure copy: the report without the names of staff and without security detail.

For review before a disclosure (a freedom of information request, an inspection). What opensafe counted and worded
itself stays; whatever a person typed is withheld, because it may hold either.
"""

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from opensafe.model.audit import AuditRecord
from opensafe.model.caseview import CaseView
from opensafe.model.changed import changed
from opensafe.model.decision import Decision
from opensafe.model.finding import Category, Finding
from opensafe.model.readiness import Checklist, SignOff
from opensafe.model.risk import Risk
from opensafe.model.rotation import Rotation
from opensafe.reports.grouping import what_it_says
from opensafe.reports.html import MOST_FINDINGS, html_report
from opensafe.reports.report_format import ReportFormat

WITHHELD = "[withheld]"
_TITLES = {Category.SECRET: "Credential", Category.SETTING: "Setting", Category.NAME: "Name of a person"}


def disclosure_report(view: CaseView) -> str:
    """The page, of a view in which nothing is left to withhold."""
    return html_report(disclosed(view))


def disclosed(view: CaseView) -> CaseView:
    """The view with staff as numbers, and without what would help an attacker."""
    staff = _Staff(_names(view))
    found = {finding.id: finding for finding in (*view.findings, *view.credentials)}
    hidden = {id_: _finding(finding) for id_, finding in found.items()}
    return changed(
        view,
        name=f"{view.name} (disclosure copy)",
        audit=_audit(view.audit) if view.audit else None,
        findings=tuple(hidden[finding.id] for finding in view.findings),
        credentials=tuple(hidden[finding.id] for finding in view.credentials),
        whole_list=None,
        decisions=tuple(_decisions(view.decisions, staff)),
        rotations=tuple(_rotation(line, staff) for line in view.rotations),
        plan=changed(view.plan, justification=_hidden(view.plan.justification)) if view.plan else None,
        plan_approved_by=staff.shown(view.plan_approved_by),
        checklist=_checklist(view.checklist) if view.checklist else None,
        signoffs=tuple(changed(signoff, by=staff.shown(signoff.by)) for signoff in view.signoffs),
        log=tuple(
            changed(entry, os_user="", by=staff.shown(entry.by), why=_hidden(entry.why), details={})
            for entry in view.log
        ),
        copies=tuple(changed(copy, where=WITHHELD, holder=staff.shown(copy.holder)) for copy in view.copies),
        roles={role: staff.shown(name) for role, name in view.roles.items()},
        hosting=None,
        forbidden=tuple(WITHHELD for _ in view.forbidden),
        risks=tuple(_risk(risk, staff) for risk in view.risks),
        categories=tuple(
            changed(
                line,
                path=WITHHELD,
                reason=WITHHELD,
                by=staff.shown(line.by),
                agreed_by=_hidden(line.agreed_by),
                duty=_hidden(line.duty),
                attacker=_hidden(line.attacker),
                adds=_hidden(line.adds),
                harm=_hidden(line.harm),
            )
            for line in view.categories
        ),
    )


class _Staff:
    """Numbers for people, the same wherever somebody stands."""

    def __init__(self, names: Iterable[str]) -> None:
        distinct = dict.fromkeys(name.strip().casefold() for name in dict.fromkeys(names) if name.strip())
        self._numbers = {name: number for number, name in enumerate(distinct, start=1)}

    def shown(self, name: str) -> str:
        return f"Staff member {self._numbers[name.strip().casefold()]}" if name.strip() else ""


def _names(view: CaseView) -> Iterator[str]:
    """Everybody who is named, in the order of the log and then of the records."""
    yield from (entry.by for entry in view.log)
    said: tuple[Decision | Rotation | SignOff | Risk, ...]
    said = (*view.decisions, *view.rotations, *view.signoffs, *view.risks)
    yield from (line.by for line in (*said, *view.categories))
    yield from (decision.second for decision in view.decisions)
    yield from (line.second for line in view.rotations)
    yield from (copy.holder for copy in view.copies)
    yield from view.roles.values()
    yield view.plan_approved_by


def _hidden(text: str) -> str:
    """What somebody typed: that it is there is shown, what it says is not."""
    return WITHHELD if text else ""


def _finding(found: Finding) -> Finding:
    """How many and how grave, but not what, where, or how it was found."""
    title = _TITLES.get(found.category, found.title)
    return changed(found, title=title, masked="", why="", detector="", witnesses=(), person=None, places=())


def _audit(audit: AuditRecord) -> AuditRecord:
    skips = tuple(changed(skip, path=None, detail="") for skip in audit.coverage.skipped)
    source = changed(audit.source, refs=(), head_ref="")
    return changed(audit, source=source, findings=(), coverage=changed(audit.coverage, skipped=skips))


def _decisions(decisions: Iterable[Decision], staff: _Staff) -> Iterator[Decision]:
    """What says the same about many subjects is made fit once."""
    known: dict[Hashable, tuple[Any, ...]] = {}
    for decision in decisions:
        said = what_it_says(decision)
        if said not in known:
            known[said] = _decision(decision, staff)[1:]
        yield Decision(decision.subject, *known[said])


def _decision(decision: Decision, staff: _Staff) -> Decision:
    by, second = staff.shown(decision.by), staff.shown(decision.second)
    return decision._replace(
        by=by,
        second=second,
        reason=_hidden(decision.reason),
        to=_hidden(decision.to),
        path=_hidden(decision.path),
    )


def _rotation(line: Rotation, staff: _Staff) -> Rotation:
    return line._replace(
        by=staff.shown(line.by),
        second=staff.shown(line.second),
        owner=_hidden(line.owner),
        opens=_hidden(line.opens),
        evidence=_hidden(line.evidence),
        alone=_hidden(line.alone),
    )


def _risk(risk: Risk, staff: _Staff) -> Risk:
    return changed(risk, by=staff.shown(risk.by), description=WITHHELD, subject=WITHHELD, treatment=WITHHELD)


def _checklist(checklist: Checklist) -> Checklist:
    answers = (changed(a, evidence=(WITHHELD,) if a.evidence else ()) for a in checklist.answers)
    return changed(checklist, answers=tuple(answers))


FORMAT = ReportFormat("disclosure", ".disclosure.html", disclosure_report, most=MOST_FINDINGS)
