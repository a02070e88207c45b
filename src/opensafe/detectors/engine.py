"""Runs all detectors over a specimen: one pass for triggers, one for the catalogue, one for people; then candidates."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from opensafe.detectors.catalogue import all_detectors, with_rules
from opensafe.detectors.credit import credited
from opensafe.detectors.gates import KeptGate, Look, no_gate
from opensafe.detectors.installedpackages import published
from opensafe.detectors.kinds import (
    ContentDetector,
    Ends,
    Header,
    PatternDetector,
    PersonalDetector,
    PreparedDetector,
    SearchDetector,
    TableDetector,
)
from opensafe.detectors.publicdata import explained
from opensafe.detectors.triggers import Triggers, TriggerSearch, best_search
from opensafe.model.context import Context, Person
from opensafe.model.detector import Card, Detector
from opensafe.model.finding import Hit
from opensafe.model.place import PlaceKind
from opensafe.model.specimen import Specimen
from opensafe.model.teamrule import TeamRule

_CONTENT_KINDS = (ContentDetector, TableDetector)

PASSAGES = -1
"""Stands for the number of a content detector where a trigger stirs those of passages."""


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A hit, and the card of the detector that saw it."""

    card: Card
    hit: Hit


@dataclass(frozen=True, slots=True)
class Stirred:
    """Ends of triggers, each with the number of the content detector that waits for it or `PASSAGES`; what may be
    headers, with that number; hits that depend on no text around them.
    """

    triggers: list[tuple[int, int]]
    headers: list[tuple[Header, int]]
    hits: list[Witnessed]


class Engine:
    """Everything compiled, once for a process. The same specimen gives the same hits, whatever came before.

    `search` makes the pass over the triggers; the slower one can be asked for (`RegexSearch`). `kept` gives gates of
    catalogues.
    """

    def __init__(
        self,
        context: Context,
        search: Callable[[Triggers], TriggerSearch] = best_search,
        kept: KeptGate = no_gate,
    ) -> None:
        detectors = with_rules(context.rules)
        self._context = context
        known = [d.knowing(context) if isinstance(d, PersonalDetector) else d for d in detectors]
        self._patterns = [detector for detector in known if isinstance(detector, PatternDetector)]
        self._searches = [detector for detector in detectors if isinstance(detector, SearchDetector)]
        self._contents = [detector.within(context) for detector in detectors if isinstance(detector, _CONTENT_KINDS)]
        self._prepared: list[tuple[Card, Look]] = [
            (detector.card, detector.behind_gate(context, kept))
            for detector in detectors
            if isinstance(detector, PreparedDetector)
        ]
        self._in_passages = search([detector.triggers for detector in self._patterns])
        self._in_contents = search([detector.triggers for detector in self._contents])

    def stirs(self, text: bytes) -> Stirred:
        """What there is to look at more closely: where nothing is, no detector has a hit that begins there."""
        places = [(end, PASSAGES) for ends in self._in_passages.find(text).values() for end in ends]
        places += [(end, PASSAGES) for detector in self._searches for end in detector.search(text)]
        waiting = self._in_contents.find(text)
        places += [(end, index) for index, ends in waiting.items() for end in ends]
        headers = [(header, index) for index, found in self._headers(text, waiting).items() for header in found]
        return Stirred(places, headers, list(self._prepared_hits(Specimen(PlaceKind.BLOB, text))))

    def passage(self, specimen: Specimen) -> list[Witnessed]:
        """What the passage detectors see in one window of text, by place."""
        everywhere = self._pattern_hits(specimen, 0, len(specimen.data))
        return _in_order([*everywhere, *self._prepared_hits(specimen)])

    def patterns(self, specimen: Specimen, start: int, end: int) -> list[Witnessed]:
        """What those of them see that go by triggers, in a piece from `start` to `end` that `stirs` has told of.

        A hit begins in the piece of text that has its trigger: what stands around it is context.
        """
        return _in_order(list(self._pattern_hits(specimen, start, end)))

    def _pattern_hits(self, specimen: Specimen, start: int, end: int) -> Iterator[Witnessed]:
        text = specimen.data[start:end]
        for index, ends in self._in_passages.find(text).items():
            detector = self._patterns[index]
            hits = detector.confirm(specimen, [start + at for at in ends])
            yield from _witnessed(detector.card, specimen, hits)
        for found in self._searches:
            hits = found.confirm(specimen, [start + at for at in found.search(text)])
            yield from _witnessed(found.card, specimen, hits)

    def _prepared_hits(self, specimen: Specimen) -> Iterator[Witnessed]:
        for card, look in self._prepared:
            yield from (Witnessed(card, hit) for hit in look(specimen))

    def content(self, specimen: Specimen, triggered: Mapping[int, Sequence[Header]] | None = None) -> list[Witnessed]:
        """What the content detectors see in one whole content, by place.

        `triggered`, where it is known: the numbers of those that have a trigger there, and what may be headers for
        them.
        """
        if triggered is None:
            triggered = self._headers(specimen.data, self._in_contents.find(specimen.data))
        seen = [
            witnessed
            for index, detector in enumerate(self._contents)
            if not detector.triggers or index in triggered
            for witnessed in _witnessed(detector.card, specimen, detector.hits(specimen, triggered.get(index, ())))
        ]
        return _in_order(seen)

    def questions(self, specimen: Specimen) -> list[Witnessed]:
        """What those of them see that ask about a whole content; detectors of tables tell of values only."""
        triggered = dict.fromkeys(self._in_contents.find(specimen.data), ())
        return self.content(specimen, triggered)

    def _headers(self, data: bytes, triggered: Mapping[int, Ends]) -> Mapping[int, Sequence[Header]]:
        return {index: list(self._contents[index].headers(data, sorted(ends))) for index, ends in triggered.items()}


def _witnessed(card: Card, specimen: Specimen, hits: Iterable[Hit]) -> Iterator[Witnessed]:
    """The hits, judged by where they stand as well: a name can be credit, a number an example."""
    return (
        Witnessed(card, published(card, specimen, explained(card, specimen, credited(card, specimen, hit))))
        for hit in hits
    )


def _in_order(seen: Sequence[Witnessed]) -> list[Witnessed]:
    if len(seen) <= 1:
        return list(seen)
    once = {(w.hit.start, w.hit.end, w.card.id, w.hit.value.reveal()): w for w in seen}
    return [once[key] for key in sorted(once)]


def rules_digest(context: Context) -> str:
    """Changes when the rules, those of the team or the people change (SHA-256 over all of them together)."""
    digest = hashlib.sha256()
    parts = (
        *_rules(all_detectors()),
        *_of_team(context.rules),
        *_searched(context.people),
        *_of_organisation(context),
    )
    for part in parts:
        digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()


def _rules(detectors: Iterable[Detector]) -> Iterator[bytes]:
    for detector in detectors:
        yield repr(detector.card).encode()
        if isinstance(detector, PatternDetector | PersonalDetector | ContentDetector | TableDetector):
            yield from detector.triggers
        elif isinstance(detector, PreparedDetector | SearchDetector):
            yield detector.edition.encode()


def _of_team(rules: Iterable[TeamRule]) -> Iterator[bytes]:
    """Everything that decides what a rule finds and how it is told; examples are not shown by `repr`."""
    yield from (repr(rule).encode() for rule in rules)


def _of_organisation(context: Context) -> Iterator[bytes]:
    """What the organisation set for its own repositories."""
    yield from (b"organisation", repr(context.small_numbers).encode())


def _searched(people: Iterable[Person]) -> Iterator[bytes]:
    for person in people:
        yield b"%d" % person.number
        for spellings in (person.names, person.emails, person.logins):
            yield from (b"", *sorted(spellings))
