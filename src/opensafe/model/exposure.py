"""How long a credential could be read, and by whom: what decides the order of work."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Reach(StrEnum):
    """Who could read a credential. Whatever was public once is compromised for good (policy v1.0, section 4 h)."""

    PUBLIC = "public"  # the repository was open to strangers
    SHARED = "shared"  # in a branch, tag or note: with everybody who has a copy
    LOCAL = "local"  # only in a stash, a reflog, a lost object, the work tree

    @property
    def rank(self) -> int:
        """0 for the widest: the order of work."""
        return _RANKS[self]


_RANKS = {reach: rank for rank, reach in enumerate(Reach)}


class Exposure(NamedTuple):
    """From the first commit that held the credential until it was settled, or today (`until`).

    `since` is `None` where the history does not tell: nothing of it is in a commit, or the source is out of reach.
    """

    since: date | None
    until: date
    reach: Reach

    @property
    def days(self) -> int | None:
        """Whole days, 0 on the first one; never negative, however the clocks of the committers went."""
        return None if self.since is None else max(0, (self.until - self.since).days)

    @property
    def compromised(self) -> bool:
        return self.reach is Reach.PUBLIC
