"""What was not looked at: named, counted, with a reason; never called clean."""

from dataclasses import dataclass
from enum import StrEnum

from opensafe.model.identifiers import Oid, SkipId


class SkipReason(StrEnum):
    """The closed list of reasons (facts, history 8)."""

    CORRUPT = "corrupt"
    MISSING = "missing"
    TOO_LARGE = "too large"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported format"
    ARCHIVE_BUDGET = "over archive budget"
    TIME_BUDGET = "over time budget"
    UNREADABLE_FILE = "unreadable file"
    SYMLINK = "symlink not followed"
    SUBMODULE = "submodule"
    LFS = "LFS content absent"
    SHALLOW = "shallow history"


class SkipState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REMOVE_FILE = "remove-file"


@dataclass(frozen=True, slots=True)
class Skip:
    """One thing that could not be read. `path` is for display; `detail` says where inside (`via`)."""

    id: SkipId
    oid: Oid | None
    path: str | None
    reason: SkipReason
    detail: str = ""
    state: SkipState = SkipState.OPEN
    path_key: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A skip before it has an id: what rooms below the audit report."""

    reason: SkipReason
    oid: Oid | None = None
    path: bytes | None = None
    via: tuple[str, ...] = ()
    detail: str = ""
