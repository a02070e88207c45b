"""`opensafe plan --approve`."""

from opensafe.casework.approval import Planned
from opensafe.cli.session import Session
from opensafe.model.text import counted
from opensafe.reports.json_plan import plan_document
from opensafe.steps.approve import approve


def approve_plan(session: Session, by: str) -> None:
    """Record who approves the present plan, and say what stands open beside it."""
    case = session.case_to_change("plan")
    planned = approve(case, by=by or session.ask("Who approves the plan?", "--by NAME"))
    if session.json:
        session.document(plan_document(planned.plan, by))
        return
    show_open(session, planned)
    session.say(f"Approved: {planned.plan.option}.")
    session.advise("next: opensafe rewrite")


def show_open(session: Session, planned: Planned) -> None:
    """What whoever approves the plan has to know."""
    if planned.awaited.credentials:
        session.advise(
            f"warning: {counted(planned.awaited.credentials, 'credential')} not rotated. A rewrite does not make them"
            " safe; they block the release (opensafe rotate list)"
        )
    if not planned.plan.reach.is_nothing:
        session.say(f"Reaches back: {planned.plan.reach.told}. Whoever approves the plan approves that.")
