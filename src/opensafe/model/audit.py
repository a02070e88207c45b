"""One finished audit, as it is written to the case."""

from dataclasses import dataclass

from opensafe.model.coverage import Coverage
from opensafe.model.finding import Finding
from opensafe.model.identifiers import Oid


@dataclass(frozen=True, slots=True)
class RefRecord:
    """A ref of the source. `name` is for display (masked, escaped), `key` identifies it."""

    name: str
    key: str
    oid: Oid
    published: bool


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the source was when it was read: a digest over every object id and ref, and its counts."""

    digest: str
    head: Oid | None
    head_ref: str
    commits: int
    object_format: str  # sha1 or sha256
    refs: tuple[RefRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """Findings carry all their places here. `rules_digest` names the detectors and people that were searched."""

    source: SourceState
    rules_digest: str
    opensafe_version: str
    finished: str  # UTC, ISO 8601
    seconds: float
    findings: tuple[Finding, ...]
    coverage: Coverage
    roster_digest: str = ""
