"""The rotation record: one credential, its states, with evidence (facts, secrets 11)."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

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


class Rotation(NamedTuple):
    """One line of the record: append-only, the last line of a credential holds; a correction is a new line.

    `opens` says what the credential opens, in words. `attachment` is the SHA-256, in hex, of a file that was shown as
    evidence (a screenshot); the file stays where it is. `expires` ends an accepted risk, `risk` is its entry in the
    risk register. `alone` is the reason for having no second person where one is asked for.
    """

    finding: FindingId
    state: RotationState
    owner: str
    on: date
    by: str
    evidence: str
    second: str = ""
    opens: str = ""
    attachment: str = ""
    expires: date | None = None
    risk: str = ""
    alone: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether the credential may still work, and somebody has accepted that."""
        return self.state is RotationState.ACCEPTED_RISK

    def settles(self, today: date) -> bool:
        """Whether a release may go ahead: an accepted risk holds up to its last day, and is open again after it."""
        return self.state.settles and (self.expires is None or today <= self.expires)
