"""`opensafe plan`: the options in numbers, and the plan for one of them."""

from opensafe.casework.approval import Planned
from opensafe.cli.commands.plan_approve import show_open
from opensafe.cli.plan_table import legend, option_table, wrapped
from opensafe.cli.session import Session, cache_folder
from opensafe.model.choices import Choices
from opensafe.model.plan import Option
from opensafe.model.text import counted, counted_together
from opensafe.reports.json_plan import plan_document
from opensafe.reports.plan_choices import choice_words
from opensafe.reports.recommendation import reasons
from opensafe.steps.plan import plan as plan_step


def make_plan(session: Session, option: Option | None, reason: str, choices: Choices, by: str) -> None:
    """Work the plan out and write it; say what it changes, and what comes next."""
    case = session.case_to_change("plan")
    with session.working() as progress:
        planned = plan_step(
            case, progress, option=option, justification=reason, choices=choices, cache=cache_folder(), by=by
        )
    if session.json:
        session.document(plan_document(planned.plan, ""))
        return
    _show(session, planned)
    show_open(session, planned)
    findings, skips = planned.awaited.findings, len(planned.awaited.coverage.unsettled)
    if findings or skips:
        waiting = counted_together({"finding": findings, "skip": skips})
        session.advise(f"before it can be approved: decide about {waiting} (opensafe findings --state open)")
    else:
        session.advise("next: opensafe plan --approve --by NAME")


def _show(session: Session, planned: Planned) -> None:
    for line in (*option_table(planned.plan), *legend(), ""):
        session.say(line)
    if planned.awaited.findings:
        count = counted(planned.awaited.findings, "finding")
        session.say(f"This is what the decisions so far ask for: {count} await one, and can change it.")
    session.say(f"Recommended: {planned.plan.recommended}. Planned: {planned.plan.option}.")
    for line in wrapped(reasons(planned.plan)):
        session.say(line)
    own = [" ".join(filter(None, pair)) for pair in choice_words(planned.plan.choices)]
    if own:
        session.say(f"Changes of your own: {', '.join(own)}. Reason: {planned.plan.justification}")
