"""What each outstanding duty asks of a person, in words for somebody who never opens a terminal."""

from collections.abc import Mapping
from dataclasses import dataclass

from opensafe.reports.outstanding import Duty


@dataclass(frozen=True, slots=True)
class Advice:
    """`who` usually does it, `what` it is, `anchor` the part of the report that holds the details."""

    who: str
    what: str
    anchor: str


ADVICE: Mapping[Duty, Advice] = {
    Duty.AUDIT: Advice(
        "Developer", "Have the repository read. Until then this report says nothing about it.", "not-read"
    ),
    Duty.FAILED: Advice(
        "Developer", "Do not publish. The new history is not what was decided: it must be made again.", "verification"
    ),
    Duty.SKIPS: Advice(
        "Developer and IG lead",
        "Make each part readable, remove its file, or accept by name that it stays unread.",
        "not-read",
    ),
    Duty.FINDINGS: Advice(
        "IG lead and developer", "Decide for each: redact it, remove the file, or keep it and say why.", "found"
    ),
    Duty.ROTATION: Advice(
        "Owner of each system",
        "Replace each credential. Removing it from the history does not make it safe.",
        "rotation",
    ),
    Duty.PLAN: Advice(
        "Release manager", "Choose how the history will be opened, and approve the plan by name.", "plan"
    ),
    Duty.VERIFICATION: Advice("Developer", "Have the new history proved against what was decided.", "verification"),
    Duty.CHECKLIST: Advice("Row by row", "Meet each open row, or attest it with evidence.", "checklist"),
    Duty.OPENNESS: Advice(
        "Whoever decides about openness",
        "Wait for the opening date, take the component out, or decide anew what may be published.",
        "categories",
    ),
    Duty.SIGNOFFS: Advice("The roles named", "Read this report to its end, then sign off by name.", "signoffs"),
}
