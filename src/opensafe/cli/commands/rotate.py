"""`opensafe rotate list`, `show`, `record`, `public` and `sheet`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from opensafe.cli.commands import rotate_check
from opensafe.cli.options import By, Evidence, EvidenceFile, Expires, Reason, Second, iso_date
from opensafe.cli.screen import columns
from opensafe.cli.session import cache_folder, session_of
from opensafe.errors import UsageError
from opensafe.model.exposure import Exposure
from opensafe.model.rotation import Rotation, RotationState
from opensafe.model.text import counted
from opensafe.reports.json_registers import rotations_document
from opensafe.reports.json_results import result_document
from opensafe.reports.rotation_table import RotationRow, rotation_rows
from opensafe.steps.rotate import RotationRecord, Told, list_rotations, public_since, show_rotation
from opensafe.steps.rotate import record as record_step

_group = typer.Typer(help="The rotation record: what became of each credential.")


def register(app: typer.Typer) -> None:
    rotate_check.register(_group)
    app.add_typer(_group, name="rotate")


@_group.command("list")
def list_credentials(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", help="List this many at most; 0 is all.", min=0)] = 500,
) -> None:
    """List every credential in the order of work; what is not settled blocks the release."""
    session = session_of(context)
    found = list_rotations(session.case())
    rows = _rows(found)
    if session.json:
        session.document(rotations_document(rows))
        return
    known = [row for row in rows if row.finding]
    for text in columns([_line(row) for row in known[: limit or None]]):
        session.say(text)
    if limit and len(known) > limit:
        session.say(f"… and {len(known) - limit:,} more (--limit 0 lists all)")
    open_ones = f"{len(found.unrotated):,} not settled" if found.unrotated else "all settled"
    session.say(f"{counted(len(found.credentials), 'credential')}, {open_ones}.")
    if found.unrotated:
        session.advise("opensafe rotate show ID tells what to do; opensafe rotate sheet prints it for the owners")


def _rows(found: RotationRecord) -> list[RotationRow]:
    return rotation_rows(found.rotations, found.credentials, found.today, found.exposures, found.playbooks)


def _line(row: RotationRow) -> tuple[str, ...]:
    line, finding = row.rotation, row.finding
    state = f"{row.state} (over)" if row.lapsed else str(row.state)
    owner, on = (line.owner, line.on.isoformat()) if line else ("", "")
    title, severity = (finding.title, str(finding.severity)) if finding else ("", "")
    return row.id, severity, state, exposure_words(row.exposure), owner, on, row.playbook, title


def exposure_words(exposure: Exposure | None) -> str:
    """`shared 1,204 days`, `public 3 days, compromised`."""
    if exposure is None:
        return ""
    days = f" {counted(exposure.days, 'day')}" if exposure.days is not None else ""
    return f"{exposure.reach}{days}{', compromised' if exposure.compromised else ''}"


@_group.command("show")
def show(
    context: typer.Context,
    credential: Annotated[str, typer.Argument(help="A credential (F-…), or the beginning of its id.")],
) -> None:
    """Show the record of one credential, and the playbook for it."""
    session = session_of(context)
    told = show_rotation(session.case(), credential)
    if session.json:
        lines, exposures = told.lines[-1:], {told.finding.id: told.exposure}
        playbooks = {told.finding.id: told.playbook.id}
        session.document(rotations_document(rotation_rows(lines, [told.finding], told.today, exposures, playbooks)))
        return
    for text in _told(told):
        session.say(text)


def _readable(exposure: Exposure) -> str:
    since, until = exposure.since, exposure.until.isoformat()
    if since is not None and exposure.until < since:
        return f"settled on {until}, before the first commit that holds it ({since.isoformat()}): is that date right?"
    return f"could be read from {since.isoformat() if since else 'a day that is not known'} to {until}"


def _told(told: Told) -> Iterator[str]:
    finding = told.finding
    yield f"{finding.id}  {finding.title}  {finding.masked}"
    yield f"  severity {finding.severity}, {exposure_words(told.exposure)}"
    yield f"  {_readable(told.exposure)}"
    for path in dict.fromkeys(place.path for place in finding.places if place.path):
        yield f"  in {path}"
    for line in told.lines:
        yield f"  {_said(line)}"
    for check in told.checks:
        yield f"  {check.at} live check by {check.by}: {check.outcome} (status {check.status}, {check.reason})"
    yield ""
    yield f"Playbook {told.playbook.id}: {told.playbook.title}"
    for heading, text in told.playbook.sections.items():
        yield ""
        yield f"{heading}:"
        yield text


def _said(line: Rotation) -> str:
    shown = {
        "opens": line.opens,
        "owner": line.owner,
        "evidence": line.evidence,
        "file sha256": line.attachment,
        "confirmed by": line.second,
        "alone": line.alone,
        "until": line.expires.isoformat() if line.expires else "",
        "risk": line.risk,
    }
    details = "; ".join(f"{name} {text}" for name, text in shown.items() if text)
    return f"{line.on.isoformat()} {line.state} by {line.by}{': ' if details else ''}{details}"


@_group.command("record")
def record(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(help="Credentials (F-…), or their beginnings.")],
    state: Annotated[RotationState, typer.Option("--state", help="What became of the credential.")],
    owner: Annotated[str, typer.Option("--owner", help="Who owns the system that it opens.", metavar="WHO")] = "",
    opens: Annotated[str, typer.Option("--opens", help="What it opens, in words.", metavar="WHAT")] = "",
    on: Annotated[str, typer.Option("--on", help="When; today if left out.", metavar="DATE")] = "",
    by: By = "",
    evidence: Evidence = "",
    evidence_file: EvidenceFile = None,
    second: Second = "",
    alone: Annotated[str, typer.Option("--alone", help="Why there is no second person.", metavar="REASON")] = "",
    expires: Expires = "",
    risk: Annotated[str, typer.Option("--risk", help="Its entry in the risk register.", metavar="R-N")] = "",
) -> None:
    """Record what became of credentials. Rewriting is no remedy: what was shared has to be rotated.

    A correction is a new line: the last one holds.
    """
    session = session_of(context)
    case = session.case_to_change("rotate record")
    found = record_step(
        case,
        ids,
        state=state,
        owner=owner,
        opens=opens,
        on=iso_date(on, "--on") or case.today,
        by=by or session.ask("Who records this?", "--by NAME"),
        evidence=evidence,
        evidence_file=evidence_file,
        second=second,
        alone=alone,
        expires=iso_date(expires, "--expires"),
        risk=risk,
        cache=cache_folder(),
    )
    what = f"Recorded {state} for {counted(len(found), 'credential')}."
    if session.json:
        details = {"credentials": [finding.id for finding in found], "state": state.value}
        session.document(result_document("rotate record", what, details, "opensafe rotate list"))
    session.say(what)


@_group.command("public")
def public(
    context: typer.Context,
    since: Annotated[str, typer.Option("--since", help="The first day, as far as is known.", metavar="DATE")] = "",
    never: Annotated[bool, typer.Option("--never", help="It was never public.")] = False,
    by: By = "",
    reason: Reason = "",
) -> None:
    """Say whether strangers could ever read the repository: then everything in it is compromised."""
    session = session_of(context)
    case = session.case_to_change("rotate public")
    if bool(since) == never:
        raise UsageError("say since when, or that it never was", remedy="--since DATE, or --never")
    day = iso_date(since, "--since")
    name = by or session.ask("Who says so?", "--by NAME")
    public_since(case, since=day, by=name, reason=reason, cache=cache_folder())
    what = f"Recorded: public since {since}. What it held is compromised." if day else "Recorded: never public."
    if session.json:
        details = {"public_since": since or None}
        session.document(result_document("rotate public", what, details, "opensafe rotate list"))
    session.say(what)


@_group.command("sheet")
def sheet(
    context: typer.Context,
    owner: Annotated[
        str | None, typer.Option("--owner", help="This owner only; an empty name for no owner.", metavar="WHO")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="Write it here.", metavar="FILE")] = None,
    by: By = "",
) -> None:
    """Print a work sheet for each owner: what to rotate and how, without any secret."""
    from opensafe.steps.rotation_sheet import write_sheets  # noqa: PLC0415 - a list needs no templates

    session = session_of(context)
    made = write_sheets(session.case_that_is_open("rotate sheet"), owner=owner, output=output, by=by)
    what = f"Wrote {made.file}"
    if session.json:
        details = {"file": str(made.file)}
        session.document(result_document("rotate sheet", what, details, "opensafe rotate record"))
    session.say(what)
    if not made.recorded:
        session.announce("This case can only be read here: its log does not say that these sheets were made.")
