"""`opensafe next` and `opensafe status`."""

from typing import Annotated

import typer

from opensafe.casefile.folder import Case
from opensafe.cli.screen import columns
from opensafe.cli.session import Session, leave, session_of
from opensafe.errors import ExitCode, NoCase
from opensafe.reports.json_status import status_document
from opensafe.steps.status import record_fault
from opensafe.steps.status import status as status_step


def register(app: typer.Typer) -> None:
    app.command(name="next")(next_step)
    app.command()(status)


def next_step(context: typer.Context) -> None:
    """Say where you are and the one next step."""
    show_next(session_of(context))


def show_next(session: Session) -> None:
    """The next step; without a case, how to begin."""
    try:
        case = session.case()
    except NoCase:
        if session.json or session.case_folder is not None:
            raise
        session.say("No case here yet. Begin with: opensafe start REPO (or look around first: opensafe demo)")
        return
    _warn(session, case)
    found = status_step(case)
    if session.json:
        session.document(status_document(found.steps, found.next.command, found.next.why))
        return
    session.say(found.next.why)
    if found.next.command:
        session.say(f"next: {found.next.command}")


def status(
    context: typer.Context,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with the exit code of the state.")] = False,
) -> None:
    """Show every step and its state."""
    session = session_of(context)
    case = session.case()
    damaged = _warn(session, case)
    found = status_step(case)
    if session.json:
        session.document(status_document(found.steps, found.next.command, found.next.why))
    else:
        for line in columns([(step.name, step.state, step.detail) for step in found.steps]):
            session.say(line)
        session.say(found.next.sentence)
    if exit_code:
        leave(ExitCode.VERIFICATION_FAILED if damaged else found.exit_code)


def _warn(session: Session, case: Case) -> bool:
    """Whether the record was bent: told on stderr, to `--quiet` too, as nothing else here can be relied on then."""
    fault = record_fault(case)
    if fault:
        session.announce(f"warning: the record of this case was changed outside opensafe: {fault}")
        session.announce("  next: opensafe log verify tells more; keep the files as they are")
    return bool(fault)
