"""What differs from run to run, held still for the example: the clock, the key of the case, the account, the machine.

The product has no switch for this. It is done from outside, in a process of its own, before anything of opensafe is
imported: `datetime` there is a class whose `now` is a day that the example chooses, and the key comes from a hash.
"""

import datetime as dt
import hashlib
import os
import secrets

_ACCOUNT = "ddemo"
_KEY = hashlib.sha256(b"the key of the example").digest()
_REAL = dt.datetime


class StoppedClock(_REAL):
    """A date and time whose present is the one that was set last."""

    _present = _REAL(2021, 9, 6, 9, tzinfo=dt.UTC)

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> "StoppedClock":
        shown = cls._present.astimezone(tz)
        return cls.combine(shown.date(), shown.time(), shown.tzinfo)

    @classmethod
    def set(cls, moment: str) -> None:
        """`moment` in UTC, as `2021-09-06 09:00`."""
        cls._present = _REAL.fromisoformat(moment).replace(tzinfo=dt.UTC)


def _key(nbytes: int | None = None) -> bytes:
    return _KEY[:nbytes]


def hold_still() -> type[StoppedClock]:
    """For this process, for good: call it before anything of opensafe is imported."""
    dt.datetime = StoppedClock  # type: ignore[misc]
    secrets.token_bytes = _key
    os.environ.update({"LOGNAME": _ACCOUNT, "USERNAME": _ACCOUNT, "TZ": "UTC"})
    return StoppedClock
