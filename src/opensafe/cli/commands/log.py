"""`opensafe log show` and `opensafe log verify`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from opensafe.casework.signatures import CheckedSignature
from opensafe.cli.options import By, Reason
from opensafe.cli.session import cache_folder, session_of
from opensafe.model.text import counted
from opensafe.reports.json_registers import log_document
from opensafe.reports.json_results import result_document
from opensafe.steps.correct_day import correct_day
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
        times = {
            "clock_went_back": [*map(str, verified.earlier)],
            "later_than_this_clock": [*map(str, verified.later)],
        }
        more = {"not_recorded": unknown, "signatures": signed, **times}
        session.document(result_document("log verify", what, {**details, **more}, ""))
    session.say(what)
    for name, count in strangers.items():
        session.say(f"{name}: the log does not know the last {counted(count, 'line')}. {_STRANGERS}")
    for signature in verified.signatures:
        session.say(_signature(signature))
    if verified.earlier:
        went_back = "A clock went back: times from there on may be wrong."
        session.say(f"Older than the entry before: {_numbers(verified.earlier)}. {went_back}")
    if verified.later:
        ahead = "This clock is behind, or another one was ahead when it wrote them."
        session.say(f"Later than the clock of this computer: {_numbers(verified.later)}. {ahead}")
    if not expect_head:
        session.advise("a cut-off end shows only against a head known from elsewhere: --expect-head HASH")


def _numbers(entries: Sequence[int]) -> str:
    return ", ".join(map(str, entries[:_NAMED])) + (", …" if len(entries) > _NAMED else "")


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
    line = sign_log(session.case_to_change("log sign"), key=key, by=by or session.ask("Who signs?", "--by NAME"))
    what = f"Signed the log at {line.head} with {line.key}."
    if session.json:
        session.document(result_document("log sign", what, {"head": line.head, "key": line.key}, "opensafe log verify"))
    session.say(what)


@_group.command("correct-day")
def correct(context: typer.Context, by: By = "", reason: Reason = "") -> None:
    """Say that a clock was ahead when it wrote to the log.

    From here on the clock of this computer counts. What had run out by the wrong day holds again: the log says so, with
    who and why.
    """
    session = session_of(context)
    case = session.case_to_change("log correct-day")
    name = by or session.ask("Who says so?", "--by NAME")
    made = correct_day(case, by=name, reason=reason, cache=cache_folder())
    what = f"Corrected the day from {made.before} to {made.day}."
    if session.json:
        details = {"before": made.before.isoformat(), "day": made.day.isoformat()}
        session.document(result_document("log correct-day", what, details, "opensafe log verify"))
    session.say(what)
