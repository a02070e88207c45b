"""`opensafe findings`."""

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
from opensafe.cli.findings_show import GROUPS, show_findings
from opensafe.cli.lines import skip_line
from opensafe.cli.options import By, ImportFile
from opensafe.cli.session import Session, session_of
from opensafe.cli.suggest_show import show_imported, show_suggested
from opensafe.cli.walk import walk
from opensafe.errors import UsageError
from opensafe.model.coverage import Coverage
from opensafe.reports.json_findings import findings_document
from opensafe.steps.findings import write_findings
from opensafe.steps.import_baseline import import_baseline
from opensafe.steps.listing import overview
from opensafe.steps.suggest import suggest


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
    group: Annotated[str, typer.Option("--group", help="Group by person, value, path, folder or detector.")] = "value",
    awaiting_second: AwaitingSecond = False,
    skips: Annotated[bool, typer.Option("--skips", help="List what was not read instead.")] = False,
    covered: Annotated[bool, typer.Option("--covered", help="List what is decided with its data file, too.")] = False,
    limit: Annotated[int, typer.Option("--limit", help="List this many at most; 0 is all.", min=0)] = 500,
    suggested: Annotated[bool, typer.Option("--suggest", help="Suggest decisions, each with its evidence.")] = False,
    imported: ImportFile = None,
    step_by_step: Annotated[bool, typer.Option("--walk", help="Decide here, one group after the other.")] = False,
    by: By = "",
) -> None:
    """List the findings of the last audit."""
    session = session_of(context)
    if group not in GROUPS:
        raise UsageError("there is no such grouping", remedy="--group person, value, path, folder or detector")
    chosen = Filter(category, detector, path, severity, state, text, person)
    if step_by_step:
        walk(session, session.case_to_change("findings --walk"), chosen, by)
        return
    if imported:
        show_imported(session, import_baseline(session.case(), imported, chosen), imported)
        return
    if suggested:
        show_suggested(session, suggest(session.case(), chosen))
        return
    case = session.case()
    if session.json:
        written = write_findings(case, chosen, awaiting_second=awaiting_second)
        session.document_with(findings_document((), written.coverage), "findings", written.texts)
        return
    found = overview(case, chosen, awaiting_second=awaiting_second)
    if skips:
        _show_skips(session, found.coverage)
    else:
        show_findings(session, case, found, group, covered=covered, limit=limit)


def _show_skips(session: Session, coverage: Coverage) -> None:
    for skip in coverage.skipped:
        session.say(skip_line(skip))
    if not coverage.skipped:
        session.say("Nothing was skipped.")
