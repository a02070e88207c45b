"""The table of all findings, in the order of review, written by the index: no finding becomes an object for it.

The same lines as `reports.csv_table` makes of each. A test compares them.
"""

from collections.abc import Callable, Iterator

from opensafe.casefile.folder import Case
from opensafe.casefile.review_order import REVIEW_ORDER
from opensafe.casefile.tally import Tally
from opensafe.model.finding import State

_OPEN = f'"{State.OPEN.value}"'
# Ids, words and numbers are harmless as they are: only free text is looked through.
_LINES = f"""
SELECT finding.id, covered_by = '[]' OR category = 'secret', printf(
  '"%s","%s","%s","%s",{_OPEN},"%s","%s","%s","%d","%s","%s","%s","%s","%s"' || char(10),
  finding.id, category, severity, confidence, cell(title), cell(masked),
  CASE WHEN person IS NULL THEN '' ELSE 'Person ' || person END, occurrences,
  CASE finding.published WHEN 1 THEN 'yes' ELSE 'no' END, CASE finding.in_head WHEN 1 THEN 'yes' ELSE 'no' END,
  cell(detector), cell(coalesce(nullif(path, ''), nullif(ref, ''), kind, '')), coalesce(nullif(line, 0), '')
)
FROM finding
LEFT JOIN mark ON mark.finding = finding.key AND mark.number = 0 LEFT JOIN spot ON spot.number = mark.spot
{REVIEW_ORDER}
"""  # noqa: S608 - constants of ours


def whole_list(case: Case, counted: Tally, cell: Callable[[str], str]) -> Iterator[str]:
    """A line for each finding, with its state. `cell` gives what stands between the quotes of a cell."""
    states = {state: f'"{state.value}"' for state in State}
    known: dict[str, tuple[str, bool]] = {id_: (states[state], False) for id_, state in counted.states.items()}
    known |= {finding.id: (states[finding.state], finding.waits) for finding in counted.apart}
    later: list[str] = []
    with case.index.query() as database:
        database.create_function("cell", 1, cell, deterministic=True)
        for id_, would_wait, line in database.execute(_LINES):
            state, waits = known.get(id_, (_OPEN, would_wait))
            text = line if state is _OPEN else line.replace(_OPEN, state, 1)  # no cell before that one holds the word
            if waits:
                yield text
            else:
                later.append(text)
    yield from later
