"""Makes findings out of matches: one for each value, with every place it stands in."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from opensafe.casefile.rows import review_order
from opensafe.history.metadata import Located
from opensafe.history.provenance import Provenance
from opensafe.history.standing import Standing
from opensafe.model.finding import Category, Finding, Form
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.match import Match, ObjectScan, Verdict, strongest
from opensafe.model.place import Place, PlaceKind
from opensafe.model.text import shown
from opensafe.scan.covering import with_cover
from opensafe.scan.names import Names
from opensafe.scan.standing import speaker_of

_QUESTIONS = {
    "data-file": "Data file",
    "notebook-outputs": "Notebook with outputs",
    "opaque-file": "File to look at",
    "rendered-page": "Rendered page",
    "small-numbers": "Small numbers",
}


@dataclass(slots=True)
class _Collected:
    """Verdicts by identity: matches share them."""

    verdicts: dict[int, Verdict] = field(default_factory=dict)
    places: dict[Place, None] = field(default_factory=dict)
    masked: str = ""


class Assembly:
    """Collects matches of objects and of metadata, and gives the findings in the end."""

    def __init__(self, key: FingerprintKey, provenance: Provenance, names: Names) -> None:
        self._key = key
        self._provenance = provenance
        self._names = names
        self._found: dict[FindingId, _Collected] = {}
        self._named: dict[bytes, tuple[str, str]] = {}

    def add_object(self, scan: ObjectScan, paths: Collection[bytes] | None = None) -> None:
        """The matches of a blob, at every path that holds it, or at these alone."""
        if not scan.matches:
            return
        matches = tuple(scan.matches)
        for standing in self._provenance.standings(scan.oid):
            if paths is not None and standing.path not in paths:
                continue
            for match in matches:
                place = self._blob_place(match, scan.oid, standing)
                if match.verdict.form is Form.FILE:
                    self._add_question(match.verdict, place, standing.path or scan.oid.encode())
                else:
                    self._add(match.verdict.finding, match.verdict, place)

    def add_located(self, located: Located, matches: Iterable[Match]) -> None:
        """The matches of a specimen outside file content. Questions about files are asked of files only."""
        for match in matches:
            if match.verdict.form is not Form.FILE:
                self._add(match.verdict.finding, match.verdict, self._located_place(match, located))

    def findings(self) -> tuple[Finding, ...]:
        """Every finding with all its places, in the order of review."""
        made = with_cover([_finding(id_, collected) for id_, collected in self._found.items()])
        return tuple(sorted(made, key=review_order))

    def told(self) -> dict[FindingId, tuple[Verdict, ...]]:
        """All verdicts of each finding, each once."""
        return {id_: tuple(dict.fromkeys(found.verdicts.values())) for id_, found in self._found.items()}

    def places(self) -> Iterator[tuple[FindingId, Place]]:
        for id_, found in self._found.items():
            yield from ((id_, place) for place in found.places)

    def named(self, id_: FindingId) -> str:
        """How a question is shown; empty for a finding that its verdicts name."""
        found = self._found.get(id_)
        return found.masked if found else ""

    def _add_question(self, verdict: Verdict, place: Place, subject: bytes) -> None:
        id_ = self._key.finding(Category.FILE, verdict.question.encode() + b"\0" + subject)
        self._add(id_, verdict, place)
        self._found[id_].masked = f"{_QUESTIONS.get(verdict.question, verdict.title)}: {place.path or place.oid}"

    def _add(self, id_: FindingId, verdict: Verdict, place: Place) -> None:
        collected = self._found.get(id_)
        if collected is None:
            collected = self._found[id_] = _Collected()
        collected.verdicts[id(verdict)] = verdict
        collected.places[place] = None

    def _name(self, raw: bytes | None) -> tuple[str | None, str | None]:
        """A path or ref as it is shown, and its key; both worked out once."""
        if not raw:
            return None, None
        named = self._named.get(raw)
        if named is None:
            named = self._named[raw] = self._names.shown(raw), self._key.name(raw)
        return named

    def _blob_place(self, match: Match, oid: Oid, standing: Standing) -> Place:
        path, path_key = self._name(standing.path)
        return Place(
            kind=standing.kind,
            oid=oid,
            path=path,
            path_key=path_key,
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
        path, path_key = self._name(located.path)
        ref, ref_key = self._name(located.ref)
        if located.subject and not located.path:
            path_key = self._name(located.subject)[1]
        return Place(
            kind=located.specimen.kind,
            oid=located.oid,
            path=path,
            path_key=path_key,
            ref=ref,
            ref_key=ref_key,
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
    places = tuple(sorted(collected.places, key=_reading_order))
    return finding_of(id_, tuple(collected.verdicts.values()), places, collected.masked)


def finding_of(
    id_: FindingId, verdicts: Sequence[Verdict], places: tuple[Place, ...] = (), masked: str = ""
) -> Finding:
    """One finding; the strongest witness speaks for it, or one that knows the value to be public."""
    by_strength = strongest(verdicts)
    speaker = speaker_of(by_strength)
    return Finding(
        id=id_,
        category=speaker.category,
        detector=speaker.detector,
        witnesses=tuple(sorted({verdict.detector for verdict in by_strength})),
        title=speaker.title,
        severity=speaker.severity,
        confidence=speaker.confidence
        if speaker is not by_strength[0]
        else min((verdict.confidence for verdict in by_strength), key=lambda c: c.rank),
        form=speaker.form,
        masked=masked or speaker.masked,
        why=speaker.why,
        profile=speaker.profile,
        person=next((verdict.person for verdict in by_strength if verdict.person is not None), None),
        occurrences=len(places),
        published=any(place.published for place in places),
        in_head=any(place.in_head for place in places),
        places=places,
    )


def _reading_order(place: Place) -> tuple[bool, bool, str, str, str, str, int, int, str]:
    """What will be published comes first, HEAD before older versions."""
    return (
        not place.published,
        not place.in_head,
        place.kind,
        place.path or "",
        place.oid or "",
        _way(place.via),
        place.start,
        place.end,
        place.ref or "",
    )


@lru_cache(maxsize=4096)
def _way(via: tuple[str, ...]) -> str:
    """As the index has it, so that it can put places in the same order."""
    return json.dumps(via)


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
            pieces += [shown(raw[at : match.start]), match.verdict.masked]
        at = max(at, match.end)
    return "".join([*pieces, shown(raw[at:])])
