"""Everything that the checks may know, put together once by a step."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from opensafe.model.finding import Finding
from opensafe.model.identifiers import FindingId
from opensafe.model.verification import Verification


@dataclass(frozen=True, slots=True)
class Facts:
    """One commit of the history that will be public, and what the audits say about it.

    `files` is the tree of `commit` (POSIX paths; large binary contents may be given as b""). `messages` are the
    commit messages of the public history, `tags` its tag names. `findings` are those of the re-audit of the
    public history, `closed_findings` those of the audit of the source, both with their states and all their
    places. `credentials` counts the secret findings of the source, `unrotated` those that no rotation settles, and
    `risked` names those that are settled as an accepted risk: they may still work.
    `remote` is the address that the repository is published at, empty where there is none. `permissions` says by
    path who allowed a data file to stay.
    """

    files: Mapping[str, bytes] = field(repr=False)
    commit: str
    messages: tuple[str, ...] = field(repr=False)
    tags: tuple[str, ...]
    findings: tuple[Finding, ...]
    closed_findings: tuple[Finding, ...]
    coverage_complete: bool
    unsettled_skips: int
    unrotated: int
    credentials: int
    verification: Verification | None
    organisation: str
    remote: str
    risked: AbstractSet[FindingId] = frozenset()
    permissions: Mapping[str, str] = field(default_factory=dict)
