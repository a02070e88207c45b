"""`opensafe decide --sheet`: what is open, as a sheet for people who decide elsewhere."""

from dataclasses import replace
from pathlib import Path

from opensafe.casefile.selection import Filter
from opensafe.cli.session import Session
from opensafe.cli.sheet_show import wrote_sheet
from opensafe.model.finding import State
from opensafe.steps.sheets import write_decision_sheet


def write_sheet(session: Session, file: Path, chosen: Filter, by: str, *, awaiting_second: bool, most: int) -> None:
    """Of what is open, unless another state was asked for."""
    case, listed = session.case_that_is_open("decide"), replace(chosen, state=chosen.state or State.OPEN)
    made = write_decision_sheet(case, file, listed, by=by, awaiting_second=awaiting_second, most=most)
    wrote_sheet(session, "decide", file, made)
