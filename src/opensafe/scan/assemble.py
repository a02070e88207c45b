"""Makes findings out of matches: one for each value, with every place it stands in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from opensafe.history.metadata import Located
from opensafe.history.provenance import Provenance
from opensafe.history.standing import Standing
from opensafe.model.finding import Category, Finding, Form
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.match import Match, ObjectScan
from opensafe.model.place import Place, PlaceKind
from opensafe.model.text import shown
from opensafe.scan.late import WITNESS
from opensafe.scan.names import Names

_QUESTIONS = {
    "data-file": "Data file",
    "notebook-outputs": "Notebook with outputs",
    "opaque-file": "File to look at",
}


@dataclass(slots=True)
class _Collected:
    matches: list[Match] = field(default_factory=list)
    places: dict[Place, None] = field(default_factory=dict)
    masked: str = ""


class Assembly:
    """Collects matches of objects and of metadata, and gives the findings in the end."""

    def __init__(self, key: FingerprintKey, provenance: Provenance, names: Names) -> None:
        self._key = key
        self._provenance = provenance
        self._names = names
        self._found: dict[FindingId, _Collected] = {}

    def add_object(self, scan: ObjectScan) -> None:
        """The matches of a blob, at every path that holds it."""
        for match in scan.matches:
            for standing in self._provenance.standings(scan.oid):
                if match.form is Form.FILE:
                    self._add_question(match, scan.oid, standing)
                else:
                    self._add(match.finding, match, self._blob_place(match, scan.oid, standing))

    def add_located(self, located: Located, matches: Sequence[Match]) -> None:
        """The matches of a specimen outside file content. Questions about files are asked of files only."""
        for match in matches:
            if match.form is not Form.FILE:
                self._add(match.finding, match, self._located_place(match, located))

    def findings(self) -> tuple[Finding, ...]:
        """Every finding with all its places, in the order of review: severity, category, id."""
        made = [_finding(id_, collected) for id_, collected in self._found.items()]
        return tuple(sorted(made, key=lambda f: (f.severity.rank, f.category, f.id)))

    def _add_question(self, match: Match, oid: Oid, standing: Standing) -> None:
        subject = standing.path or oid.encode()
        id_ = self._key.finding(Category.FILE, match.question.encode() + b"\0" + subject)
        self._add(id_, match, self._blob_place(match, oid, standing))
        name = self._names.shown(standing.path) if standing.path else oid
        self._found[id_].masked = f"{_QUESTIONS.get(match.question, match.title)}: {name}"

    def _add(self, id_: FindingId, match: Match, place: Place) -> None:
        collected = self._found.setdefault(id_, _Collected())
        collected.matches.append(match)
        collected.places[place] = None

    def _blob_place(self, match: Match, oid: Oid, standing: Standing) -> Place:
        path = standing.path
        return Place(
            kind=standing.kind,
            oid=oid,
            path=self._names.shown(path) if path else None,
            path_key=self._key.name(path) if path else None,
            ref=None,
            ref_key=None,
            line=match.line,
            column=match.column,
            start=match.start,
            end=match.end,
            via=match.via,
            first_commit=standing.first,
            last_commit=standing.last,
            in_head=standing.in_head,
            published=standing.published,
        )

    def _located_place(self, match: Match, located: Located) -> Place:
        return Place(
            kind=located.specimen.kind,
            oid=located.oid,
            path=self._names.shown(located.path) if located.path else None,
            path_key=self._key.name(subject) if (subject := located.path or located.subject) else None,
            ref=self._names.shown(located.ref) if located.ref else None,
            ref_key=self._key.name(located.ref) if located.ref else None,
            line=match.line,
            column=match.column,
            start=match.start,
            end=match.end,
            via=match.via,
            first_commit=located.first,
            last_commit=located.last,
            in_head=located.in_head,
            published=located.published,
            count=located.count,
        )


def _finding(id_: FindingId, collected: _Collected) -> Finding:
    """One finding; the strongest witness speaks for it."""
    by_strength = sorted(
        collected.matches,
        key=lambda m: (m.severity.rank, m.confidence.rank, m.detector == WITNESS, m.detector, m.why),
    )
    speaker = by_strength[0]
    places = tuple(sorted(collected.places, key=_reading_order))
    return Finding(
        id=id_,
        category=speaker.category,
        detector=speaker.detector,
        witnesses=tuple(sorted({match.detector for match in collected.matches})),
        title=speaker.title,
        severity=speaker.severity,
        confidence=min((match.confidence for match in collected.matches), key=lambda c: c.rank),
        form=speaker.form,
        masked=collected.masked or speaker.masked,
        why=speaker.why,
        person=next((match.person for match in by_strength if match.person is not None), None),
        occurrences=len(places),
        published=any(place.published for place in places),
        in_head=any(place.in_head for place in places),
        places=places,
    )


def _reading_order(place: Place) -> tuple[bool, bool, str, str, str, tuple[str, ...], int, int, str]:
    """What will be published comes first, HEAD before older versions."""
    return (
        not place.published,
        not place.in_head,
        place.kind,
        place.path or "",
        place.oid or "",
        place.via,
        place.start,
        place.end,
        place.ref or "",
    )


def masked_names(found: Iterable[tuple[Located, Sequence[Match]]]) -> Iterator[tuple[bytes, str]]:
    """Paths and refs that hold a finding themselves, with the form in which they may be shown and stored."""
    for located, matches in found:
        if located.specimen.kind in {PlaceKind.PATH, PlaceKind.REF_NAME} and matches:
            yield located.specimen.data, _with_masks(located.specimen.data, matches)


def _with_masks(raw: bytes, matches: Sequence[Match]) -> str:
    """`raw` with every span of a finding masked; where a span lies in a decoded form the whole name is masked."""
    if any(match.via for match in matches):
        return "[name with a finding]"
    pieces: list[str] = []
    at = 0
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if match.start >= at:
            pieces += [shown(raw[at : match.start]), match.masked]
        at = max(at, match.end)
    return "".join([*pieces, shown(raw[at:])])
