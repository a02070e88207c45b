"""Numbers and dates as the cells of a table, written as people would look for them."""

import math
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STATA_EPOCH = datetime(1960, 1, 1, tzinfo=UTC)
SAS_EPOCH = STATA_EPOCH
SPSS_EPOCH = datetime(1582, 10, 14, tzinfo=UTC)


def number(value: float) -> str:
    """Whole numbers without a point, so that an identifier stored as a number is found; nothing for no number."""
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() else repr(value)


def day(value: float, epoch: datetime = EPOCH) -> str:
    """A date given as days since `epoch`; the number itself where it is no date of the calendar."""
    return _moment(value, epoch, timedelta(days=1), "%Y-%m-%d")


def moment(value: float, unit: timedelta, epoch: datetime = EPOCH) -> str:
    """A moment given as a number of units since `epoch`; only the date where it is midnight."""
    whole_days = math.isfinite(value) and value * unit.total_seconds() % 86_400 == 0
    return _moment(value, epoch, unit, "%Y-%m-%d" if whole_days else "%Y-%m-%d %H:%M:%S")


def _moment(value: float, epoch: datetime, unit: timedelta, form: str) -> str:
    if not math.isfinite(value):
        return ""
    try:
        return (epoch + value * unit).strftime(form)
    except (OverflowError, ValueError):
        return number(value)
