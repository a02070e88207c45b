"""`opensafe show`."""

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from opensafe.cli.lines import decision_line, place_line
from opensafe.cli.options import By
from opensafe.cli.session import session_of
from opensafe.errors import UsageError
from opensafe.model.text import shown
from opensafe.reports.json_findings import findings_document
from opensafe.steps.findings import Shown, reveal
from opensafe.steps.findings import show as show_step

_PLACES_SHOWN = 10


def register(app: typer.Typer) -> None:
    app.command()(show)


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
        document = findings_document([shown_finding.finding], shown_finding.coverage, max_places=sys.maxsize)
        session.document(document)
        return
    for line in _details(shown_finding):
        session.say(line)
    if reveal_value:
        value = reveal(session.case_to_change("show --reveal"), finding, by=by)  # it is logged
        session.say(f"value: {shown(value.reveal())}")


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
        yield f"  {decision_line(decision)}"
    if found.card is not None:
        yield f"  what to do: {found.card.remedy}"
    if found.playbook is not None:
        yield f"  rotation playbook {found.playbook.id}: {found.playbook.title} (opensafe rotate show {finding.id})"
