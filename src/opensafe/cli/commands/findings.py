"""`opensafe findings` and `opensafe show`."""

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from opensafe.casefile.selection import Filter
from opensafe.cli.commands.audit import skip_line
from opensafe.cli.filters import (
    CategoryFilter,
    DetectorFilter,
    PathFilter,
    PersonFilter,
    SeverityFilter,
    StateFilter,
    TextFilter,
)
from opensafe.cli.options import By
from opensafe.cli.screen import columns
from opensafe.cli.session import Session, session_of
from opensafe.errors import UsageError
from opensafe.model.finding import Category, Finding
from opensafe.model.place import Place
from opensafe.model.text import counted, shown
from opensafe.reports.json_documents import findings_document
from opensafe.steps.findings import Listed, Shown, list_findings, reveal
from opensafe.steps.findings import show as show_step

_PLACES_SHOWN = 10


def register(app: typer.Typer) -> None:
    app.command()(findings)
    app.command()(show)


def findings(
    context: typer.Context,
    category: CategoryFilter = None,
    detector: DetectorFilter = "",
    path: PathFilter = "",
    severity: SeverityFilter = None,
    state: StateFilter = None,
    text: TextFilter = "",
    person: PersonFilter = None,
    group: Annotated[str, typer.Option("--group", help="Group by person, value or path.")] = "value",
    skips: Annotated[bool, typer.Option("--skips", help="List what was not read instead.")] = False,
    covered: Annotated[bool, typer.Option("--covered", help="List what is decided with its data file, too.")] = False,
) -> None:
    """List the findings of the last audit."""
    session = session_of(context)
    if group not in {"value", "person", "path"}:
        raise UsageError("there is no such grouping", remedy="--group person, value or path")
    listed = list_findings(session.case(), Filter(category, detector, path, severity, state, text, person))
    if session.json:
        session.document(findings_document(listed.findings, listed.coverage, place_states=listed.place_states))
    elif skips:
        _show_skips(session, listed)
    else:
        _show(session, listed, group, covered=covered)


def show(
    context: typer.Context,
    finding: Annotated[str, typer.Argument(help="An id, or the beginning of one that is unique.")],
    reveal_value: Annotated[bool, typer.Option("--reveal", help="Show the value here; it is logged.")] = False,
    by: By = "",
) -> None:
    """Show one finding: where it stands and what to do about it."""
    session = session_of(context)
    if reveal_value and (session.json or not (sys.stdout.isatty() and sys.stdin.isatty())):
        raise UsageError("--reveal shows a value to one person on one terminal", remedy="run it on a terminal by hand")
    shown_finding = show_step(session.case(), finding)
    if session.json:
        coverage = list_findings(session.case(), Filter(text="\0")).coverage
        session.document(findings_document([shown_finding.finding], coverage, max_places=sys.maxsize))
        return
    for line in _details(shown_finding):
        session.say(line)
    if reveal_value:
        session.say(f"value: {shown(reveal(session.case(), finding, by=by).reveal())}")


def _show(session: Session, listed: Listed, group: str, *, covered: bool) -> None:
    if not listed.findings:
        session.say("No findings match.")
        return
    chosen = [f for f in listed.findings if covered or not f.covered_by or f.category is Category.SECRET]
    for title, members in _groups(chosen, group):
        if title:
            session.say(f"{title} ({len(members):,})")
        for line in columns([_row(finding) for finding in members], indent="  " if title else ""):
            session.say(line)
    if inside := len(listed.findings) - len(chosen):
        session.say(f"{counted(inside, 'finding')} more in data files only, decided with them (--covered lists them).")
    unsettled = len(listed.coverage.unsettled)
    also = f"; to be settled: {counted(unsettled, 'skip')} (--skips)" if unsettled else ""
    session.advise(f"{counted(len(listed.findings), 'finding')}{also}. opensafe show ID tells more.")


def _row(finding: Finding) -> tuple[str, ...]:
    where = place_line(finding.places[0]) if finding.places else ""
    seen = "HEAD" if finding.in_head else "history" if finding.published else "unpublished"
    count = f"{finding.occurrences:,}x {seen}"
    return finding.id, finding.severity, finding.confidence, finding.state, finding.masked, count, where


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
    return ""


def place_line(place: Place) -> str:
    """Where a finding stands, in one line."""
    name = place.path or place.ref or (place.oid or "")[:12]
    at = f":{place.line}" if place.line else ""
    via = f" in {' > '.join(place.via)}" if place.via else ""
    return f"{place.kind} {name}{at}{via}"


def _show_skips(session: Session, listed: Listed) -> None:
    for skip in listed.coverage.skipped:
        session.say(skip_line(skip))
    if not listed.coverage.skipped:
        session.say("Nothing was skipped.")


def _details(found: Shown) -> Iterable[str]:
    finding = found.finding
    yield f"{finding.id}  {finding.title}"
    yield f"  {finding.masked}"
    if found.person is not None:
        yield f"  reads: {shown(found.person.reveal())}"
    yield f"  severity {finding.severity}, confidence {finding.confidence}, state {finding.state}"
    yield f"  why: {finding.why}"
    yield from (f"  {line}" for line in finding.profile)
    if finding.covered_by:
        yield f"  stands in files that are questions of their own: {', '.join(finding.covered_by)}"
    yield f"  seen by: {', '.join(finding.witnesses)}"
    yield f"  places: {finding.occurrences:,}"
    for place in finding.places[:_PLACES_SHOWN]:
        span = f"{(place.first_commit or '')[:12]}..{(place.last_commit or '')[:12]}" if place.first_commit else ""
        where = "in HEAD" if place.in_head else "in history" if place.published else "not published"
        yield f"    {place_line(place)}  {where}  {span}".rstrip()
    if finding.occurrences > _PLACES_SHOWN:
        yield f"    … and {finding.occurrences - _PLACES_SHOWN:,} more (--json lists all)"
    for place, context in found.contexts:
        yield f"  {place.path or place.kind}:{place.line}: {context}"
    for decision in found.decisions:
        narrowed = f" for {decision.path}" if decision.path else ""
        verb = "withdrew the decision" if decision.undo else str(decision.action)
        yield f"  decided {decision.on.isoformat()} by {decision.by}: {verb}{narrowed} {decision.reason}".rstrip()
    if found.card is not None:
        yield f"  what to do: {found.card.remedy}"
