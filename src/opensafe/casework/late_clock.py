"""What is said where the clock of this computer is behind the record of a case."""

from opensafe.casefile.folder import Case
from opensafe.casefile.machine import now
from opensafe.errors import OutOfOrder

SET_THE_CLOCK = (
    "set the clock; if it is right, another one was ahead: opensafe log verify, then opensafe log correct-day"
)


def late_clock(case: Case) -> str:
    """Both days in a few words; empty where the clock is not behind. Raises CaseDamaged or DiskFailed."""
    reached = case.log.ahead()
    if reached is None:
        return ""
    return f"the clock of this computer is at {now().date()}, and the record of this case has reached {reached}"


def require_clock(case: Case) -> None:
    """What becomes public carries a date, and waits for dates. Raises OutOfOrder where the clock is behind."""
    if told := late_clock(case):
        raise OutOfOrder(told, remedy=SET_THE_CLOCK)
