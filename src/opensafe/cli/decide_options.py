"""The options of `opensafe decide` that no other command takes."""

from typing import Annotated

import typer

from opensafe.model.decision import Action

Ids = Annotated[list[str] | None, typer.Argument(help="Ids of findings (F-…) and skips (S-…).")]
Everything = Annotated[bool, typer.Option("--all", help="Every finding that the filters take.")]
ActionOption = Annotated[Action | None, typer.Option("--action", help="What is to be done.")]
To = Annotated[str, typer.Option("--to", help="The text to put in its place.", metavar="TEXT")]
ForPaths = Annotated[str, typer.Option("--path", help="Decide for these files only.", metavar="GLOB")]
Expires = Annotated[str, typer.Option("--expires", help="The decision holds until then.", metavar="DATE")]
WithoutSecond = Annotated[
    str, typer.Option("--without-second", help="Why no second person confirms it, on the record.", metavar="TEXT")
]
Undo = Annotated[bool, typer.Option("--undo", help="Withdraw the decisions about these.")]
RowsOfSheet = Annotated[int, typer.Option("--limit", help="On a sheet: so many rows at most; 0 is all.", min=0)]
Suggested = Annotated[
    bool, typer.Option("--suggested", help="Accept what is suggested: of these ids, else all on strong evidence.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what it would touch, and write nothing.")]
