"""`opensafe plan`."""

from collections.abc import Callable
from typing import Annotated

import typer

from opensafe.cli.options import By, Reason
from opensafe.cli.screen import columns
from opensafe.cli.session import Session, cache_folder, session_of
from opensafe.model.plan import Option, OptionNumbers
from opensafe.model.text import counted
from opensafe.reports.json_documents import plan_document
from opensafe.steps.plan import Planned, approve
from opensafe.steps.plan import plan as plan_step

_TITLES = {
    Option.REVIEW: "publish as it is",
    Option.REWRITE: "rewrite",
    Option.SQUASH: "squash to one commit",
    Option.NEW_REPOSITORY: "latest version only",
}


def register(app: typer.Typer) -> None:
    app.command()(plan)


def plan(
    context: typer.Context,
    option: Annotated[Option | None, typer.Option("--option", help="Plan for this option.")] = None,
    approve_it: Annotated[bool, typer.Option("--approve", help="Approve the present plan.")] = False,
    reason: Reason = "",
    by: By = "",
) -> None:
    """Compare the options in numbers, and write the plan."""
    session = session_of(context)
    case = session.case()
    if approve_it:
        planned = approve(case, by=by or session.ask("Who approves the plan?", "--by NAME"))
    else:
        with session.working() as progress:
            planned = plan_step(case, progress, option=option, justification=reason, cache=cache_folder(), by=by)
    if session.json:
        session.document(plan_document(planned.plan, by if approve_it else ""))
        return
    if not approve_it:
        _show(session, planned)
    _show_open(session, planned, approved=approve_it)


def _show(session: Session, planned: Planned) -> None:
    rows = planned.plan.numbers
    table: list[tuple[str, ...]] = [("", *(_TITLES[row.option] for row in rows), "")]
    table += [(name, *(_cell(row, name) for row in rows), "") for name in _ROWS]
    for line in columns(table):
        session.say(line)
    for row in rows:
        session.say(f"{_TITLES[row.option]}: {row.why}")
    session.say(f"Recommended: {_TITLES[planned.plan.recommended]}. Planned: {_TITLES[planned.plan.option]}.")


_ROWS: dict[str, Callable[[OptionNumbers], str]] = {
    "possible": lambda row: "yes" if row.possible else "no",
    "commits after": lambda row: f"{row.commits_after:,} of {row.commits_before:,}",
    "commits changed": lambda row: f"{row.commits_changed:,}",
    "history kept": lambda row: f"{row.history_kept:.0%}",
    "authors kept": lambda row: f"{row.authors_kept:,} of {row.authors_before:,}",
    "files changed": lambda row: f"{row.blobs_changed:,}",
    "files removed": lambda row: f"{row.files_removed:,}",
    "tags changed": lambda row: f"{row.tags_changed:,}",
    "tags lost": lambda row: f"{row.tags_lost:,}",
    "signatures lost": lambda row: f"{row.signatures_lost:,}",
}


def _cell(row: OptionNumbers, name: str) -> str:
    return _ROWS[name](row)


def _show_open(session: Session, planned: Planned, *, approved: bool) -> None:
    if planned.unrotated:
        session.advise(
            f"warning: {counted(len(planned.unrotated), 'credential')} not rotated. A rewrite does not make them safe;"
            " they block the release (opensafe rotate list)"
        )
    if not planned.plan.reach.is_nothing:
        session.say(f"Reaches back: {planned.plan.reach.told}. Whoever approves the plan approves that.")
    if approved:
        session.say(f"Approved: {_TITLES[planned.plan.option]}.")
        session.advise("next: opensafe rewrite")
    elif planned.open_findings or planned.unsettled_skips:
        waiting = f"{counted(planned.open_findings, 'finding')} and {counted(planned.unsettled_skips, 'skip')}"
        session.advise(f"before it can be approved: decide about {waiting} (opensafe findings --state open)")
    else:
        session.advise("next: opensafe plan --approve --by NAME")
