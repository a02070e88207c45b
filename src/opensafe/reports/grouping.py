"""Findings and decisions in the groups that people think in: categories, people, values, batches."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from opensafe.model.census import Census, Count, Kind
from opensafe.model.decision import Decision
from opensafe.model.finding import Category, Finding, Severity, State
from opensafe.reports.finding_groups import FindingGroup, grouped
from opensafe.reports.review_order import in_review_order, urgency


@dataclass(frozen=True, slots=True)
class Tally:
    """One category in numbers: findings by severity, and how many await a decision."""

    category: Category
    total: int
    occurrences: int
    open: int
    open_unpublished: int
    by_severity: Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class PersonGroup:
    """Everything found about one person, who is a number here; findings that say the same are grouped."""

    person: int
    groups: tuple[FindingGroup, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for group in self.groups for finding in group.findings)

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(finding.title for finding in self.findings))

    @property
    def occurrences(self) -> int:
        return sum(finding.occurrences for finding in self.findings)

    @property
    def states(self) -> tuple[State, ...]:
        return tuple(dict.fromkeys(finding.state for finding in self.findings))

    @property
    def severity(self) -> Severity:
        """The gravest."""
        return min((finding.severity for finding in self.findings), key=lambda severity: severity.rank)

    @property
    def in_head(self) -> bool:
        return any(finding.in_head for finding in self.findings)

    @property
    def published(self) -> bool:
        return any(finding.published for finding in self.findings)


@dataclass(frozen=True, slots=True)
class DecisionBatch:
    """Decisions that differ only in their subject: what was decided in one go is shown in one row."""

    decision: Decision
    subjects: tuple[str, ...]


def tallies(census: Census) -> list[Tally]:
    """One tally for each category that has findings."""
    return [_tally(category, census) for category in census.categories()]


def of_category(findings: Iterable[Finding], category: Category) -> list[Finding]:
    return [finding for finding in findings if finding.category is category]


def _tally(category: Category, census: Census) -> Tally:
    total = census.where(category)
    return Tally(
        category=category,
        total=total.findings,
        occurrences=total.occurrences,
        open=census.where(category, waits=True).findings,
        open_unpublished=census.where(category, waits=True, published=False).findings,
        by_severity={s: found for s in Severity if (found := census.where(category, severity=s).findings)},
    )


def by_person(findings: Iterable[Finding]) -> list[PersonGroup]:
    """One group for each known person, in review order of what is gravest about them."""
    people: dict[int, list[Finding]] = {}
    for finding in in_review_order(findings):
        if finding.person is not None:
            people.setdefault(finding.person, []).append(finding)
    return [PersonGroup(person, tuple(grouped(about))) for person, about in people.items()]


def by_value(findings: Iterable[Finding]) -> dict[Category, list[FindingGroup]]:
    """Findings of no known person, those that say the same together, by category: the most urgent one first."""
    unknown = [finding for finding in findings if finding.person is None]
    found = {category: members for category in Category if (members := of_category(unknown, category))}
    order = sorted(found, key=lambda category: min(map(urgency, found[category])))
    return {category: grouped(found[category]) for category in order}


def decided(census: Census) -> dict[State, Count]:
    """How many findings have each decision, without those that await one."""
    counts = {state: census.where(state=state) for state in State if state is not State.OPEN}
    return {state: count for state, count in counts.items() if count.findings}


def unlisted(census: Census) -> list[tuple[Kind, Count]]:
    """What is only counted: in the order of review, equal ones by what was decided."""
    return sorted(
        census.counts.items(),
        key=lambda item: (not item[0].waits, item[0].severity.rank, item[0].category, item[0].state),
    )


def in_batches(decisions: Iterable[Decision]) -> list[DecisionBatch]:
    """Decisions in the order in which they were first taken, equal ones together."""
    batches: dict[Hashable, tuple[Decision, list[str]]] = {}
    for decision in decisions:
        said = what_it_says(decision)
        if said not in batches:
            batches[said] = decision._replace(subject=""), []
        batches[said][1].append(decision.subject)
    return [DecisionBatch(decision, tuple(subjects)) for decision, subjects in batches.values()]


def what_it_says(decision: Decision) -> Hashable:
    """Everything but the subject: tens of thousands may be alike in it."""
    return decision[1:]
