"""`opensafe check`, `opensafe attest` and `opensafe signoff`."""

from typing import Annotated

import typer

from opensafe.casework.statements import Said, Signed
from opensafe.cli.options import By, Evidence, FromSheet, ToSheet, needed
from opensafe.cli.session import Session, cache_folder, leave, session_of
from opensafe.cli.sheet_show import wrote_sheet
from opensafe.model.readiness import Answer, AnswerValue, Level, Role
from opensafe.model.text import counted
from opensafe.reports.json_checks import check_document
from opensafe.steps.check import Checked, attest_all, sign_all
from opensafe.steps.check import check as check_step
from opensafe.steps.sheet_statements import attestations_on, signoffs_on
from opensafe.steps.sheets import write_attestation_sheet, write_signoff_sheet

RowArgument = Annotated[str, typer.Argument(help="The row of the checklist, for example B3.", metavar="[ROW]")]
AnswerOption = Annotated[AnswerValue | None, typer.Option("--answer", help="met, not-met or not-applicable.")]
RoleOption = Annotated[Role | None, typer.Option("--role", help="In which role.")]


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
    row: RowArgument = "",
    answer: AnswerOption = None,
    role: RoleOption = None,
    by: By = "",
    evidence: Evidence = "",
    sheet: ToSheet = None,
    from_file: FromSheet = None,
) -> None:
    """Say what only a person can say about one row."""
    session = session_of(context)
    if sheet:
        made = write_attestation_sheet(session.case_that_is_open("attest"), sheet, by=by)
        wrote_sheet(session, "attest", sheet, made)
        return
    case = session.case_to_change("attest")
    if from_file:
        said = attestations_on(case, from_file, cache=cache_folder())
    else:
        row = needed(row, "the row", "ROW, for example B3")
        value = AnswerValue(needed(answer, "the answer", "--answer met|not-met|not-applicable"))
        in_role = Role(needed(role, "the role", "--role ROLE"))
        said = [Said(row, value, by or session.ask("Who attests this?", "--by NAME"), in_role, evidence)]
    checked = attest_all(case, said, cache=cache_folder())
    if session.json:
        session.document(check_document(checked.checklist))
        return
    told = ", ".join(f"{one.row}: {one.answer}" for one in said)
    session.say(f"Attested {told}. {counted(len(checked.checklist.open_rows), 'mandatory row')} open.")


def signoff(
    context: typer.Context,
    role: RoleOption = None,
    by: By = "",
    sheet: ToSheet = None,
    from_file: FromSheet = None,
) -> None:
    """Sign for the commit that would be published."""
    session = session_of(context)
    if sheet:
        made = write_signoff_sheet(session.case_that_is_open("signoff"), sheet, by=by)
        wrote_sheet(session, "signoff", sheet, made)
        return
    case = session.case_to_change("signoff")
    if from_file:
        signed = signoffs_on(case, from_file)
    else:
        in_role = Role(needed(role, "the role", "--role ROLE"))
        signed = [Signed(in_role, by or session.ask("Who signs?", "--by NAME"), "")]
    checked = sign_all(case, signed)
    if session.json:
        session.document(check_document(checked.checklist))
        return
    missing = ", ".join(checked.missing_signoffs) or "nobody"
    roles = ", ".join(one.role for one in signed)
    session.say(f"Signed off as {roles} for commit {checked.checklist.commit}. Still to sign: {missing}.")


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
