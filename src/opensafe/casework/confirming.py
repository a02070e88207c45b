"""A second person's word about decisions that wait for one: the same at the command line and on a sheet."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opensafe.casefile.canonical import canonical
from opensafe.casefile.folder import Case
from opensafe.casefile.records import encode
from opensafe.errors import UsageError
from opensafe.model.decision import Decision
from opensafe.model.finding import Finding
from opensafe.model.same_person import is_name, same_person
from opensafe.model.settlement import unreplaced
from opensafe.model.text import counted

_SHORT = 12  # hexadecimal digits: enough for what one person wrote about one finding

Waiting = Mapping[str, Sequence[Decision]]
"""The decisions that wait for a second person, by subject."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """`second` agrees with everything that waits about these findings."""

    findings: tuple[Finding, ...]
    second: str
    reason: str = ""


def waiting_decisions(decisions: Sequence[Decision], today: date) -> Waiting:
    """What waits and has not run out."""
    found = {
        subject: [decision for decision in taken if decision.pending and not decision.expired(today)]
        for subject, taken in unreplaced(decisions).items()
    }
    return {subject: taken for subject, taken in found.items() if taken}


def check_second(finding: Finding, second: str, waiting: Waiting) -> None:
    """Raises UsageError where nothing waits about this finding, or `second` is who decided."""
    if not is_name(second):
        raise UsageError("a confirmation needs the name of a person", remedy="--second NAME")
    taken = waiting.get(finding.id, ())
    if not taken:
        raise UsageError(
            f"{finding.id} does not wait for a second person",
            remedy="opensafe findings --awaiting-second lists what does; to decide, add --action",
        )
    if any(same_person(decision.by, second) for decision in taken):
        raise UsageError(
            f"{finding.id}: the second person is the one who decided",
            remedy="--second NAME names somebody else; or say why nobody else confirms it: decide again with"
            " --without-second TEXT",
        )


def confirming_lines(confirmation: Confirmation, today: date) -> Iterator[Decision]:
    """The lines that go on the record."""
    for finding in confirmation.findings:
        yield Decision(finding.id, None, confirmation.second, today, reason=confirmation.reason, confirms=True)


def log_confirmation(case: Case, confirmation: Confirmation) -> None:
    """One entry of the log."""
    count = len(confirmation.findings)
    what = f"Confirmed the decisions about {counted(count, 'finding')} as a second person"
    case.log.append("decide", what, by=confirmation.second, why=confirmation.reason, details={"findings": count})


def waiting_code(taken: Sequence[Decision]) -> str:
    """What tells these very decisions from later ones: whoever confirms on paper confirms what stood there."""
    return hashlib.sha256(canonical([encode(decision) for decision in taken])).hexdigest()[:_SHORT]
