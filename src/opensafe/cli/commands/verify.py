"""`opensafe verify`."""

from pathlib import Path
from typing import Annotated

import typer

from opensafe.casefile.folder import Case
from opensafe.cli.options import By, Roster, Workers
from opensafe.cli.session import Session, cache_folder, leave, session_of
from opensafe.errors import ExitCode
from opensafe.model.verification import Verification
from opensafe.reports.json_checks import verification_document
from opensafe.steps.verify import verify as verify_step
from opensafe.steps.verify_clone import CloneVerified, verify_clone

Against = Annotated[
    Path | None,
    typer.Option("--against", help="Test a clone of what was published, instead of public.git.", metavar="DIR"),
]


def register(app: typer.Typer) -> None:
    app.command()(verify)


def verify(
    context: typer.Context, against: Against = None, roster: Roster = None, workers: Workers = 0, by: By = ""
) -> None:
    """Prove the new history.

    What was decided is gone, and everything else is as it was. With --against, a fresh clone of the published
    repository is held against this case, by anybody who has the case: the key alone is enough.
    """
    session = session_of(context)
    case = session.case_to_change("verify")
    if against is not None:
        _verify_clone(session, case, against, roster, workers, by)
        return
    with session.working() as progress:
        verified = verify_step(case, progress, roster=roster, workers=workers, cache=cache_folder(), by=by)
    _show(session, verified.verification)
    if verified.verification.passed:
        session.say(f"Proven for commit {verified.verification.head}.")
        session.advise("next: opensafe scaffold")
    else:
        session.say("The proof FAILED: do not publish.")
        session.advise(_after_failure(verified.verification))
    leave(verified.exit_code)


def _after_failure(verification: Verification) -> str:
    """What git complains about was damaged after it was made; everything else is about what was decided."""
    if any(check.id == "fsck" and not check.passed for check in verification.checks):
        return "next: the new history is damaged on disk: opensafe rewrite builds it anew"
    return "next: decide about what is named above, then opensafe plan and opensafe rewrite"


def _verify_clone(session: Session, case: Case, clone: Path, roster: Path | None, workers: int, by: str) -> None:
    with session.working() as progress:
        verified = verify_clone(case, clone, progress, roster=roster, workers=workers, cache=cache_folder(), by=by)
    _show(session, verified.verification)
    session.say(_verdict(verified))
    leave(verified.exit_code)


def _verdict(verified: CloneVerified) -> str:
    if verified.exit_code is ExitCode.DONE:
        return f"The clone is what this case proved, at commit {verified.verification.head}."
    if verified.exit_code is ExitCode.INCOMPLETE:
        return "Incomplete: what could be read is as proven, but not everything could. Clone anew, in full, and repeat."
    return "The clone is NOT what this case proved. Take the repository offline and look at what is named above."


def _show(session: Session, verification: Verification) -> None:
    if session.json:
        session.document(verification_document(verification))
    for check in verification.checks:
        session.say(f"{'passed' if check.passed else 'FAILED'}  {check.id}: {check.figure}")
    for lost in verification.lost:
        session.say(f"lost    {lost.count:,} x {lost.what}")
