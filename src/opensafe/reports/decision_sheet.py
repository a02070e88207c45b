"""The sheet on which people decide who do not sit at the analyst's machine: masked, and without a name of staff."""

from collections.abc import Mapping, Sequence

from opensafe.model.decision import Action
from opensafe.model.finding import Finding
from opensafe.model.identifiers import FindingId
from opensafe.model.offered import offered
from opensafe.model.sheet import CODE, Column, Sheet, SheetCode

FINDING, STATE, TWO_PEOPLE = "Finding", "State", "Two people"
DECISION, REASON, UNTIL, BY, SECOND = "Decision", "Reason", "Until", "Decided by", "Second person"
OWNER, PERMITTED, EVIDENCE, SOURCE = "Data owner", "Permission date", "Permission evidence", "Data source"
_PLACES = 3

_COLUMNS = (
    Column(FINDING, 14),
    Column("What it is", 24),
    Column("Severity", 9),
    Column("Confidence", 11),
    Column("Value (masked)", 30),
    Column("Where", 40),
    Column("Places", 8),
    Column("Why", 34),
    Column("Suggested", 30),
    Column("Possible answers", 28),
    Column(STATE, 10),
    Column(TWO_PEOPLE, 30),
    Column(DECISION, 16, fill=True, options=tuple(action.value for action in Action if action is not Action.ACCEPT)),
    Column(REASON, 40, fill=True),
    Column(UNTIL, 13, fill=True),
    Column(BY, 20, fill=True),
    Column(SECOND, 20, fill=True),
    Column(OWNER, 20, fill=True),
    Column(PERMITTED, 15, fill=True),
    Column(EVIDENCE, 30, fill=True),
    Column(SOURCE, 30, fill=True),
    CODE,
)
_GUIDANCE = (
    "Fill in the columns Decision, Reason, Until, Decided by and Second person. Leave a row empty to decide it later.",
    (
        "Decision: one of the possible answers of the row. To keep something, or to say that it is no finding, needs a"
        " reason."
    ),
    "Until: the last day on which the decision holds, as 2026-11-22 or 22/11/2026. Leave it empty for good.",
    (
        "Second person: needed to keep a row that says so in the column Two people, or to call it no finding. Somebody"
        " else than the one who decides."
    ),
    (
        "Where the column Two people says what waits, somebody has decided already: a second person agrees by filling"
        " in Second person alone. To decide anew, fill in Decision."
    ),
    (
        "Data owner, Permission date and Permission evidence: needed where a data file is to stay. Who owns the data"
        " and allowed it, when, and what shows that. Where the data are open or made up, fill in Data source instead."
    ),
    (
        "Rows may be sorted, filtered and deleted. Do not change the column Sheet code: it says which state of the case"
        " this is."
    ),
    "No value stands here, and no name of staff. Write none into a reason.",
    "Send the file back. It is taken with: opensafe decide --from FILE",
)


def decision_sheet(
    name: str,
    findings: Sequence[Finding],
    suggested: Mapping[FindingId, str],
    names: Mapping[FindingId, Sequence[str]],
    code: SheetCode,
    two_people: Mapping[FindingId, str] | None = None,
    total: int = 0,
) -> Sheet:
    """One row a finding, in the order of review.

    By id, `suggested` says in words what opensafe would do, `names` under which names the finding stands, and
    `two_people` what a second person is needed for. `total` is how many there are, where not all are on the sheet.
    """
    second = two_people or {}
    last = (*[""] * sum(column.fill for column in _COLUMNS), str(code))
    rows = tuple(
        (
            *_row(finding, suggested.get(finding.id, ""), _where(names.get(finding.id, ()))),
            second.get(finding.id, ""),
            *last,
        )
        for finding in findings
    )
    return Sheet(f"Decisions about {name}", (*_cut(len(findings), total), *_GUIDANCE), _COLUMNS, rows)


def _cut(rows: int, total: int) -> tuple[str, ...]:
    """What is said of a sheet that is not the whole."""
    return (f"These are the first {rows:,} of {total:,} findings: the others are for the next sheet.",) * (total > rows)


def _row(finding: Finding, suggested: str, where: str) -> tuple[str, ...]:
    return (
        finding.id,
        finding.title,
        finding.severity.value,
        finding.confidence.value,
        finding.masked,
        where,
        str(finding.occurrences),
        finding.why,
        suggested,
        ", ".join(offered(finding)),
        finding.state.value,
    )


def _where(names: Sequence[str]) -> str:
    """The first few names under which it stands, and how many are not named."""
    more = f" and {len(names) - _PLACES} more" if len(names) > _PLACES else ""
    return "; ".join(names[:_PLACES]) + more
