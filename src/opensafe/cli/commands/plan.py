"""`opensafe plan`."""

from typing import Annotated

import typer

from opensafe.cli.commands.plan_show import show_preview
from opensafe.cli.options import By, Reason
from opensafe.cli.plan_options import (
    DropCommit,
    DropRef,
    KeepRef,
    MailmapFile,
    MessageFile,
    NoReply,
    OnlyPath,
    Pseudonyms,
    RemoveLarger,
    RemovePath,
    RemoveType,
    ReplaceFile,
    Reword,
    SquashBefore,
    StripNotebooks,
    ToRoot,
    commit_choices,
    file_choices,
    people_choices,
)
from opensafe.cli.plan_table import legend, option_table, wrapped
from opensafe.cli.session import Session, cache_folder, session_of
from opensafe.errors import UsageError
from opensafe.model.choices import Choices, NamedFile, RefChoices
from opensafe.model.plan import Option
from opensafe.model.text import counted, counted_together
from opensafe.reports.json_plan import plan_document
from opensafe.reports.plan_choices import choice_words
from opensafe.reports.recommendation import reasons
from opensafe.steps.plan import Planned, approve
from opensafe.steps.plan import plan as plan_step


def register(app: typer.Typer) -> None:
    app.command()(plan)


def plan(
    context: typer.Context,
    option: Annotated[Option | None, typer.Option("--option", help="Plan for this option.")] = None,
    approve_it: Annotated[bool, typer.Option("--approve", help="Approve the present plan.")] = False,
    show: Annotated[
        str, typer.Option("--show", help="Preview a commit, a tag, a file or COMMIT:FILE.", metavar="WHAT")
    ] = "",
    remove_path: RemovePath = None,
    remove_larger: RemoveLarger = "",
    remove_type: RemoveType = None,
    only_path: OnlyPath = "",
    to_root: ToRoot = False,
    strip_notebooks: StripNotebooks = False,
    keep_ref: KeepRef = None,
    drop_ref: DropRef = None,
    mailmap: MailmapFile = None,
    no_reply: NoReply = "",
    pseudonyms: Pseudonyms = False,
    replace_file: ReplaceFile = None,
    drop_commit: DropCommit = None,
    reword: Reword = None,
    message_file: MessageFile = None,
    squash_before: SquashBefore = "",
    reason: Reason = "",
    by: By = "",
) -> None:
    """Compare the options in numbers, and write the plan.

    With --show nothing is written: it tells what a commit, a message or a file will be, with every value masked.
    """
    session = session_of(context)
    choices = Choices(
        files=file_choices(
            remove_path, remove_larger, remove_type, only_path, to_root=to_root, strip_notebooks=strip_notebooks
        ),
        refs=RefChoices(tuple(keep_ref or ()), tuple(drop_ref or ())),
        people=people_choices(mailmap, no_reply, pseudonyms=pseudonyms),
        replace=NamedFile(str(replace_file)) if replace_file else None,
        commits=commit_choices(drop_commit, reword, message_file, squash_before),
    )
    _refuse_beside(show=bool(show), approve_it=approve_it, plans=bool(option) or not choices.is_empty)
    if show:
        show_preview(session, show)
    elif approve_it:
        _approve(session, by)
    else:
        _plan(session, option, reason, choices, by)


def _refuse_beside(*, show: bool, approve_it: bool, plans: bool) -> None:
    """Looking, approving and planning are three things."""
    if show and (approve_it or plans):
        raise UsageError("--show only looks: it goes with no other option", remedy="opensafe plan --show WHAT")
    if approve_it and plans:
        raise UsageError(
            "--approve takes the plan as it is: it goes with no option that changes it",
            remedy="plan first, then approve: opensafe plan --approve --by NAME",
        )


def _approve(session: Session, by: str) -> None:
    case = session.case_to_change("plan")
    planned = approve(case, by=by or session.ask("Who approves the plan?", "--by NAME"))
    if session.json:
        session.document(plan_document(planned.plan, by))
        return
    _show_open(session, planned)
    session.say(f"Approved: {planned.plan.option}.")
    session.advise("next: opensafe rewrite")


def _plan(session: Session, option: Option | None, reason: str, choices: Choices, by: str) -> None:
    case = session.case_to_change("plan")
    with session.working() as progress:
        planned = plan_step(
            case, progress, option=option, justification=reason, choices=choices, cache=cache_folder(), by=by
        )
    if session.json:
        session.document(plan_document(planned.plan, ""))
        return
    _show(session, planned)
    _show_open(session, planned)
    if planned.open_findings or planned.unsettled_skips:
        waiting = counted_together({"finding": planned.open_findings, "skip": planned.unsettled_skips})
        session.advise(f"before it can be approved: decide about {waiting} (opensafe findings --state open)")
    else:
        session.advise("next: opensafe plan --approve --by NAME")


def _show(session: Session, planned: Planned) -> None:
    for line in (*option_table(planned.plan), *legend(), ""):
        session.say(line)
    if planned.open_findings:
        count = counted(planned.open_findings, "finding")
        session.say(f"This is what the decisions so far ask for: {count} await one, and can change it.")
    session.say(f"Recommended: {planned.plan.recommended}. Planned: {planned.plan.option}.")
    for line in wrapped(reasons(planned.plan)):
        session.say(line)
    own = [" ".join(filter(None, pair)) for pair in choice_words(planned.plan.choices)]
    if own:
        session.say(f"Changes of your own: {', '.join(own)}. Reason: {planned.plan.justification}")


def _show_open(session: Session, planned: Planned) -> None:
    """What whoever approves the plan has to know."""
    if planned.unrotated:
        session.advise(
            f"warning: {counted(planned.unrotated, 'credential')} not rotated. A rewrite does not make them safe;"
            " they block the release (opensafe rotate list)"
        )
    if not planned.plan.reach.is_nothing:
        session.say(f"Reaches back: {planned.plan.reach.told}. Whoever approves the plan approves that.")
