"""Records that a clock was ahead when it wrote to the log: from there on the clock of this computer counts again."""

from dataclasses import dataclass
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casefile.machine import now
from opensafe.casefile.reached import REACHED
from opensafe.casework.typed_texts import refuse_values
from opensafe.errors import UsageError


@dataclass(frozen=True, slots=True)
class Corrected:
    """The day that the record had reached, and the one (UTC) that it goes on from."""

    before: date
    day: date


def correct_day(case: Case, *, by: str, reason: str, cache: str | None = None) -> Corrected:
    """What had run out by the wrong day holds again: so this takes a person and a reason. Raises UsageError."""
    if not by.strip() or not reason.strip():
        raise UsageError("a correction needs a person and a reason", remedy="add --by NAME and --reason TEXT")
    refuse_values(case, cache, reason=reason)
    with case.writing("log correct-day"):
        before = case.log.ahead()
        if before is None:
            raise UsageError(
                "the record of this case is not ahead of the clock of this computer: there is nothing to correct",
                remedy="opensafe log verify names entries whose times are out of order",
            )
        made = Corrected(before, now().date())
        details = {REACHED: made.day.isoformat(), "corrected": made.before.isoformat()}
        what = f"Corrected the day from {made.before} to {made.day}: a clock had been ahead"
        case.log.append("log", what, by=by, why=reason, details=details)
    return made
