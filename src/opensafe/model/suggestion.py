"""What opensafe would decide, and on what evidence: a person decides."""

from dataclasses import dataclass
from enum import StrEnum

from opensafe.model.decision import Action
from opensafe.model.identifiers import FindingId


class Strength(StrEnum):
    """Evidence is strong where no judgement is left: many such suggestions may be accepted at once.

    That is so in two cases only. The value itself is of a kind that a publication keeps for examples and tests (a
    reserved domain, a number that is never issued, a credential printed in a provider's manual). Or the action takes
    away what no policy lets stay, so that a mistake costs a file or a string, and never a leak.

    Everything that rests on the text around a value, on another tool's word, or on what a person may want (a name in
    the credits) is weak: it is accepted one by one.
    """

    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`evidence` is one sentence for people, without the value: it becomes the reason of the decision."""

    finding: FindingId
    action: Action
    evidence: str
    strength: Strength

    @property
    def sentence(self) -> str:
        return f"{self.action}: {self.evidence} ({self.strength})"
