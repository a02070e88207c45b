"""`opensafe release`."""

from typing import Annotated

import typer

from opensafe.cli.options import By
from opensafe.cli.session import session_of
from opensafe.reports.json_results import result_document
from opensafe.steps.release import prepare as prepare_step
from opensafe.steps.release import release as release_step


def register(app: typer.Typer) -> None:
    app.command()(release)


def release(
    context: typer.Context,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Write version, changelog and notes as one commit.")
    ] = False,
    version: Annotated[str, typer.Option("--version", help="Instead of the next one.", metavar="X.Y.Z")] = "",
    sign: Annotated[bool, typer.Option("--sign", help="Sign the tag with your own key.")] = False,
    by: By = "",
) -> None:
    """Prepare a version, then tag it.

    The tag waits until everything that the profile asks for is there.
    """
    session = session_of(context)
    case = session.case_to_change("release")
    if prepare:
        prepared = prepare_step(case, version=version, by=by)
        what = f"Prepared version {prepared.version}: {', '.join(prepared.files)}."
        details = {"version": prepared.version, "files": list(prepared.files), "commit": prepared.commit}
        following = "opensafe check"
    else:
        released = release_step(case, version=version, by=by, sign=sign)
        what = f"Tagged {released.tag} on commit {released.commit}."
        details = {"tag": released.tag, "commit": released.commit, "log_head": released.log_head}
        following = "opensafe report, then opensafe next for the steps of publication"
    if session.json:
        session.document(result_document("release", what, details, following))
    session.say(what)
    session.advise(f"next: {following}")
