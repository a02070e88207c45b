"""The order in which people review findings: what is undecided, then what is grave, then what will be published."""

from collections.abc import Iterable

from opensafe.model.finding import Finding


def in_review_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by `gravity`; ties by id, so that the order never depends on the input."""
    return sorted(findings, key=lambda finding: (*gravity(finding), finding.id))


def urgency(finding: Finding) -> tuple[bool, int, bool]:
    """Sorts first what awaits a decision, then the graver, then what will be published."""
    return (not finding.waits, finding.severity.rank, not finding.published)


def gravity(finding: Finding) -> tuple[bool | int | str, ...]:
    """By urgency, then what is in the latest version, then the surer; equal ones by what they are."""
    return (*urgency(finding), not finding.in_head, finding.confidence.rank, finding.title, finding.masked)
