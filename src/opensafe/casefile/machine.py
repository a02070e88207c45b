"""Who and when, as the operating system says: what the log and the lock record."""

import getpass
import platform
from datetime import UTC, datetime

_ISO = "%Y-%m-%dT%H:%M:%SZ"


def now() -> datetime:
    return datetime.now(UTC)


def iso(moment: datetime) -> str:
    """UTC, ISO 8601, to the second: 2025-11-22T05:37:00Z."""
    return moment.astimezone(UTC).strftime(_ISO)


def moment_of(text: str) -> datetime | None:
    """What `iso` wrote; `None` for anything else."""
    try:
        return datetime.strptime(text, _ISO).replace(tzinfo=UTC)
    except ValueError:
        return None


def os_user() -> str:
    """The account's name; "unknown" where the system has none for this process."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # Python before 3.13 lets the last two through
        return "unknown"


def host() -> str:
    return platform.node()
