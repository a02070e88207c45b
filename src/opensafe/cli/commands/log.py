"""`opensafe log show` and `opensafe log verify`."""

from typing import Annotated

import typer

from opensafe.cli.session import session_of
from opensafe.model.text import counted
from opensafe.reports.json_documents import log_document, result_document
from opensafe.steps.log import entries, verify_log

_STRANGERS = "A command was killed after writing, or somebody wrote by hand; the next command records it."

_group = typer.Typer(help="The tamper-evident log.")


def register(app: typer.Typer) -> None:
    app.add_typer(_group, name="log")


@_group.command("show")
def show(context: typer.Context) -> None:
    """Show every entry: who, when, what, why."""
    session = session_of(context)
    case = session.case()
    lines = entries(case)
    if session.json:
        session.document(log_document(lines, case.log.head()))
        return
    for entry in lines:
        who = entry.by or f"({entry.os_user})"
        why = f" - {entry.why}" if entry.why else ""
        session.say(f"{entry.seq:4}  {entry.time}  {who}  {entry.step}: {entry.what}{why}")
    session.say(f"head {case.log.head()}")


@_group.command("verify")
def verify(
    context: typer.Context,
    expect_head: Annotated[
        str, typer.Option("--expect-head", help="A head that a report or a tag shows.", metavar="HASH")
    ] = "",
) -> None:
    """Test that no entry was changed, removed or moved."""
    session = session_of(context)
    verified = verify_log(session.case(), expect_head)
    verdict, strangers = verified.log, {found.name: found.strangers for found in verified.ledgers if found.strangers}
    what = f"The log holds: {verdict.entries:,} lines, head {verdict.head}."
    if session.json:
        details = {"entries": verdict.entries, "head": verdict.head, "expected": bool(expect_head)}
        session.document(result_document("log verify", what, {**details, "not_recorded": strangers}, ""))
    session.say(what)
    for name, count in strangers.items():
        session.say(f"{name}: the log does not know the last {counted(count, 'line')}. {_STRANGERS}")
    if not expect_head:
        session.advise("a cut-off end shows only against a head known from elsewhere: --expect-head HASH")
