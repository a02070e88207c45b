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
    public history, with their states and all their places. Of the audit of the source, `undecided` are the findings
    that would be published and await a decision, `kept_files` the paths of files that a decision keeps, and
    `credentials` counts the secrets; `unrotated` counts those of them that no rotation settles, and `risked` names
    those that are settled as an accepted risk: they may still work.
    `remote` is the address that the repository is published at, empty where there is none. `permissions` says by
    path who allowed a data file to stay.
    """

    files: Mapping[str, bytes] = field(repr=False)
    commit: str
    messages: tuple[str, ...] = field(repr=False)
    tags: tuple[str, ...]
    findings: tuple[Finding, ...]
    undecided: tuple[FindingId, ...]
    kept_files: AbstractSet[str]
    coverage_complete: bool
    unsettled_skips: int
    unrotated: int
    credentials: int
    verification: Verification | None
    organisation: str
    remote: str
    risked: AbstractSet[FindingId] = frozenset()
    permissions: Mapping[str, str] = field(default_factory=dict)
