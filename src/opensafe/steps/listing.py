"""A list of findings for people: all are counted and grouped, those that are shown are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casefile.outlines import Outline, outlines
from opensafe.casefile.places import first_paths, first_places
from opensafe.casefile.selection import Filter
from opensafe.casefile.view import settle_these, settled_coverage
from opensafe.casefile.where import EVERY, with_ids
from opensafe.model.coverage import Coverage
from opensafe.model.decision import Decision
from opensafe.model.finding import Finding
from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place
from opensafe.model.settlement import Lapsed, lapsed, standing


@dataclass(frozen=True, slots=True)
class Overview:
    """What was asked for, in the order of review, with the coverage that it rests on and the decisions as they are."""

    outlines: tuple[Outline, ...]
    coverage: Coverage
    lapsed: Lapsed
    decisions: tuple[Decision, ...]
    today: date


def overview(case: Case, chosen: Filter, *, awaiting_second: bool = False) -> Overview:
    """What `chosen` takes, or of that what waits for a second person. Raises OutOfOrder before the first audit."""
    today = case.today
    decisions = case.decisions.read()
    unsettled = lapsed(decisions, today)
    among = with_ids(sorted(unsettled.pending)) if awaiting_second else EVERY
    coverage = settled_coverage(case, standing(decisions, today))
    return Overview(outlines(case, chosen, today, decisions, among), coverage, unsettled, decisions, today)


@dataclass(frozen=True, slots=True)
class Listed:
    """Findings with their states, and the place that stands for each in a list, by id."""

    findings: Mapping[FindingId, Finding]
    places: Mapping[FindingId, Place]


def listed(case: Case, found: Overview, ids: Sequence[FindingId]) -> Listed:
    """What is to be said of these: nothing else is read."""
    taken = standing(found.decisions, found.today)
    settled = settle_these(case, case.index.findings(with_ids(ids)), taken)
    return Listed({finding.id: finding for finding in settled}, first_places(case.index, ids))


def paths_of(case: Case) -> Mapping[FindingId, str]:
    """The file that each finding is listed under; what stands in none is left out."""
    return first_paths(case.index)
