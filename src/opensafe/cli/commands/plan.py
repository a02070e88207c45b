"""`opensafe plan`."""

from typing import Annotated

import typer

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
from opensafe.cli.session import session_of
from opensafe.errors import UsageError
from opensafe.model.choices import Choices, NamedFile, RefChoices
from opensafe.model.plan import Option


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
        from opensafe.cli.commands.plan_show import show_preview  # noqa: PLC0415 - each loads what the others need not

        show_preview(session, show)
    elif approve_it:
        from opensafe.cli.commands.plan_approve import approve_plan  # noqa: PLC0415 - as above

        approve_plan(session, by)
    else:
        from opensafe.cli.commands.plan_make import make_plan  # noqa: PLC0415 - as above

        make_plan(session, option, reason, choices, by)


def _refuse_beside(*, show: bool, approve_it: bool, plans: bool) -> None:
    """Looking, approving and planning are three things."""
    if show and (approve_it or plans):
        raise UsageError("--show only looks: it goes with no other option", remedy="opensafe plan --show WHAT")
    if approve_it and plans:
        raise UsageError(
            "--approve takes the plan as it is: it goes with no option that changes it",
            remedy="plan first, then approve: opensafe plan --approve --by NAME",
        )
