"""`opensafe category set` and `opensafe category list`."""

from datetime import date
from typing import Annotated

import typer

from opensafe.cli.options import By, Reason, iso_date
from opensafe.cli.screen import columns
from opensafe.cli.session import cache_folder, session_of
from opensafe.model.openness import Categorised, Delay, Openness
from opensafe.reports.json_registers import categories_document
from opensafe.steps.category import categories, categorise, reaches_nothing

_group = typer.Typer(help="The openness category of each component: what may be published, and from when.")


def register(app: typer.Typer) -> None:
    app.add_typer(_group, name="category")


@_group.command("list")
def list_categories(context: typer.Context) -> None:
    """List the categories; what nobody named is to be opened."""
    session = session_of(context)
    case = session.case()
    found, today = categories(case), case.today
    if session.json:
        session.document(categories_document(found, today))
        return
    if not found:
        session.say("No category is recorded: all may be opened.")
    for text in columns([_row(line, today) for line in found]):
        session.say(text)


def _row(line: Categorised, today: date) -> tuple[str, ...]:
    why = line.forbids(today) or "may be published"
    return line.path, line.category, why, line.by, line.on.isoformat(), line.reason


@_group.command("set")
def set_category(
    context: typer.Context,
    category: Annotated[
        Openness, typer.Argument(help=f"The category of the policy: {', '.join(Openness)}.", metavar="CATEGORY")
    ],
    path: Annotated[str, typer.Option("--path", help="The component; * is all.", metavar="GLOB")] = "*",
    reason: Reason = "",
    by: By = "",
    delivered: Annotated[str, typer.Option("--delivered", help="Closed: delivered on.", metavar="DATE")] = "",
    delay: Annotated[Delay | None, typer.Option("--delay", help="Closed: why it waits.")] = None,
    opens: Annotated[str, typer.Option("--opens", help="Closed: to be opened on.", metavar="DATE")] = "",
    agreed_by: Annotated[
        str, typer.Option("--agreed-by", help="Closed: the central body that agreed to more time.", metavar="BODY")
    ] = "",
    expires: Annotated[
        str, typer.Option("--expires", help="Closed without an opening date: to be decided anew.", metavar="DATE")
    ] = "",
    attacker: Annotated[str, typer.Option("--attacker", help="Threat model: who would use it.", metavar="TEXT")] = "",
    adds: Annotated[str, typer.Option("--adds", help="Threat model: what publication adds.", metavar="TEXT")] = "",
    harm: Annotated[str, typer.Option("--harm", help="Threat model: the path to harm.", metavar="TEXT")] = "",
    duty: Annotated[str, typer.Option("--duty", help="Secured: the law or the system.", metavar="TEXT")] = "",
) -> None:
    """Record the category of a component. Open is what the policy asks for: the rest needs reasons.

    A release waits while a path is Secured, or Closed before its opening date.
    """
    session = session_of(context)
    case = session.case_to_change("category")
    line = Categorised(
        path,
        category,
        reason,
        by or session.ask("Who decides this?", "--by NAME"),
        case.today,
        delivered=iso_date(delivered, "--delivered"),
        delay=delay,
        opens=iso_date(opens, "--opens"),
        agreed_by=agreed_by,
        expires=iso_date(expires, "--expires"),
        duty=duty,
        attacker=attacker,
        adds=adds,
        harm=harm,
    )
    found = categorise(case, line, cache=cache_folder())
    if session.json:
        session.document(categories_document(found, line.on))
        return
    session.say(f"Recorded {category} for {path}: {line.forbids(line.on) or 'may be published'}.")
    if reaches_nothing(case, line):
        session.announce("warning: no file of the new history, in any version, matches --path")
