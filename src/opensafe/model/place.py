"""Where a finding stands."""

from dataclasses import dataclass
from enum import StrEnum

from opensafe.model.identifiers import Oid


class PlaceKind(StrEnum):
    """What kind of text holds the finding (JSON contract, `kind`)."""

    BLOB = "blob"
    PATH = "path"
    COMMIT_MESSAGE = "commit-message"
    TAG_MESSAGE = "tag-message"
    IDENTITY = "identity"
    REF_NAME = "ref-name"
    NOTE = "note"
    COMMIT_HEADER = "commit-header"
    SYMLINK_TARGET = "symlink-target"
    SUBMODULE_URL = "submodule-url"
    CONFIG = "config"
    INDEX = "index"
    WORKTREE = "worktree"
    REFLOG = "reflog"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence of a finding.

    `path` and `ref` are for display: masked where the name itself holds a finding, controls escaped.
    `path_key` and `ref_key` (FingerprintKey.name of the raw bytes) identify them.
    `start` and `end` are byte offsets in the innermost decoded content that `via` leads to; `line` counts
    from 1, `column` from 1, in bytes. For identities `count` is the number of commits that carry it, else 1.
    """

    kind: PlaceKind
    oid: Oid | None
    path: str | None
    path_key: str | None
    ref: str | None
    ref_key: str | None
    line: int
    column: int
    start: int
    end: int
    via: tuple[str, ...]
    first_commit: Oid | None
    last_commit: Oid | None
    in_head: bool
    published: bool
    count: int = 1
