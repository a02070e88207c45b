"""The findings that a filter takes, as far as a list of them needs it: 100,000 are told apart before any is built."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from opensafe.casefile.folder import Case
from opensafe.casefile.rows import Row
from opensafe.casefile.selection import Filter, picked
from opensafe.casefile.tally import states_of
from opensafe.casefile.where import EVERY, Where
from opensafe.model.decision import Decision
from opensafe.model.finding import Category, Finding, State
from opensafe.model.identifiers import FindingId
from opensafe.model.settlement import standing
from opensafe.model.tuples import tuples_of


class Outline(NamedTuple):
    """A finding as a line of a list. `covered` is what is decided with the data file that it lies in.

    A tuple, as rows come: a frozen class would take as long as all else together.
    """

    id: FindingId
    covered: bool
    detector: str
    person: int | None


_COVERED = "covered_by <> '[]' AND category <> 'secret'"


def outlines(
    case: Case, chosen: Filter, today: date, decisions: Sequence[Decision], among: Where = EVERY
) -> tuple[Outline, ...]:
    """Those that `select` would give, in the same order. Raises OutOfOrder before the first audit."""
    return tuple(tuples_of(Outline, selected_rows(case, "detector, person", chosen, today, decisions, among)))


def selected_rows(
    case: Case, columns: str, chosen: Filter, today: date, decisions: Sequence[Decision], among: Where = EVERY
) -> list[Row]:
    """The same as rows: the id, whether it is covered, and these columns as the index has them."""
    taken = standing(decisions, today)
    states, apart = states_of(case, taken) if taken else ({}, ())
    rows = case.index.rows(f"id, {_COVERED}, {columns}", picked(case, chosen) & among)
    if not taken and chosen.state is None:
        return rows
    others = {finding.id: finding for finding in apart}
    settled = (_settled(row, states.get(row[0]), others.get(row[0]), chosen) for row in rows)
    return [row for row in settled if row is not None]


def _settled(row: Row, state: State | None, finding: Finding | None, chosen: Filter) -> Row | None:
    """The row as the decisions leave it, where the filter takes that: they give it a state, or all of a finding."""
    id_, covered, *columns = row
    if finding is not None:
        covered = bool(finding.covered_by) and finding.category is not Category.SECRET
        return (id_, covered, *columns) if chosen.takes(finding) else None
    if state is not None:
        return row if chosen.state in {None, state} else None
    return row if chosen.state is None or (chosen.state is State.OPEN and not covered) else None
