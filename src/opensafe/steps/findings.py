"""Lists findings, and shows one of them with its surroundings masked."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter, select, with_places
from opensafe.casefile.view import settled
from opensafe.casework.place_values import PlaceReader
from opensafe.casework.team_rules import cards_by_id, rules_of
from opensafe.errors import UsageError
from opensafe.git.layout import read_layout
from opensafe.git.stream import ObjectReader
from opensafe.git.view import open_view
from opensafe.model.coverage import Coverage
from opensafe.model.decision import Decision
from opensafe.model.detector import Card
from opensafe.model.finding import Category, Finding, State
from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place
from opensafe.model.secret import Secret
from opensafe.model.settlement import settle, standing, state_at
from opensafe.model.text import shown

_CONTEXT_BYTES = 60
_CONTEXTS = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """The findings that were asked for, with the first places of each, and the coverage that they rest on."""

    findings: tuple[Finding, ...]
    coverage: Coverage
    place_states: dict[FindingId, tuple[State, ...]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding with all its places, what was decided, what to do, and masked surroundings of the first places.

    `person` is the name of a person of the repository, for whoever decides on this machine; it is in no document.
    """

    finding: Finding
    decisions: tuple[Decision, ...]
    card: Card | None
    contexts: tuple[tuple[Place, str], ...]
    person: Secret | None


def list_findings(case: Case, chosen: Filter, *, places: int = 20) -> Listed:
    """The findings that `chosen` takes. Raises OutOfOrder before the first audit."""
    today = datetime.now(UTC).date()
    found, coverage = select(case, chosen, today)
    taken = standing(case.decisions.read(), today)
    listed = tuple(with_places(case, found, places))
    states = {f.id: tuple(state_at(taken[f.id], p) for p in f.places) for f in listed if f.id in taken}
    return Listed(listed, coverage, states)


def show(case: Case, prefix: str) -> Shown:
    """One finding, by the beginning of its id."""
    finding = case.index.finding_by_prefix(prefix)
    decisions = tuple(decision for decision in case.decisions.read() if decision.subject == finding.id)
    taken = standing(decisions, datetime.now(UTC).date()).get(finding.id, ())
    finding = settle(replace(finding, places=case.index.places(finding.id)), taken)
    if finding.covered_by:
        finding = _with_its_files(case, finding)
    with _places(case) as reader:
        contexts = tuple(_contexts(case, finding, reader))
        person = _first_value(finding, reader) if finding.category is Category.NAME else None
    return Shown(finding, decisions, _card(case, finding.detector), contexts, person)


def _with_its_files(case: Case, finding: Finding) -> Finding:
    """The state that the questions about its files give it."""
    every, _ = settled(case, datetime.now(UTC).date())
    return next(replace(found, places=finding.places) for found in every if found.id == finding.id)


def reveal(case: Case, prefix: str, *, by: str = "") -> Secret:
    """The value of one finding, read again from the source; that it was shown is logged."""
    finding = case.index.finding_by_prefix(prefix)
    finding = replace(finding, places=case.index.places(finding.id))
    with _places(case) as reader:
        value = _first_value(finding, reader)
    if value is None:
        raise UsageError(
            "there is no value to reveal: it is a question about a file, or the source has changed",
            remedy="opensafe show lists its places; opensafe audit reads the source again",
        )
    case.log.append("show", f"Revealed {finding.id} on a terminal", by=by, details={"finding": finding.id})
    return value


@contextmanager
def _places(case: Case) -> Iterator[PlaceReader]:
    """Reads places of the source through a view of its own, so that looking needs no lock."""
    with TemporaryDirectory(prefix="opensafe-") as folder:
        view = open_view(read_layout(Path(case.config.source)), Path(folder) / "view")
        with ObjectReader(view) as reader:
            yield PlaceReader(reader, case.key)


def _first_value(finding: Finding, reader: PlaceReader) -> Secret | None:
    values = (reader.value(finding, place) for place in finding.places)
    return next((value for value in values if value is not None), None)


def _card(case: Case, detector: str) -> Card | None:
    return cards_by_id(rules_of(case)).get(detector)


def _contexts(case: Case, finding: Finding, reader: PlaceReader) -> Iterator[tuple[Place, str]]:
    """The line of the first places with every finding on it masked; nothing where that cannot be made sure."""
    chosen = [place for place in finding.places if place.oid and place.end > place.start][:_CONTEXTS]
    spans = _spans(case, chosen)
    for place in chosen:
        raw = reader.text(place)
        text = reader.contents(raw).at(place.via) if raw is not None else None
        if text is not None and place.end <= len(text):
            yield place, _masked_line(text, place, spans.get((place.oid or "", place.via), []))


def _spans(case: Case, chosen: Sequence[Place]) -> dict[tuple[str, tuple[str, ...]], list[tuple[int, int]]]:
    """All spans of all findings in the contents that the chosen places stand in."""
    wanted = {(place.oid or "", place.via) for place in chosen}
    spans: dict[tuple[str, tuple[str, ...]], list[tuple[int, int]]] = {}
    for places in case.index.all_places().values() if wanted else ():
        for place in places:
            key = (place.oid or "", place.via)
            if key in wanted and place.end > place.start:
                spans.setdefault(key, []).append((place.start, place.end))
    return spans


def _masked_line(text: bytes, place: Place, spans: Sequence[tuple[int, int]]) -> str:
    """Some bytes to each side of the place, on its line, with every span that reaches into them masked."""
    line_start = text.rfind(b"\n", 0, place.start) + 1
    line_end = text.find(b"\n", place.end)
    first = max(line_start, place.start - _CONTEXT_BYTES)
    last = min(line_end if line_end >= 0 else len(text), place.end + _CONTEXT_BYTES)
    pieces: list[bytes] = []
    at = first
    for start, end in sorted({(s, e) for s, e in spans if e > first and s < last}):
        if start > at:
            pieces.append(text[at:start])
        if end > at:
            pieces.append("█████".encode())
            at = end
    pieces.append(text[at:last])
    return re.sub(r"\s+", " ", shown(b"".join(pieces))).strip()
