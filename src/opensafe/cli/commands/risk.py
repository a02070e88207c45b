"""`opensafe risk add` and `opensafe risk list`."""

from typing import Annotated

import typer

from opensafe.cli.options import By
from opensafe.cli.screen import columns
from opensafe.cli.session import cache_folder, session_of
from opensafe.reports.json_registers import risks_document
from opensafe.reports.risk_register import COLUMNS, cells
from opensafe.steps.risk import add_risk, risks

_group = typer.Typer(help="The risk register: what is accepted, and what was done about it.")


def register(app: typer.Typer) -> None:
    app.add_typer(_group, name="risk")


@_group.command("list")
def list_risks(context: typer.Context) -> None:
    """List the register, the gravest remaining risk first."""
    session = session_of(context)
    found = risks(session.case())
    if session.json:
        session.document(risks_document(found))
        return
    for text in columns([COLUMNS, *(cells(risk) for risk in found)]) if found else ["The register is empty."]:
        session.say(text)


@_group.command("add")
def add(
    context: typer.Context,
    description: Annotated[str, typer.Option("--description", help="What may happen.", metavar="TEXT")],
    subject: Annotated[str, typer.Option("--subject", help="To what or whom.", metavar="TEXT")],
    likelihood: Annotated[int, typer.Option("--likelihood", help="1 almost impossible, 10 certain.")],
    severity: Annotated[int, typer.Option("--severity", help="1 very minimal, 10 serious harm.")],
    treatment: Annotated[str, typer.Option("--treatment", help="What is done about it.", metavar="TEXT")],
    new_likelihood: Annotated[int, typer.Option("--new-likelihood", help="After the treatment.")],
    new_severity: Annotated[int, typer.Option("--new-severity", help="After the treatment.")],
    corrects: Annotated[str, typer.Option("--corrects", help="Replace this entry.", metavar="R-N")] = "",
    by: By = "",
) -> None:
    """Enter a risk. Scores are likelihood times severity, and are never typed."""
    session = session_of(context)
    case = session.case_to_change("risk")
    risk = add_risk(
        case,
        description=description,
        subject=subject,
        likelihood=likelihood,
        severity=severity,
        treatment=treatment,
        new_likelihood=new_likelihood,
        new_severity=new_severity,
        corrects=corrects,
        by=by or session.ask("Who enters it?", "--by NAME"),
        cache=cache_folder(),
    )
    if session.json:
        session.document(risks_document([risk]))
        return
    session.say(f"{risk.id}: score {risk.score}, after the treatment {risk.new_score}.")
