"""`opensafe log show` and `opensafe log verify`."""

from pathlib import Path
from typing import Annotated

import typer

from opensafe.casework.signatures import CheckedSignature
from opensafe.cli.options import By
from opensafe.cli.session import session_of
from opensafe.model.text import counted
from opensafe.reports.json_registers import log_document
from opensafe.reports.json_results import result_document
from opensafe.steps.log import entries, verify_log
from opensafe.steps.sign_log import sign_log

_STRANGERS = "A command was killed after writing, or somebody wrote by hand; the next command records it."

_NAMED = 5  # entries in a message

_group = typer.Typer(help="The tamper-evident log.")


def register(app: typer.Typer) -> None:
    app.add_typer(_group, name="log")


@_group.command("show")
def show(
    context: typer.Context,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Show the last entries only, so many.", metavar="N")
    ] = None,
) -> None:
    """Show every entry: who, when, what, why."""
    session = session_of(context)
    case = session.case()
    every = entries(case)
    lines = every[-limit:] if limit else every
    if session.json:
        session.document(log_document(lines, case.log.head()))
        return
    if len(lines) < len(every):
        session.say(f"The last {len(lines):,} of {len(every):,} entries; without --limit, all are shown.")
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
    signers: Annotated[
        Path | None, typer.Option("--signers", help="Allowed signers, as ssh-keygen takes them.", metavar="FILE")
    ] = None,
) -> None:
    """Test that no entry was changed, removed or moved."""
    session = session_of(context)
    verified = verify_log(session.case(), expect_head, signers)
    verdict, strangers = verified.log, {found.name: found.strangers for found in verified.ledgers if found.strangers}
    what = f"The log holds: {verdict.entries:,} lines, head {verdict.head}."
    if session.json:
        details = {"entries": verdict.entries, "head": verdict.head, "expected": bool(expect_head)}
        unknown = [f"{name}: {count}" for name, count in strangers.items()]
        signed = [_signature(found) for found in verified.signatures]
        more = {"not_recorded": unknown, "signatures": signed, "clock_went_back": [*map(str, verified.earlier)]}
        session.document(result_document("log verify", what, {**details, **more}, ""))
    session.say(what)
    for name, count in strangers.items():
        session.say(f"{name}: the log does not know the last {counted(count, 'line')}. {_STRANGERS}")
    for signature in verified.signatures:
        session.say(_signature(signature))
    if verified.earlier:
        numbers = ", ".join(map(str, verified.earlier[:_NAMED])) + (", …" if len(verified.earlier) > _NAMED else "")
        session.say(f"Older than the entry before: {numbers}. A clock went back: times from there on may be wrong.")
    if not expect_head:
        session.advise("a cut-off end shows only against a head known from elsewhere: --expect-head HASH")


def _signature(found: CheckedSignature) -> str:
    line = found.line
    known = f", on the list as {found.principal}" if found.principal else ""
    state = "holds" if found.holds else "was not checked: this machine has no ssh-keygen"
    return f"Signature of {line.by} on {line.on.isoformat()} with {line.key} {state}{known}"


@_group.command("sign")
def sign(
    context: typer.Context,
    key: Annotated[Path, typer.Option("--key", help="Your SSH key, or its public half.", metavar="FILE")],
    by: By = "",
) -> None:
    """Sign the log as it is now with your SSH key: whatever you signed off is then known to be yours."""
    session = session_of(context)
    line = sign_log(session.case(), key=key, by=by or session.ask("Who signs?", "--by NAME"))
    what = f"Signed the log at {line.head} with {line.key}."
    if session.json:
        session.document(result_document("log sign", what, {"head": line.head, "key": line.key}, "opensafe log verify"))
    session.say(what)
