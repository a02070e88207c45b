"""The list of all findings, in the order of review, made by the index: no finding becomes an object for it."""

from opensafe.casefile.folder import Case
from opensafe.casefile.review_order import REVIEW_ORDER
from opensafe.casefile.tally import Tally
from opensafe.model.listrow import ListRow

# The columns of a row, and whether it waits.
_ROWS = f"""
SELECT finding.id, category, severity, confidence, 'open', title, masked,
  CASE WHEN person IS NULL THEN '' ELSE 'Person ' || person END, CAST(occurrences AS TEXT),
  CASE finding.published WHEN 1 THEN 'yes' ELSE 'no' END, CASE finding.in_head WHEN 1 THEN 'yes' ELSE 'no' END,
  detector, coalesce(nullif(path, ''), nullif(ref, ''), kind, ''), CAST(coalesce(nullif(line, 0), '') AS TEXT),
  covered_by = '[]' OR category = 'secret'
FROM finding
LEFT JOIN mark ON mark.finding = finding.key AND mark.number = 0 LEFT JOIN spot ON spot.number = mark.spot
{REVIEW_ORDER}
"""  # noqa: S608 - constants of ours


def whole_list(case: Case, counted: Tally) -> tuple[ListRow, ...]:
    """A row for each finding, with its state."""
    known: dict[str, tuple[str, bool]] = {id_: (state.value, False) for id_, state in counted.states.items()}
    known |= {finding.id: (finding.state.value, finding.waits) for finding in counted.apart}
    waiting: list[ListRow] = []
    others: list[ListRow] = []
    with case.index.query() as database:
        for row in database.execute(_ROWS):
            state, waits = known.get(row[0], (row[4], row[-1]))
            # `_make` would count the cells of each row, which takes longer than the rest.
            made = tuple.__new__(ListRow, (*row[:4], state, *row[5:-1]))
            (waiting if waits else others).append(made)
    return (*waiting, *others)
