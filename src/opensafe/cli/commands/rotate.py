"""`opensafe rotate list` and `opensafe rotate record`."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from opensafe.cli.options import By, Evidence, Second, iso_date
from opensafe.cli.screen import columns
from opensafe.cli.session import cache_folder, session_of
from opensafe.model.rotation import RotationState
from opensafe.model.text import counted
from opensafe.reports.json_documents import result_document, rotations_document
from opensafe.steps.rotate import list_rotations
from opensafe.steps.rotate import record as record_step

_group = typer.Typer(help="The rotation record: what became of each credential.")


def register(app: typer.Typer) -> None:
    app.add_typer(_group, name="rotate")


@_group.command("list")
def list_credentials(context: typer.Context) -> None:
    """List every credential with its state; what is not settled blocks the release."""
    session = session_of(context)
    found = list_rotations(session.case())
    if session.json:
        session.document(rotations_document(found.rotations, found.credentials))
        return
    lines = {line.finding: line for line in found.rotations}
    rows: list[tuple[str, ...]] = []
    for credential in found.credentials:
        line = lines.get(credential.id)
        state, owner, on = (line.state, line.owner, line.on.isoformat()) if line else ("found", "", "")
        rows.append((credential.id, credential.severity, state, owner, on, credential.title))
    for text in columns(rows):
        session.say(text)
    session.say(f"{counted(len(found.credentials), 'credential')}, {len(found.unrotated):,} not settled.")


@_group.command("record")
def record(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(help="Credentials (F-…), or their beginnings.")],
    state: Annotated[RotationState, typer.Option("--state", help="What became of the credential.")],
    owner: Annotated[str, typer.Option("--owner", help="Who owns the system that it opens.", metavar="WHO")] = "",
    on: Annotated[str, typer.Option("--on", help="When; today if left out.", metavar="DATE")] = "",
    by: By = "",
    evidence: Evidence = "",
    second: Second = "",
) -> None:
    """Record what became of credentials. Rewriting is no remedy: what was shared has to be rotated."""
    session = session_of(context)
    found = record_step(
        session.case(),
        ids,
        state=state,
        owner=owner,
        on=iso_date(on, "--on") or datetime.now(UTC).date(),
        by=by or session.ask("Who records this?", "--by NAME"),
        evidence=evidence,
        second=second,
        cache=cache_folder(),
    )
    what = f"Recorded {state} for {counted(len(found), 'credential')}."
    if session.json:
        details = {"credentials": [finding.id for finding in found], "state": state.value}
        session.document(result_document("rotate record", what, details, "opensafe rotate list"))
    session.say(what)
