"""Findings: what a detector returns, what the audit makes of it, what people decide about."""

from dataclasses import dataclass
from enum import StrEnum

from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place
from opensafe.model.secret import Secret


class Category(StrEnum):
    SECRET = "secret"
    NAME = "name"
    DATA = "data"
    FILE = "file"
    SETTING = "setting"


class Severity(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for critical up to 4 for info: the order of review."""
        return _SEVERITY_RANKS[self]


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        return _CONFIDENCE_RANKS[self]


_SEVERITY_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
_CONFIDENCE_RANKS = {confidence: rank for rank, confidence in enumerate(Confidence)}


class Form(StrEnum):
    """What shape a value has: chooses the replacement that the rewrite puts in its place."""

    TOKEN = "token"
    PRIVATE_KEY = "private-key"
    PERSON_NAME = "person-name"
    EMAIL = "email"
    LOGIN = "login"
    NHS_NUMBER = "nhs-number"
    NATIONAL_INSURANCE = "national-insurance"
    POSTCODE = "postcode"
    PHONE = "phone"
    HOST = "host"
    FILE = "file"  # a question about a whole file, identified by its path
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a detector returns: a span of the specimen and the value in canonical form.

    `start`/`end` are byte offsets in `Specimen.data` of exactly what a redaction would replace. `value` is the
    canonical value (for example an NHS number without spaces): equal values are one finding. For Form.FILE the
    span is empty (0, 0), and the audit makes one finding for each path that holds the content. `person` is the
    number of the person in Context.people that the value belongs to. `why` explains the confidence and never
    holds the value. `profile` describes a data file in lines that hold no value either.
    """

    start: int
    end: int
    value: Secret
    form: Form
    severity: Severity
    confidence: Confidence
    why: str
    person: int | None = None
    profile: tuple[str, ...] = ()


class State(StrEnum):
    """The state of a finding: open, or the action that was decided."""

    OPEN = "open"
    REDACT = "redact"
    REMOVE_FILE = "remove-file"
    STRIP_OUTPUTS = "strip-outputs"
    RENAME = "rename"
    KEEP = "keep"
    NOT_A_FINDING = "not-a-finding"


@dataclass(frozen=True, slots=True)
class Finding:
    """One value (or one question about a file), with all its witnesses; its places are listed apart.

    `masked` shows no character of the value. `occurrences` is the true count of places, however many are listed.
    `profile` describes a data file, without a value. `covered_by` are questions about files between which every
    place of this value lies: what is decided about those files settles it.
    """

    id: FindingId
    category: Category
    detector: str
    witnesses: tuple[str, ...]
    title: str
    severity: Severity
    confidence: Confidence
    form: Form
    masked: str
    why: str
    person: int | None
    occurrences: int
    published: bool
    in_head: bool
    state: State = State.OPEN
    places: tuple[Place, ...] = ()
    profile: tuple[str, ...] = ()
    covered_by: tuple[FindingId, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether somebody has to decide about it: a value within an open question does not wait beside it.

        Secrets do: they are to be rotated, whatever becomes of the file.
        """
        return self.state is State.OPEN and (not self.covered_by or self.category is Category.SECRET)
