"""Asks providers whether credentials still work: one by one, and only when somebody has typed `--online`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from opensafe.casefile.folder import Case
from opensafe.casefile.machine import iso, now
from opensafe.casework.place_values import PlaceReader
from opensafe.casework.source_objects import source_objects
from opensafe.errors import UsageError
from opensafe.model.finding import Category, Finding
from opensafe.model.livecheck import Inquiry, LiveCheck
from opensafe.model.secret import Secret
from opensafe.online.live_check import LiveChecker, Prepared

_TRIED = 20  # places of a credential: companions may stand beside it in one file and not in another


@dataclass(frozen=True, slots=True)
class Question:
    """What would be asked about one credential; `prepared` is `None` where no provider is known for it."""

    finding: Finding
    prepared: Prepared | None

    @property
    def inquiry(self) -> Inquiry | None:
        return self.prepared.inquiry if self.prepared else None


def questions(case: Case, ids: Sequence[str], checker: LiveChecker) -> tuple[Question, ...]:
    """For each credential what would be sent, and to whom: read from the source, offline. Raises UsageError."""
    if not ids:
        raise UsageError("no credential was named", remedy="opensafe rotate list shows the ids")
    found = [case.index.finding_by_prefix(name) for name in ids]
    for finding in found:
        if finding.category is not Category.SECRET:
            raise UsageError(f"{finding.id} is not a credential", remedy="opensafe rotate list shows the credentials")
    with source_objects(case) as objects:
        reader = PlaceReader(objects, case.key)
        placed = (replace(finding, places=case.index.places(finding.id, _TRIED)) for finding in found)
        return tuple(Question(finding, _prepared(finding, reader, checker)) for finding in placed)


def ask(case: Case, question: Question, checker: LiveChecker, *, by: str) -> LiveCheck:
    """Send one credential to its provider, and record the answer. That it will be sent is logged before it is."""
    if not by.strip():
        raise UsageError("a live check needs the name of a person", remedy="add --by NAME")
    if question.prepared is None:
        raise UsageError(
            f"no provider is known for {question.finding.id}", remedy="ask the owner of the system, and record that"
        )
    inquiry = question.prepared.inquiry
    about = {"finding": inquiry.finding, "rule": inquiry.rule, "address": inquiry.address}
    with case.writing("rotate check"):
        case.log.append("rotate", f"About to send {inquiry.finding} to its provider", by=by, details=about)
        answer = checker.ask(question.prepared)
        check = LiveCheck(
            inquiry.finding, answer.outcome, iso(now()), by, inquiry.rule, inquiry.address, answer.status, answer.reason
        )
        case.checks.append(check)
        outcome = {"outcome": check.outcome.value, "status": check.status}
        case.log.append("rotate", f"The provider answered: {check.outcome}", by=by, details={**about, **outcome})
    return check


def _prepared(finding: Finding, reader: PlaceReader, checker: LiveChecker) -> Prepared | None:
    """The first place at which a rule knows the provider."""
    for place in finding.places:
        raw = reader.text(place) if place.end > place.start else None
        text = reader.contents(raw).at(place.via) if raw is not None else None
        if text is not None:
            prepared = checker.prepare(finding.id, Secret(text, "text"), place.start, place.end)
            if prepared is not None:
                return prepared
    return None
