"""One line of the hash-chained log."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LogEntry:
    """`previous` is the hash of the line before (64 zeros in the first), `hash` covers every other field.

    `details` hold counts, ids and digests: never a value, never a path that holds one.
    """

    seq: int
    time: str  # UTC, ISO 8601
    os_user: str
    by: str  # the person as stated, empty where none was
    role: str
    step: str
    what: str  # one sentence for people
    why: str
    version: str
    details: Mapping[str, str | int | float | bool]
    previous: str
    hash: str = field(default="")
