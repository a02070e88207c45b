"""`opensafe rewrite`."""

from pathlib import Path
from typing import Annotated

import typer

from opensafe.cli.options import By
from opensafe.cli.session import session_of
from opensafe.reports.json_results import result_document
from opensafe.steps.rewrite import copy_to
from opensafe.steps.rewrite import rewrite as rewrite_step


def register(app: typer.Typer) -> None:
    app.command()(rewrite)


def rewrite(
    context: typer.Context,
    output: Annotated[
        Path | None, typer.Option("--output", help="Also hand out a copy of the result here.", metavar="DIR")
    ] = None,
    by: By = "",
) -> None:
    """Build the new history, as the approved plan says.

    It is built in public.git beside everything else. The source is not touched.
    """
    session = session_of(context)
    case = session.case_to_change("rewrite")
    with session.working() as progress:
        made = rewrite_step(case, progress, by=by)
    where = copy_to(case, output) if output else made.repository
    lost = [f"{lost.count:,} x {lost.what}" for lost in made.claim.lost]
    what = f"Built {where} ({made.option}): {made.what}."
    if session.json:
        details = {
            "repository": str(where),
            "backup": str(made.backup),
            "option": made.option.value,
            "commits": len(made.claim.commits),
            "changed": made.changed_commits,
            "extends": made.extends,
            "new_commits": made.new_commits,
            "displaced": list(made.displaced),
            "blobs_changed": made.claim.blobs_changed,
            "files_removed": made.claim.files_removed,
            "lost": lost,
            "left": list(made.leftovers.lines),
        }
        session.document(result_document("rewrite", what, details, "opensafe verify"))
        return
    session.say(what)
    session.say(f"  {made.claim.blobs_changed:,} file versions changed, {made.claim.files_removed:,} removed")
    session.say(f"  lost: {', '.join(lost) if lost else 'nothing'}")
    for line in made.leftovers.lines:
        session.say(f"  note: {line}")
    if made.displaced:
        session.say(f"  gave way to files of the source: {', '.join(made.displaced)}")
    session.say(f"  backup of the source: {made.backup}")
    session.advise("next: opensafe verify")
    session.advise("what stays on a code host, and how to publish: opensafe report --format hosting")
