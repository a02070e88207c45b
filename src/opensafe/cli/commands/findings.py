"""`opensafe findings`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from opensafe.casefile.selection import Filter
from opensafe.cli.filters import (
    AwaitingSecond,
    CategoryFilter,
    DetectorFilter,
    PathFilter,
    PersonFilter,
    SeverityFilter,
    StateFilter,
    TextFilter,
)
from opensafe.cli.lines import place_line, skip_line
from opensafe.cli.options import By, ImportFile
from opensafe.cli.screen import columns
from opensafe.cli.session import Session, session_of
from opensafe.cli.suggest_show import show_imported, show_suggested
from opensafe.cli.walk import walk
from opensafe.errors import UsageError
from opensafe.model.finding import Category, Finding, State
from opensafe.model.settlement import Lapsed
from opensafe.model.text import counted
from opensafe.reports.json_documents import findings_document
from opensafe.steps.findings import Listed, list_findings
from opensafe.steps.import_baseline import import_baseline
from opensafe.steps.suggest import suggest

_GROUPS = frozenset({"value", "person", "path", "detector"})


def register(app: typer.Typer) -> None:
    app.command()(findings)


def findings(
    context: typer.Context,
    category: CategoryFilter = None,
    detector: DetectorFilter = "",
    path: PathFilter = "",
    severity: SeverityFilter = None,
    state: StateFilter = None,
    text: TextFilter = "",
    person: PersonFilter = None,
    group: Annotated[str, typer.Option("--group", help="Group by person, value, path or detector.")] = "value",
    awaiting_second: AwaitingSecond = False,
    skips: Annotated[bool, typer.Option("--skips", help="List what was not read instead.")] = False,
    covered: Annotated[bool, typer.Option("--covered", help="List what is decided with its data file, too.")] = False,
    suggested: Annotated[bool, typer.Option("--suggest", help="Suggest decisions, each with its evidence.")] = False,
    imported: ImportFile = None,
    step_by_step: Annotated[bool, typer.Option("--walk", help="Decide here, one group after the other.")] = False,
    by: By = "",
) -> None:
    """List the findings of the last audit."""
    session = session_of(context)
    if group not in _GROUPS:
        raise UsageError("there is no such grouping", remedy="--group person, value, path or detector")
    chosen = Filter(category, detector, path, severity, state, text, person)
    if step_by_step:
        walk(session, session.case(), chosen, by)
        return
    if imported:
        show_imported(session, import_baseline(session.case(), imported, chosen), imported)
        return
    if suggested:
        show_suggested(session, suggest(session.case(), chosen))
        return
    listed = list_findings(session.case(), chosen, awaiting_second=awaiting_second)
    if session.json:
        session.document(findings_document(listed.findings, listed.coverage, place_states=listed.place_states))
    elif skips:
        _show_skips(session, listed)
    else:
        _show(session, listed, group, covered=covered)


def _show(session: Session, listed: Listed, group: str, *, covered: bool) -> None:
    if not listed.findings:
        session.say("No findings match.")
        return
    chosen = [f for f in listed.findings if covered or not f.covered_by or f.category is Category.SECRET]
    for title, members in _groups(chosen, group):
        if title:
            session.say(f"{title} ({len(members):,})")
        rows = [_row(finding, listed.lapsed) for finding in members]
        for line in columns(rows, indent="  " if title else ""):
            session.say(line)
    if inside := len(listed.findings) - len(chosen):
        session.say(f"{counted(inside, 'finding')} more in data files only, decided with them (--covered lists them).")
    unsettled = len(listed.coverage.unsettled)
    also = f"; to be settled: {counted(unsettled, 'skip')} (--skips)" if unsettled else ""
    session.advise(f"{counted(len(listed.findings), 'finding')}{also}. opensafe show ID tells more.")


def _row(finding: Finding, unsettled: Lapsed) -> tuple[str, ...]:
    where = place_line(finding.places[0]) if finding.places else ""
    seen = "HEAD" if finding.in_head else "history" if finding.published else "unpublished"
    count = f"{finding.occurrences:,}x {seen}"
    return finding.id, finding.severity, finding.confidence, _state(finding, unsettled), finding.masked, count, where


def _state(finding: Finding, unsettled: Lapsed) -> str:
    """The state, and why an open finding is that although somebody decided."""
    if finding.state is not State.OPEN:
        return finding.state
    if finding.id in unsettled.pending:
        return f"{finding.state}, awaits a second person"
    return f"{finding.state}, ran out" if finding.id in unsettled.expired else finding.state


def _groups(findings: Iterable[Finding], group: str) -> list[tuple[str, list[Finding]]]:
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(_title(finding, group), []).append(finding)
    return sorted(grouped.items()) if group != "value" else list(grouped.items())


def _title(finding: Finding, group: str) -> str:
    if group == "person":
        return "No person" if finding.person is None else f"Person {finding.person}"
    if group == "path":
        return next((place.path for place in finding.places if place.path), "Outside files")
    return finding.detector if group == "detector" else ""


def _show_skips(session: Session, listed: Listed) -> None:
    for skip in listed.coverage.skipped:
        session.say(skip_line(skip))
    if not listed.coverage.skipped:
        session.say("Nothing was skipped.")
