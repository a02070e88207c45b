"""What there is to do, counted by the index: only the findings that decisions are about are read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casefile.rows import finding_from
from opensafe.casefile.view import settle_these, settled_where
from opensafe.casefile.where import EVERY, Where, concerned, unconcerned, with_ids
from opensafe.model.census import Census, Count, Kind
from opensafe.model.decision import Decision
from opensafe.model.finding import Category, Finding, Severity, State
from opensafe.model.identifiers import FindingId
from opensafe.model.settlement import standing

_SECRETS = EVERY.also("category = 'secret'")

# As `Finding.waits` says it of a finding that nobody has decided about.
_WAITS = "(covered_by = '[]' OR category = 'secret')"
_COUNTS = f"""
SELECT category, severity, published, {_WAITS}, count(*), sum(occurrences) FROM finding GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - the condition is ours
_GRAVEST = f"""
ORDER BY {_WAITS} DESC, instr('critical high medium low info', severity), published DESC, in_head DESC, number LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """`census` counts every finding; `decided` are those that decisions are about, with their states.

    `credentials` are the ids of the secrets that nobody has called no finding.
    """

    census: Census
    decided: tuple[Finding, ...] = ()
    credentials: tuple[FindingId, ...] = ()

    @property
    def findings(self) -> int:
        return self.census.total

    @property
    def waiting(self) -> int:
        """Those that would be published and that somebody has to decide about."""
        return self.census.where(published=True, waits=True).findings


def tally(case: Case, decisions: Iterable[Decision], today: date) -> Tally:
    """The numbers that `settled` would give. Raises OutOfOrder before the first audit."""
    taken = standing(decisions, today)
    before = case.index.findings(concerned(taken)) if taken else ()
    after = settle_these(case, before, taken)
    called_none = {finding.id for finding in after if finding.state is State.NOT_A_FINDING}
    return Tally(
        census=_as_found(case).without(Census.of(before)).with_more(Census.of(after)),
        decided=after,
        credentials=tuple(id_ for id_ in case.index.ids(_SECRETS) if id_ not in called_none),
    )


def _as_found(case: Case) -> Census:
    """The census as if nobody had decided anything."""
    with case.index.query() as database:
        return Census.summed(
            (Kind(Category(category), Severity(severity), State.OPEN, bool(published), bool(waits)), Count(*numbers))
            for category, severity, published, waits, *numbers in database.execute(_COUNTS)
        )


def undecided(case: Case, taken: Mapping[str, Sequence[Decision]], known: Tally) -> tuple[FindingId, ...]:
    """What would be published and awaits a decision, `Tally.waiting` of them; what nobody decided about comes first."""
    where = EVERY.also("published = 1").also(_WAITS)
    untouched = case.index.ids(where & unconcerned(taken) if taken else where)
    return (*untouched, *(finding.id for finding in known.decided if finding.waits and finding.published))


def gravest_undecided(
    case: Case, taken: Mapping[str, Sequence[Decision]], most: int, among: Where = EVERY
) -> tuple[Finding, ...]:
    """Of the findings that no decision is about, what awaits one first, then the graver: so many at most."""
    where = among & unconcerned(taken) if taken else among
    with case.index.query() as database:
        rows = database.execute(f"SELECT * FROM finding{where.sql} {_GRAVEST}", (*where.values, most))  # noqa: S608
        return tuple(map(finding_from, rows))


def waiting_of(case: Case, ids: Iterable[str], today: date) -> frozenset[FindingId]:
    """Which of these wait for a decision, and would be published."""
    found, _ = settled_where(case, today, with_ids(ids))
    return frozenset(finding.id for finding in found if finding.waits and finding.published)
