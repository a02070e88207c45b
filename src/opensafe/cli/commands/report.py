"""`opensafe report`."""

from pathlib import Path
from typing import Annotated

import typer

from opensafe.cli.options import By
from opensafe.cli.session import session_of
from opensafe.steps.report import report as report_step


def register(app: typer.Typer) -> None:
    app.command()(report)


def report(
    context: typer.Context,
    format_name: Annotated[
        str,
        typer.Option(
            "--format", help="html, json, sarif, csv, risks, statement, disclosure or hosting.", metavar="FORMAT"
        ),
    ] = "html",
    output: Annotated[Path | None, typer.Option("--output", help="Write it here.", metavar="FILE")] = None,
    by: By = "",
) -> None:
    """Make the record, as a page to read or a document.

    The page is for the information governance lead, who needs no terminal.
    """
    session = session_of(context)
    made = report_step(session.case(), "json" if session.json else format_name, output=output, by=by)
    if session.json:
        session.screen.raw(made.text)
    session.say(f"Wrote {made.file}")
    if not made.recorded:
        session.announce("This case can only be read here: its log does not say that this report was made.")
