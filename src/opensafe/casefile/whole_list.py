"""The list of all findings, in the order of review, made by the index: no finding becomes an object for it."""

from opensafe.casefile.folder import Case
from opensafe.casefile.review_order import REVIEW_ORDER
from opensafe.casefile.tally import Tally
from opensafe.model.listrow import ListRow

# What waits, and the columns of a row.
_ROWS = f"""
SELECT covered_by = '[]' OR category = 'secret',
  finding.id, category, severity, confidence, 'open', title, masked,
  CASE WHEN person IS NULL THEN '' ELSE 'Person ' || person END, CAST(occurrences AS TEXT),
  CASE finding.published WHEN 1 THEN 'yes' ELSE 'no' END, CASE finding.in_head WHEN 1 THEN 'yes' ELSE 'no' END,
  detector, coalesce(nullif(place.path, ''), nullif(place.ref, ''), place.kind, ''), coalesce(nullif(place.line, 0), '')
FROM finding LEFT JOIN place ON place.finding = finding.number AND place.number = 0
{REVIEW_ORDER}
"""  # noqa: S608 - constants of ours


def whole_list(case: Case, counted: Tally) -> tuple[ListRow, ...]:
    """A row for each finding, with its state."""
    known: dict[str, tuple[str, bool]] = {id_: (state.value, False) for id_, state in counted.states.items()}
    known |= {finding.id: (finding.state.value, finding.waits) for finding in counted.apart}
    waiting: list[ListRow] = []
    others: list[ListRow] = []
    with case.index.query() as database:
        for waits, *cells in database.execute(_ROWS):
            state = known.get(cells[0])
            if state is not None:
                cells[4], waits = state  # noqa: PLW2901 - as the decisions leave it
            cells[13] = str(cells[13])
            (waiting if waits else others).append(ListRow._make(cells))
    return (*waiting, *others)
