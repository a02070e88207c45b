"""What a scan keeps of a hit: everything but the value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from opensafe.model.finding import Category, Confidence, Form, Severity
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.skip import Unread


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a detector says of a value, wherever it stands: shared by all matches of it.

    For a question about a file (Form.FILE) `finding` is empty and `question` names it: the audit makes one
    finding for each path that holds the object.
    """

    finding: FindingId
    category: Category
    detector: str
    title: str
    severity: Severity
    confidence: Confidence
    form: Form
    masked: str
    why: str
    person: int | None
    question: str = ""
    profile: tuple[str, ...] = ()


WITNESS = "known-value"
"""The name under which the second pass is a witness of a finding."""


def strongest(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts of one finding, the one first that speaks for it, whatever was read first."""
    return sorted(verdicts, key=_strength)


def _strength(verdict: Verdict) -> tuple[object, ...]:
    return (
        verdict.severity.rank,
        verdict.confidence.rank,
        verdict.detector == WITNESS,
        verdict.detector,
        verdict.why,
        verdict.profile,
        verdict.masked,
        -1 if verdict.person is None else verdict.person,
    )


@dataclass(frozen=True, slots=True)
class Match:
    """A hit in one object. The value is read again from there when it is needed: it is not kept.

    `start` and `end` are byte offsets in what `via` leads to, `line` and `column` count from 1 there.
    """

    verdict: Verdict
    via: tuple[str, ...]
    start: int
    end: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ObjectScan:
    """The outcome for one object: what matched in it and what in it could not be read.

    `names` is a keyed digest of the names under which it was judged, empty where nobody will ask.
    """

    oid: Oid
    bytes: int
    matches: Sequence[Match] = ()
    unread: tuple[Unread, ...] = field(default=())
    names: str = ""
