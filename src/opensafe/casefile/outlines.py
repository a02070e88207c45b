"""The findings that a filter takes, as far as a list of them needs it: 100,000 are told apart before any is built."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter, picked
from opensafe.casefile.view import settle_these
from opensafe.casefile.where import EVERY, Where, concerned
from opensafe.model.decision import Decision
from opensafe.model.finding import Category, Finding, State
from opensafe.model.identifiers import FindingId
from opensafe.model.settlement import standing


class Outline(NamedTuple):
    """A finding as a line of a list. `covered` is what is decided with the data file that it lies in.

    A tuple, as rows come: a frozen class would take as long as all else together.
    """

    id: FindingId
    detector: str
    person: int | None
    covered: bool


_OUTLINE = "id, detector, person, covered_by <> '[]' AND category <> 'secret'"


def outlines(
    case: Case, chosen: Filter, today: date, decisions: Sequence[Decision], among: Where = EVERY
) -> tuple[Outline, ...]:
    """Those that `select` would give, in the same order. Raises OutOfOrder before the first audit."""
    where = picked(case, chosen) & among
    taken = standing(decisions, today)
    decided = case.index.findings(where & concerned(taken)) if taken else ()
    settled = {finding.id: finding for finding in settle_these(case, decided, taken)}
    rows = map(Outline._make, case.index.rows(_OUTLINE, where))
    if not settled and chosen.state is None:
        return tuple(rows)
    return tuple(found for row in rows if (found := _settled(row, settled.get(row.id), chosen)) is not None)


def _settled(row: Outline, finding: Finding | None, chosen: Filter) -> Outline | None:
    """The row as the decisions leave it, where the filter takes that."""
    if finding is not None:
        covered = bool(finding.covered_by) and finding.category is not Category.SECRET
        return row._replace(covered=covered) if chosen.takes(finding) else None
    return row if chosen.state is None or (chosen.state is State.OPEN and not row.covered) else None
