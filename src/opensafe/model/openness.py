"""Openness categories of the policy, by component: what may be published, and from when (policy v1.0, section 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase

_EVERYTHING = "*"


class Openness(StrEnum):
    CODED_IN_THE_OPEN = "coded-in-the-open"
    OPEN_SOURCE = "open-source"
    CLOSED = "closed"
    SECURED = "secured"


class Delay(StrEnum):
    """Why Closed code waits, which decides how long it may (policy v1.0, cooling-off)."""

    DELIVERY = "delivery"
    OFFICIAL_STATISTICS = "official-statistics"
    UNRELEASED_POLICY = "unreleased-policy"
    COMMERCIAL = "commercial"

    @property
    def months(self) -> int:
        """The longest cooling-off after delivery, in months."""
        return 6 if self is Delay.DELIVERY else 9


EXTENSION = 9
"""Months that a central government body may add."""


@dataclass(frozen=True, slots=True)
class Categorised:
    """One line: the component (a glob over paths as shown, `*` is the whole repository) and its category.

    Closed has either an opening date (`opens`, with `delivered`, `delay` and, beyond its months, `agreed_by`), or is
    an exception that stays closed: with an end (`expires`) and a short threat model (`attacker`, `adds`, `harm`).
    Secured names the law or the system that asks for it (`duty`).
    """

    path: str
    category: Openness
    reason: str
    by: str
    on: date
    delivered: date | None = None
    delay: Delay | None = None
    opens: date | None = None
    agreed_by: str = ""
    expires: date | None = None
    duty: str = ""
    attacker: str = ""
    adds: str = ""
    harm: str = ""

    @property
    def exception(self) -> bool:
        """Whether it is to stay closed for now, without an opening date."""
        return self.category is Openness.CLOSED and self.opens is None

    def covers(self, path: str) -> bool:
        return self.path == _EVERYTHING or fnmatchcase(path, self.path)

    def forbids(self, today: date) -> str:
        """Why what it covers may not be published today; empty where it may."""
        if self.category is Openness.SECURED:
            return f"Secured: {self.duty}"
        if self.category is not Openness.CLOSED:
            return ""
        if self.opens is not None:
            return f"Closed until {self.opens.isoformat()}" if today < self.opens else ""
        if self.expires is not None and self.expires < today:
            return f"Closed by an exception that ended on {self.expires.isoformat()}: decide again"
        return "Closed by an exception"


def category_of(path: str, lines: Sequence[Categorised]) -> Categorised | None:
    """The newest line that covers the path; none where nobody has said anything: then it is to be opened."""
    return next((line for line in reversed(lines) if line.covers(path)), None)


def standing_categories(lines: Sequence[Categorised]) -> tuple[Categorised, ...]:
    """The newest line of each component, in the order in which they were first named."""
    return tuple({line.path: line for line in lines}.values())


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = (date(day.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - date.resolution).day
    return date(day.year + year, month + 1, min(day.day, last))
