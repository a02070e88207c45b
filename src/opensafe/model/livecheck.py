"""What a provider answered when it was asked whether a credential still works."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from opensafe.model.identifiers import FindingId


class Liveness(StrEnum):
    """A call that failed says nothing: it is unknown, never dead (facts, secrets 11)."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a live check would send, and to whom: shown before anything leaves the machine.

    `rule` is the rule that knows the provider, `address` scheme and host of the request. `sends` names the parts that
    leave the machine by the rules that found them, never their values: the credential first.
    """

    finding: FindingId
    rule: str
    address: str
    sends: tuple[str, ...]


class LiveCheck(NamedTuple):
    """One answer: `at` is UTC in ISO 8601, `status` the HTTP status (0: none), `reason` a word of the validator."""

    finding: FindingId
    outcome: Liveness
    at: str
    by: str
    rule: str
    address: str
    status: int = 0
    reason: str = ""


def died(checks: Sequence[LiveCheck]) -> LiveCheck | None:
    """The last check, where it says inactive and an earlier one of the same rule said active: evidence that counts.

    Source: facts, secrets 11. A provider that always answered "inactive" may have been asked wrongly.
    """
    if not checks or checks[-1].outcome is not Liveness.INACTIVE:
        return None
    last = checks[-1]
    lived = any(check.outcome is Liveness.ACTIVE and check.rule == last.rule for check in checks)
    return last if lived else None
