"""`opensafe profiles` and `opensafe playbooks`."""

import typer

from opensafe.cli.screen import columns
from opensafe.cli.session import session_of
from opensafe.reports.json_documents import profiles_document, result_document
from opensafe.steps.catalogue import playbooks as playbooks_step
from opensafe.steps.catalogue import profiles as profiles_step


def register(app: typer.Typer) -> None:
    app.command()(profiles)
    app.command()(playbooks)


def profiles(context: typer.Context) -> None:
    """List the policies that can be checked against."""
    session = session_of(context)
    known = profiles_step()
    if session.json:
        session.document(profiles_document(known))
        return
    for line in columns([(p.id, f"{len(p.rows)} rows", p.title) for p in known]):
        session.say(line)


def playbooks(context: typer.Context) -> None:
    """List the guided journeys."""
    session = session_of(context)
    known = playbooks_step()
    if session.json:
        details = {book.id: book.title for book in known}
        session.document(result_document("playbooks", f"{len(known)} playbooks", details, "opensafe guide"))
        return
    for line in columns([(book.id, book.title) for book in known]):
        session.say(line)
