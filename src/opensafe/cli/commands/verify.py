"""`opensafe verify`."""

import typer

from opensafe.cli.options import By, Roster, Workers
from opensafe.cli.session import cache_folder, leave, session_of
from opensafe.reports.json_documents import verification_document
from opensafe.steps.verify import verify as verify_step


def register(app: typer.Typer) -> None:
    app.command()(verify)


def verify(context: typer.Context, roster: Roster = None, workers: Workers = 0, by: By = "") -> None:
    """Prove the new history.

    What was decided is gone, and everything else is as it was.
    """
    session = session_of(context)
    with session.working() as progress:
        verified = verify_step(session.case(), progress, roster=roster, workers=workers, cache=cache_folder(), by=by)
    verification = verified.verification
    if session.json:
        session.document(verification_document(verification))
        leave(verified.exit_code)
        return
    for check in verification.checks:
        session.say(f"{'passed' if check.passed else 'FAILED'}  {check.id}: {check.figure}")
    for lost in verification.lost:
        session.say(f"lost    {lost.count:,} x {lost.what}")
    if verification.passed:
        session.say(f"Proven for commit {verification.head}.")
        session.advise("next: opensafe scaffold")
    else:
        session.say("The proof FAILED: do not publish. Decide about what is named above, plan and rewrite again.")
    leave(verified.exit_code)
