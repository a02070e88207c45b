"""The findings that a report shows. Of a large case a page lists the gravest, and counts all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casefile.places import first_places, texts_of_each
from opensafe.casefile.rotations import credentials
from opensafe.casefile.selection import Filter, select, with_places
from opensafe.casefile.tally import Tally, gravest_decided, gravest_undecided
from opensafe.casefile.view import settled, settled_where
from opensafe.casefile.where import EVERY
from opensafe.model.census import Census
from opensafe.model.changed import changed
from opensafe.model.decision import Decision
from opensafe.model.finding import Category, Finding
from opensafe.model.settlement import standing
from opensafe.reports.report_format import ReportFormat
from opensafe.reports.review_order import in_review_order

_NAMED = EVERY.also("person IS NOT NULL OR category = 'secret'")
_OF_PEOPLE = EVERY.also("person IS NOT NULL")
_OF_NOBODY = EVERY.also("person IS NULL")


@dataclass(frozen=True, slots=True)
class ReportFindings:
    """`listed` with their first places; every credential without places; and how many there are of each kind."""

    listed: tuple[Finding, ...]
    credentials: tuple[Finding, ...]
    census: Census

    @property
    def is_cut(self) -> bool:
        """Whether some are counted only."""
        return len(self.listed) < self.census.total


def report_findings(
    case: Case, decisions: Sequence[Decision], counted: Tally, shape: ReportFormat, today: date
) -> ReportFindings:
    """As many as `shape` lists. Raises OutOfOrder before the first audit."""
    if shape.rows:
        return ReportFindings((), (), counted.census)
    if not shape.written and (shape.most is None or counted.findings <= shape.most):
        found, _ = settled(case, today)
        return ReportFindings(_placed(case, found, shape.places), credentials(found), counted.census)
    if shape.written:
        named, _ = settled_where(case, today, _NAMED, decisions)
        people = _grouped_by(case, [finding for finding in named if finding.person is not None], shape.places)
        others = (finding for finding in named if finding.person is None)
        return ReportFindings((*people, *others), credentials(named), counted.census)
    secrets = select(case, Filter(category=Category.SECRET), today, decisions=decisions)[0] if shape.credentials else ()
    listed = _gravest(case, decisions, counted, shape.most, today) if shape.most else ()
    return ReportFindings(_placed(case, listed, shape.places), credentials(secrets), counted.census)


def _gravest(case: Case, decisions: Sequence[Decision], counted: Tally, most: int, today: date) -> tuple[Finding, ...]:
    """Those of people and the others apart: a person's details stand together on the page."""
    taken = standing(decisions, today)
    chosen: list[Finding] = []
    for among, of_people in ((_OF_PEOPLE, True), (_OF_NOBODY, False)):
        apart = (finding for finding in counted.apart if (finding.person is not None) is of_people)
        decided = gravest_decided(case, counted, most, among)
        undecided = gravest_undecided(case, taken, most, among)
        chosen += in_review_order((*apart, *decided, *undecided))[:most]
    return tuple(chosen)


def _grouped_by(case: Case, found: Sequence[Finding], most: int) -> tuple[Finding, ...]:
    """With as much of their places as they are grouped by: a document that has all places in it needs no more."""
    texts = texts_of_each(case.index, (finding.id for finding in found), most)
    return tuple(changed(finding, places=texts.get(finding.id, ())) for finding in found)


def _placed(case: Case, found: Sequence[Finding], most: int) -> tuple[Finding, ...]:
    if most > 1:
        return tuple(with_places(case, found, most))
    first = first_places(case.index, (finding.id for finding in found)) if most else {}
    return tuple(changed(f, places=(first[f.id],) if f.id in first else ()) for f in found)
