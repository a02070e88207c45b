"""Options that several commands take, each with one help text."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from opensafe.errors import UsageError

By = Annotated[str, typer.Option("--by", help="Name of the person who says so.", metavar="NAME")]
Second = Annotated[str, typer.Option("--second", help="Name of a second person who confirms it.", metavar="NAME")]
Reason = Annotated[str, typer.Option("--reason", help="Why: it goes on the record.", metavar="TEXT")]
Evidence = Annotated[str, typer.Option("--evidence", help="What shows it: a ticket, a message.", metavar="TEXT")]
EvidenceFile = Annotated[
    Path | None,
    typer.Option("--evidence-file", help="A file that shows it: its digest is kept, not the file.", metavar="FILE"),
]
Owner = Annotated[str, typer.Option("--owner", help="Who owns the data, and allows it.", metavar="NAME")]
PermissionDate = Annotated[str, typer.Option("--permission-date", help="When that was allowed.", metavar="DATE")]
Source = Annotated[str, typer.Option("--source", help="The open or synthetic source of the data.", metavar="NAME")]
Expires = Annotated[str, typer.Option("--expires", help="The last day on which it holds.", metavar="DATE")]
Roster = Annotated[
    Path | None, typer.Option("--roster", help="List of the team's people (CSV); it stays where it is.", metavar="FILE")
]
Watch = Annotated[
    Path | None,
    typer.Option("--watch", help="List of words and paths to ask about; it stays where it is.", metavar="FILE"),
]
Workers = Annotated[int, typer.Option("--workers", help="Processes to use; 0 is one for each core.", min=0)]
FromSheet = Annotated[
    Path | None, typer.Option("--from", help="Take back a sheet that was filled in (xlsx or CSV).", metavar="FILE")
]
ToSheet = Annotated[
    Path | None, typer.Option("--sheet", help="Write a sheet to fill in: .xlsx, .csv or .html.", metavar="FILE")
]
ImportFile = Annotated[
    Path | None,
    typer.Option("--import", help="Suggest what another tool's baseline or report would mark.", metavar="FILE"),
]
Yes = Annotated[bool, typer.Option("--yes", help="Confirm what would be asked.")]


def needed(value: str | None, question: str, flag: str) -> str:
    """What an argument or option holds that one form of a command needs and another does not. Raises UsageError."""
    if not value:
        raise UsageError(f"{question} is missing", remedy=f"add {flag}")
    return value


def iso_date(text: str, flag: str) -> date | None:
    """A date as `2026-11-22`, none for an empty text. Raises UsageError naming the flag."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{flag} is not a date", remedy="write it as YYYY-MM-DD, for example 2026-11-22") from error
