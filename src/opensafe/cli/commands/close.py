"""`opensafe close`."""

from typing import Annotated

import typer

from opensafe.cli.options import By, Reason, Yes
from opensafe.cli.session import cache_folder, session_of
from opensafe.reports.json_results import result_document
from opensafe.steps.close import close as close_step


def register(app: typer.Typer) -> None:
    app.command()(close)


def close(
    context: typer.Context,
    by: By = "",
    reason: Reason = "",
    destroy_key: Annotated[bool, typer.Option("--destroy-key", help="Destroy the key of the fingerprints.")] = False,
    destroy_backup: Annotated[
        bool, typer.Option("--destroy-backup", help="Destroy the backup, and what the last audit remembered.")
    ] = False,
    yes: Yes = False,
) -> None:
    """Close the case: archive the record, and destroy what need not be kept.

    A closed case can be read and reported, and takes nothing new.
    """
    session = session_of(context)
    case = session.case_to_change("close")
    name = by or session.ask("Who closes it?", "--by NAME")
    if (destroy_key or destroy_backup) and not yes:
        what = " and ".join(["the key"] * destroy_key + ["the backup"] * destroy_backup)
        if not session.confirm(f"Destroy {what} of this case? That cannot be undone."):
            session.say("Nothing was closed.")
            return
    closed = close_step(
        case,
        by=name,
        reason=reason or session.ask("Why is it closed?", "--reason TEXT"),
        destroy_key=destroy_key,
        destroy_mirrors=destroy_backup,
        cache=cache_folder(),
    )
    what = f"Closed. The record is archived in {closed.archive} (SHA-256 {closed.digest})."
    if session.json:
        details = {"archive": str(closed.archive), "sha256": closed.digest, "destroyed": list(closed.destroyed)}
        session.document(result_document("close", what, {**details, "means": list(closed.means)}, "opensafe report"))
    session.say(what)
    for sentence in closed.means:
        session.say(sentence)
