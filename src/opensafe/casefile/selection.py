"""Chooses findings: by id, by filter, by group. `findings` and `decide` choose in the same way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casefile.places import findings_at, places_of_each
from opensafe.casefile.view import settled_where
from opensafe.casefile.where import EVERY, Where, listed
from opensafe.model.changed import changed
from opensafe.model.coverage import Coverage
from opensafe.model.decision import Decision
from opensafe.model.finding import Category, Finding, Severity, State

_WITNESSED = "EXISTS (SELECT 1 FROM json_each(witnesses) AS name WHERE substr(name.value, 1, ?) = ?)"
_TELLS = "instr(casefolded(title || ' ' || masked || ' ' || why || ' ' || detector), ?) > 0"

_MANY = 50_000  # findings, from which on reading all places at once is faster than reading those of each
_ALL = 2**31  # places of one finding: more than there are


@dataclass(frozen=True, slots=True)
class Filter:
    """What findings to take: those that match everything that is given. `path` is a glob over paths as shown.

    `detector` matches a witness or the beginning of its name (`secrets.`); `text` is looked for in title, mask and
    explanation; `severity` takes that severity and the worse ones. The open ones are those that wait for a decision.
    """

    category: Category | None = None
    detector: str = ""
    path: str = ""
    severity: Severity | None = None
    state: State | None = None
    text: str = ""
    person: int | None = None
    published: bool | None = None

    def where(self) -> Where:
        """What a row of the index tells by itself: not its places, and not what was decided (`takes`)."""
        where = EVERY
        if self.category is not None:
            where = where.also("category = ?", self.category.value)
        if self.severity is not None:
            worse = (severity.value for severity in Severity if severity.rank <= self.severity.rank)
            where = where.also("severity IN (SELECT value FROM json_each(?))", listed(worse))
        if self.person is not None:
            where = where.also("CAST(person AS TEXT) = ?", str(self.person))  # what is typed may be any number
        if self.published is not None:
            where = where.also("published = ?", self.published)
        if self.detector:
            where = where.also(_WITNESSED, len(self.detector), self.detector)
        if self.text:
            where = where.also(_TELLS, self.text.casefold())
        return where

    def takes(self, finding: Finding) -> bool:
        """Whether a finding that the index picked out is in the state that is asked for."""
        return (self.state is None or finding.state is self.state) and (self.state is not State.OPEN or finding.waits)


def select(
    case: Case, chosen: Filter, today: date, among: Where = EVERY, decisions: Sequence[Decision] | None = None
) -> tuple[tuple[Finding, ...], Coverage]:
    """The findings that match, with their states, and the whole coverage.

    What is not `among` these is not read; neither are the decisions of the case again, where they are given.
    """
    where = picked(case, chosen) & among
    found, coverage = settled_where(case, today, where, decisions)
    return tuple(finding for finding in found if chosen.takes(finding)), coverage


def picked(case: Case, chosen: Filter) -> Where:
    """Everything that the index can tell of a filter: all but the states."""
    if not chosen.path:
        return chosen.where()
    return chosen.where().also("id IN (SELECT value FROM json_each(?))", listed(findings_at(case.index, chosen.path)))


def with_places(case: Case, findings: Sequence[Finding], limit: int | None = None) -> Iterator[Finding]:
    """The findings with (the first `limit` of) their places."""
    ids = [finding.id for finding in findings]
    if len(ids) > _MANY:
        every = case.index.all_places()
    else:
        every = places_of_each(case.index, ids, _ALL if limit is None else limit)
    for finding in findings:
        yield changed(finding, places=every.get(finding.id, ())[:limit])
