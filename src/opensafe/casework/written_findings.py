"""Findings with their states as JSON: the index writes them, and only those that decisions bend are read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from opensafe.casefile.folder import Case
from opensafe.casefile.json_rows import JsonRow, json_rows
from opensafe.casefile.review_order import in_order_of_review
from opensafe.casefile.selection import Filter, picked, with_places
from opensafe.casefile.tally import states_of
from opensafe.casefile.where import EVERY, Where
from opensafe.model.decision import Decision
from opensafe.model.finding import Finding, State
from opensafe.model.settlement import settled_as, standing, state_at
from opensafe.reports.json_findings import MAX_PLACES, finding_text


class Written(NamedTuple):
    """A finding as an item of a list in a JSON document; `number` is its place in the order of the index."""

    number: int
    waits: bool
    text: str


def written_findings(
    case: Case,
    chosen: Filter,
    decisions: Sequence[Decision],
    today: date,
    among: Where = EVERY,
    *,
    places_apart: bool = True,
) -> Iterator[Written]:
    """What `select` would give, with the first places of each, told apart by state or not. Raises OutOfOrder."""
    taken = standing(decisions, today)
    states, apart = states_of(case, taken)
    bent = {finding.id: finding for finding in apart}
    for row in json_rows(case.index, MAX_PLACES, picked(case, chosen) & among):
        finding = bent.get(row.id)
        state, waits = _as_found(row, states) if finding is None else (finding.state, finding.waits)
        if (chosen.state is None or state is chosen.state) and (chosen.state is not State.OPEN or waits):
            own = () if finding is None or not places_apart else taken.get(finding.id, ())
            text = row.told(state) if finding is None or _is_even(row, finding, own) else _bent(case, finding, own)
            yield Written(row.number, waits, text)


def written_in_order(case: Case, decisions: Sequence[Decision], today: date) -> Iterator[str]:
    """Every finding, in the order of review; a report does not tell the states of places apart."""
    waiting: dict[int, str] = {}
    others: dict[int, str] = {}
    for found in written_findings(case, Filter(), decisions, today, places_apart=False):
        (waiting if found.waits else others)[found.number] = found.text
    ordered = in_order_of_review(case.index)
    for texts in (waiting, others):
        yield from (texts.pop(number) for number in ordered if number in texts)


def _as_found(row: JsonRow, states: Mapping[str, State]) -> tuple[State, bool]:
    state = states.get(row.id)
    return (State.OPEN, row.waits) if state is None else (state, False)


def _is_even(row: JsonRow, finding: Finding, own: Sequence[Decision]) -> bool:
    """Whether all that the decisions change is the state, and every place is in that."""
    if bool(finding.covered_by) != row.covered or any(decision.path for decision in own):
        return False
    return not own or settled_as(own[-1].action) is finding.state


def _bent(case: Case, finding: Finding, own: Sequence[Decision]) -> str:
    (placed,) = with_places(case, [finding], MAX_PLACES)
    return finding_text(placed, MAX_PLACES, [state_at(own, place) for place in placed.places] if own else ())
