"""`opensafe start REPO`."""

from pathlib import Path
from typing import Annotated

import typer

from opensafe.cli.options import By
from opensafe.cli.session import session_of
from opensafe.reports.json_results import result_document
from opensafe.steps.start import start as start_step


def register(app: typer.Typer) -> None:
    app.command()(start)


def start(
    context: typer.Context,
    repo: Annotated[Path, typer.Argument(help="The Closed repository: a work tree or a bare repository.")],
    profile: Annotated[str, typer.Option("--profile", help="The policy to check against.")] = "nhsx-1.0",
    organisation: Annotated[str, typer.Option("--organisation", help="Who publishes it.", metavar="NAME")] = "",
    publish: Annotated[
        list[str] | None,
        typer.Option("--publish", help="Publish only these branches and tags (globs; repeat).", metavar="REF"),
    ] = None,
    follow_alternates: Annotated[
        bool, typer.Option("--follow-alternates", help="Read object folders that the source borrows from.")
    ] = False,
    no_worktree: Annotated[bool, typer.Option("--no-worktree", help="Leave out files on disk beside git.")] = False,
    by: By = "",
) -> None:
    """Open a case for a repository. The repository is read, never written."""
    session = session_of(context)
    started = start_step(
        repo,
        root=session.case_folder,
        profile=profile,
        organisation=organisation,
        publish=tuple(publish or ()),
        follow_alternates=follow_alternates,
        work_tree=not no_worktree,
        by=by,
    )
    for warning in started.warnings:
        session.advise(f"note: {warning}")
    what = f"Opened a case for {started.case.config.name}: {started.case.root}"
    if session.json:
        details = {"case": str(started.case.root), "profile": profile, "warnings": list(started.warnings)}
        session.document(result_document("start", what, details, "opensafe audit"))
    session.say(what)
    session.advise(f"next: opensafe --case {started.case.root} audit  (or stand in the repository: opensafe audit)")
