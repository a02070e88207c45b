"""What the audits still hold against a release: the common part of the checks on secrets, data and names."""

from collections.abc import Iterable, Sequence

from opensafe.model.finding import Finding, State
from opensafe.model.identifiers import FindingId
from opensafe.model.readiness import AnswerValue, Outcome
from opensafe.readiness.facts import Facts

_ALLOWED = frozenset((State.KEEP, State.NOT_A_FINDING))
_SHOWN = 5


def remaining(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of the public history that nobody decided to leave there: open ones, and those that should be gone."""
    return tuple(finding for finding in findings if finding.state not in _ALLOWED)


def judge(facts: Facts, findings: Iterable[Finding], what: str) -> Outcome:
    """Not met while any of them remains; cannot tell while something was not read and nobody has settled that."""
    found = tuple(findings)
    left = remaining(found)
    if left:
        return Outcome(AnswerValue.NOT_MET, (f"{what} that are still there or not decided: {named(left)}",))
    if facts.unsettled_skips:
        return Outcome(AnswerValue.CANNOT_TELL, (f"{facts.unsettled_skips} things were not read and are not settled",))
    return Outcome(AnswerValue.MET, tuple(_evidence(facts, found, what)))


def _evidence(facts: Facts, found: tuple[Finding, ...], what: str) -> Iterable[str]:
    yield f"the audit of the public history has no undecided {what}"
    if found:
        yield f"left there by decision: {named(found)}"
    if not facts.coverage_complete:
        yield "not everything could be read: each such thing was accepted by name"


def named(findings: tuple[Finding, ...]) -> str:
    """The number of findings and the first ids: never a value."""
    return named_ids([finding.id for finding in findings])


def named_ids(ids: Sequence[FindingId]) -> str:
    """The same of findings of which only the ids are known."""
    return f"{len(ids)} ({', '.join(ids[:_SHOWN])}{', …' if len(ids) > _SHOWN else ''})"


def listed(items: Iterable[str]) -> str:
    """The first of many items, and how many there are."""
    known = tuple(items)
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return ", ".join(known[:_SHOWN]) + more
