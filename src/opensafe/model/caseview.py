"""The whole case as a report sees it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from opensafe.model.audit import AuditRecord
from opensafe.model.census import Census
from opensafe.model.decision import Decision
from opensafe.model.exposure import Exposure
from opensafe.model.finding import Finding
from opensafe.model.hosting import HostingFacts
from opensafe.model.identifiers import FindingId
from opensafe.model.logentry import LogEntry
from opensafe.model.openness import Categorised
from opensafe.model.plan import RewritePlan
from opensafe.model.readiness import Checklist, SignOff
from opensafe.model.risk import Risk
from opensafe.model.rotation import Rotation
from opensafe.model.verification import Verification


@dataclass(frozen=True, slots=True)
class UnredactedCopy:
    """A copy that must hold unredacted content: listed with where it is and when it is to be destroyed."""

    what: str
    where: str
    holder: str
    destroy_by: str


@dataclass(frozen=True, slots=True)
class WholeList:
    """A file with one row for each finding: its name, and the SHA-256, in hex, of what it holds."""

    name: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything that a report shows. `audit.findings` carry their states and (a cut of) their places.

    `after` is the re-audit of the new history, where there is one; `rotations` holds the last line of each
    credential; `unrotated` are the ids of secret findings whose rotation does not settle them `today` (UTC);
    `forbidden` says which paths of the new history a category keeps back, in one sentence for each category.
    Of a large case `findings` are the gravest only: `counts` counts all, `credentials` are all the credentials, and
    `whole_list` is the file that lies beside the report and holds every finding; `rows` gives its lines. Where a report
    has every finding as JSON, `written` gives them: `findings` are then those of people and the credentials.
    """

    name: str
    organisation: str
    made: str  # UTC, ISO 8601
    version: str
    profile: str
    audit: AuditRecord | None
    findings: tuple[Finding, ...]
    decisions: tuple[Decision, ...]
    rotations: tuple[Rotation, ...]
    unrotated: tuple[FindingId, ...]
    plan: RewritePlan | None
    plan_approved_by: str
    verification: Verification | None
    checklist: Checklist | None
    signoffs: tuple[SignOff, ...]
    log: tuple[LogEntry, ...]
    log_head: str
    copies: tuple[UnredactedCopy, ...]
    release: str = ""  # the tag, where released
    roles: Mapping[str, str] = field(default_factory=dict)
    next_step: str = ""
    hosting: HostingFacts | None = None
    today: date = date.min
    exposures: Mapping[FindingId, Exposure] = field(default_factory=dict)
    risks: tuple[Risk, ...] = ()
    categories: tuple[Categorised, ...] = ()
    forbidden: tuple[str, ...] = ()
    census: Census | None = None
    credentials: tuple[Finding, ...] = ()
    whole_list: WholeList | None = None
    rows: Callable[[], Iterable[str]] | None = None
    written: Callable[[], Iterable[str]] | None = None

    @property
    def counts(self) -> Census:
        """How many findings there are of each kind, listed or not."""
        return self.census or Census.of(self.findings)

    @property
    def unlisted(self) -> Census:
        """Of these, the ones that are not among `findings`."""
        return self.counts.without(Census.of(self.findings))
