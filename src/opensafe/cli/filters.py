"""Options that choose findings: the same for `findings` and `decide`."""

from typing import Annotated

import typer

from opensafe.model.finding import Category, Severity, State

CategoryFilter = Annotated[Category | None, typer.Option("--category", help="Only this category.")]
DetectorFilter = Annotated[str, typer.Option("--detector", help="Only what this detector saw (or its beginning).")]
PathFilter = Annotated[str, typer.Option("--path", help="Only findings in files that match.", metavar="GLOB")]
InFilter = Annotated[str, typer.Option("--in", help="Only findings in files that match.", metavar="GLOB")]
SeverityFilter = Annotated[Severity | None, typer.Option("--severity", help="This severity and worse.")]
StateFilter = Annotated[State | None, typer.Option("--state", help="Only findings in this state.")]
TextFilter = Annotated[str, typer.Option("--text", help="Only findings whose description holds this text.")]
PersonFilter = Annotated[int | None, typer.Option("--person", help="Only findings of this person, by number.")]
AwaitingSecond = Annotated[
    bool, typer.Option("--awaiting-second", help="Only findings whose decision waits for a second person.")
]
