"""The rotation record: one credential, its states, with evidence."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from opensafe.model.identifiers import FindingId


class RotationState(StrEnum):
    FOUND = "found"
    ROTATING = "rotating"
    ROTATED = "rotated"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NEVER_VALID = "never-valid"
    ACCEPTED_RISK = "accepted-risk"

    @property
    def settles(self) -> bool:
        """Whether a release may go ahead with the credential in this state (facts, secrets 11)."""
        return self not in {RotationState.FOUND, RotationState.ROTATING}


@dataclass(frozen=True, slots=True)
class Rotation:
    """One line of the record: append-only, the last line of a finding holds."""

    finding: FindingId
    state: RotationState
    owner: str
    on: date
    by: str
    evidence: str
    second: str = ""
