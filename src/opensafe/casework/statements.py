"""What people say about the checklist, before it is recorded for a commit."""

from dataclasses import dataclass

from opensafe.model.readiness import AnswerValue, Role


@dataclass(frozen=True, slots=True)
class Said:
    """What one person says about one row of the checklist."""

    row: str
    answer: AnswerValue
    by: str
    role: Role
    evidence: str


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signs in which role, having seen the log up to `log_head` (empty: up to now)."""

    role: Role
    by: str
    log_head: str
