"""`opensafe check`, `opensafe attest` and `opensafe signoff`."""

from typing import Annotated

import typer

from opensafe.cli.options import By, Evidence
from opensafe.cli.session import Session, cache_folder, leave, session_of
from opensafe.model.readiness import Answer, AnswerValue, Level, Role
from opensafe.model.text import counted
from opensafe.reports.json_documents import check_document
from opensafe.steps.check import Checked, sign_off
from opensafe.steps.check import attest as attest_step
from opensafe.steps.check import check as check_step

RoleOption = Annotated[Role, typer.Option("--role", help="In which role.")]


def register(app: typer.Typer) -> None:
    app.command()(check)
    app.command()(attest)
    app.command()(signoff)


def check(
    context: typer.Context,
    profile: Annotated[str, typer.Option("--profile", help="Another policy than the case's.")] = "",
) -> None:
    """Run the readiness checklist on what would be published."""
    session = session_of(context)
    checked = check_step(session.case(), profile=profile)
    if session.json:
        session.document(check_document(checked.checklist))
    else:
        _show(session, checked)
    leave(checked.exit_code)


def attest(
    context: typer.Context,
    row: Annotated[str, typer.Argument(help="The row of the checklist, for example B3.")],
    answer: Annotated[AnswerValue, typer.Option("--answer", help="met, not-met or not-applicable.")],
    role: RoleOption,
    by: By = "",
    evidence: Evidence = "",
) -> None:
    """Say what only a person can say about one row."""
    session = session_of(context)
    checked = attest_step(
        session.case(),
        row,
        answer=answer,
        by=by or session.ask("Who attests this?", "--by NAME"),
        role=role,
        evidence=evidence,
        cache=cache_folder(),
    )
    if session.json:
        session.document(check_document(checked.checklist))
        return
    session.say(f"Attested {row}: {answer}. {counted(len(checked.checklist.open_rows), 'mandatory row')} open.")


def signoff(context: typer.Context, role: RoleOption, by: By = "") -> None:
    """Sign for the commit that would be published."""
    session = session_of(context)
    checked = sign_off(session.case(), role=role, by=by or session.ask("Who signs?", "--by NAME"))
    if session.json:
        session.document(check_document(checked.checklist))
        return
    missing = ", ".join(checked.missing_signoffs) or "nobody"
    session.say(f"Signed off as {role} for commit {checked.checklist.commit}. Still to sign: {missing}.")


def _show(session: Session, checked: Checked) -> None:
    checklist = checked.checklist
    section = ""
    for answer in checklist.answers:
        if answer.row.section != section:
            section = answer.row.section
            session.say(section)
        _show_row(session, answer)
    waiting = len(checklist.open_rows)
    missing = ", ".join(checked.missing_signoffs) or "nobody"
    ready = "Every mandatory row is settled." if checklist.ready else f"{counted(waiting, 'mandatory row')} open."
    session.say(f"{ready} Still to sign: {missing}. Commit {checklist.commit}, profile {checklist.profile.id}.")
    if waiting:
        session.advise("next: opensafe attest ROW --answer met --by NAME --role ROLE --evidence TEXT")


def _show_row(session: Session, answer: Answer) -> None:
    row = answer.row
    level = "mandatory" if row.level is Level.MANDATORY else "best practice"
    stale = ", stale: given for another commit" if answer.stale else ""
    session.say(f"  {row.id}  {answer.answer}  {row.statement} ({level}, {answer.how}{stale})")
    for evidence in answer.evidence:
        session.say(f"        {evidence}")
    if answer.open or answer.answer is AnswerValue.NOT_MET:
        session.say(f"        to do: {row.remedy}")
