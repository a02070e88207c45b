"""Findings and decisions in the groups that people think in: categories, people, values, batches."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from opensafe.model.decision import Decision
from opensafe.model.finding import Category, Finding, Severity, State
from opensafe.reports.wording import label


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
    """Everything found about one person, who is a number here."""

    person: int
    findings: tuple[Finding, ...]

    @property
    def kinds(self) -> str:
        return ", ".join(dict.fromkeys(label(finding.form) for finding in self.findings))

    @property
    def occurrences(self) -> int:
        return sum(finding.occurrences for finding in self.findings)

    @property
    def states(self) -> tuple[State, ...]:
        return tuple(dict.fromkeys(finding.state for finding in self.findings))


@dataclass(frozen=True, slots=True)
class DecisionBatch:
    """Decisions that differ only in their subject: what was decided in one go is shown in one row."""

    decision: Decision
    subjects: tuple[str, ...]


def in_review_order(findings: Iterable[Finding]) -> list[Finding]:
    """What awaits a decision first, then by severity; ties by id, so that the order never depends on input."""
    return sorted(findings, key=lambda f: (f.state is not State.OPEN, f.severity.rank, f.confidence.rank, f.id))


def tallies(findings: Sequence[Finding]) -> list[Tally]:
    """One tally for each category that has findings."""
    return [_tally(category, group) for category in Category if (group := of_category(findings, category))]


def of_category(findings: Iterable[Finding], category: Category) -> list[Finding]:
    return [finding for finding in findings if finding.category is category]


def _tally(category: Category, findings: Sequence[Finding]) -> Tally:
    waiting = [finding for finding in findings if finding.state is State.OPEN]
    return Tally(
        category=category,
        total=len(findings),
        occurrences=sum(finding.occurrences for finding in findings),
        open=len(waiting),
        open_unpublished=sum(1 for finding in waiting if not finding.published),
        by_severity=Counter(finding.severity for finding in findings),
    )


def by_person(findings: Iterable[Finding]) -> list[PersonGroup]:
    """One group for each known person, by number."""
    groups: dict[int, list[Finding]] = {}
    for finding in in_review_order(findings):
        if finding.person is not None:
            groups.setdefault(finding.person, []).append(finding)
    return [PersonGroup(person, tuple(groups[person])) for person in sorted(groups)]


def by_value(findings: Iterable[Finding]) -> dict[Category, list[Finding]]:
    """Findings of no known person, by category: a finding is one value, wherever it stands."""
    ordered = [finding for finding in in_review_order(findings) if finding.person is None]
    return {category: group for category in Category if (group := of_category(ordered, category))}


def decided(findings: Iterable[Finding]) -> dict[State, list[Finding]]:
    """Findings by what was decided, without those that await a decision."""
    ordered = in_review_order(findings)
    groups = {state: [f for f in ordered if f.state is state] for state in State if state is not State.OPEN}
    return {state: group for state, group in groups.items() if group}


def in_batches(decisions: Iterable[Decision]) -> list[DecisionBatch]:
    """Decisions in the order in which they were first taken, equal ones together."""
    batches: dict[Decision, list[str]] = {}
    for decision in decisions:
        batches.setdefault(replace(decision, subject=""), []).append(decision.subject)
    return [DecisionBatch(decision, tuple(subjects)) for decision, subjects in batches.items()]
