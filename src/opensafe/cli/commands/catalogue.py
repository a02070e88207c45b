"""`opensafe profiles` and `opensafe playbooks`."""

from typing import Annotated

import typer

from opensafe.casework.rotation_playbooks import RotationPlaybook
from opensafe.cli.screen import columns
from opensafe.cli.session import Session, session_of
from opensafe.reports.json_checks import profiles_document
from opensafe.reports.json_results import result_document
from opensafe.steps.catalogue import playbooks as playbooks_step
from opensafe.steps.catalogue import profiles as profiles_step
from opensafe.steps.catalogue import rotation_playbook, rotation_playbooks


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


def playbooks(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Print this playbook of rotation.", metavar="[PLAYBOOK]")] = "",
) -> None:
    """List the guided journeys, and the playbooks for rotating credentials."""
    session = session_of(context)
    if name:
        _print_playbook(session, rotation_playbook(name))
        return
    known: list[tuple[str, ...]] = [(book.id, "guide", book.title) for book in playbooks_step()]
    known += [(book.id, "rotation", book.title) for book in rotation_playbooks()]
    if session.json:
        details = {id_: title for id_, _, title in known}
        session.document(result_document("playbooks", f"{len(known)} playbooks", details, "opensafe guide"))
        return
    for line in columns(known):
        session.say(line)


def _print_playbook(session: Session, book: RotationPlaybook) -> None:
    if session.json:
        session.document(result_document("playbooks", book.title, dict(book.sections), "opensafe rotate record"))
        return
    session.say(book.title)
    for heading, text in book.sections.items():
        session.say()
        session.say(f"{heading}:")
        session.say(text)
