"""What there is to do, counted by the index: only the findings that decisions are about are read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casefile.view import settle_these, settled_where
from opensafe.casefile.where import EVERY, concerned, with_ids
from opensafe.model.decision import Decision
from opensafe.model.finding import Finding, State
from opensafe.model.identifiers import FindingId
from opensafe.model.settlement import standing

# As `Finding.waits` says it of a finding that nobody has decided about.
_WAITING = EVERY.also("published = 1").also("covered_by = '[]' OR category = 'secret'")
_SECRETS = EVERY.also("category = 'secret'")


@dataclass(frozen=True, slots=True)
class Tally:
    """`waiting` are those of the findings that would be published and that somebody has to decide about."""

    findings: int
    waiting: int
    credentials: tuple[FindingId, ...]


def tally(case: Case, decisions: Iterable[Decision], today: date) -> Tally:
    """The numbers that `settled` would give. Raises OutOfOrder before the first audit."""
    taken = standing(decisions, today)
    before = case.index.findings(concerned(taken)) if taken else ()
    after = settle_these(case, before, taken)
    called_none = {finding.id for finding in after if finding.state is State.NOT_A_FINDING}
    return Tally(
        findings=case.index.count(),
        waiting=case.index.count(_WAITING) - _waiting(before) + _waiting(after),
        credentials=tuple(id_ for id_ in case.index.ids(_SECRETS) if id_ not in called_none),
    )


def _waiting(findings: Sequence[Finding]) -> int:
    return sum(finding.waits and finding.published for finding in findings)


def waiting_of(case: Case, ids: Iterable[str], today: date) -> frozenset[FindingId]:
    """Which of these wait for a decision, and would be published."""
    found, _ = settled_where(case, today, with_ids(ids))
    return frozenset(finding.id for finding in found if finding.waits and finding.published)
