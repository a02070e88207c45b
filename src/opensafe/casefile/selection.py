"""Chooses findings: by id, by filter, by group. `findings` and `decide` choose in the same way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casefile.places import findings_at
from opensafe.casefile.view import settled
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Category, Finding, Severity, State

_MANY = 50_000  # findings, from which on reading all places at once is faster than reading those of each


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

    def takes(self, finding: Finding) -> bool:
        """Whether the finding matches, but for `path`: that is asked of the index."""
        return (
            (self.category is None or finding.category is self.category)
            and (not self.detector or any(name.startswith(self.detector) for name in finding.witnesses))
            and (self.severity is None or finding.severity.rank <= self.severity.rank)
            and (self.state is None or finding.state is self.state)
            and (self.state is not State.OPEN or finding.waits)
            and (self.person is None or finding.person == self.person)
            and (self.published is None or finding.published is self.published)
            and (not self.text or self.text.casefold() in _words(finding))
        )


def _words(finding: Finding) -> str:
    return f"{finding.title} {finding.masked} {finding.why} {finding.detector}".casefold()


def select(case: Case, chosen: Filter, today: date) -> tuple[tuple[Finding, ...], Coverage]:
    """The findings that match, with their states, and the whole coverage."""
    findings, coverage = settled(case, today)
    taken = tuple(finding for finding in findings if chosen.takes(finding))
    if not chosen.path:
        return taken, coverage
    there = findings_at(case.index, chosen.path)
    return tuple(finding for finding in taken if finding.id in there), coverage


def with_places(case: Case, findings: Sequence[Finding], limit: int | None = None) -> Iterator[Finding]:
    """The findings with (the first `limit` of) their places."""
    ids = [finding.id for finding in findings]
    every = case.index.all_places() if len(ids) > _MANY else case.index.places_of(ids)
    for finding in findings:
        yield replace(finding, places=every.get(finding.id, ())[:limit])
