"""Which day a case has reached, as its log proves: a clock that is set back brings nothing that ran out to life again.

Each entry keeps the time of its machine. One that was written on an earlier day than the record had reached carries
that day on, so that the last entry alone tells: nothing else of a long log is read.
"""

from datetime import UTC, date, datetime, timedelta

from opensafe.casefile.machine import moment_of
from opensafe.model.logentry import LogEntry

REACHED = "reached"
"""The detail of an entry that names the day, where that is another than the day of its own time."""

SLACK = timedelta(minutes=5)
"""The clocks of two machines may differ a little."""


def reached_by(entry: LogEntry) -> date:
    """The day (UTC) that the record had reached with this entry. Raises ValueError where it names none."""
    moment = moment_of(f"{entry.details[REACHED]}T00:00:00Z" if REACHED in entry.details else entry.time)
    if moment is None:
        raise ValueError("the entry has no time")
    return moment.date()


def carried(reached: date, moment: datetime) -> dict[str, str]:
    """What an entry that is written now says of the day that was reached before it: nothing on a day that is later."""
    return {REACHED: reached.isoformat()} if reached > moment.astimezone(UTC).date() else {}


def is_behind(moment: datetime, reached: date) -> bool:
    """Whether a clock that shows this moment has not come to that day yet."""
    return datetime(reached.year, reached.month, reached.day, tzinfo=UTC) > moment + SLACK
