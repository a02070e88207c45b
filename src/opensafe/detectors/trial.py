"""Tries detectors on the examples of their own cards: those that must fire, and the neighbours that must not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opensafe.detectors.gates import Look
from opensafe.detectors.kinds import PreparedDetector
from opensafe.formats.signature import signature
from opensafe.model.context import Context
from opensafe.model.detector import Card, Detector, Example
from opensafe.model.finding import Confidence, Form, Hit
from opensafe.model.place import PlaceKind
from opensafe.model.specimen import Specimen


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one card: numbers (from 1) of examples that did not fire, and of counter-examples that did."""

    card: Card
    silent: tuple[int, ...]
    loud: tuple[int, ...]

    @property
    def passed(self) -> bool:
        return not (self.silent or self.loud)


def try_all(detectors: Iterable[Detector], context: Context) -> tuple[Tried, ...]:
    """Every card on its own examples; detectors that share a card are tried together."""
    sharing: dict[Card, list[Detector]] = {}
    for detector in detectors:
        sharing.setdefault(detector.card, []).append(detector)
    return tuple(_tried(card, [_ready(one, context) for one in those]) for card, those in sharing.items())


def _tried(card: Card, looks: Sequence[Look]) -> Tried:
    def hits(example: Example) -> Sequence[Hit]:
        specimen = _specimen(example)
        return [hit for look in looks for hit in look(specimen)]

    silent = [n for n, example in enumerate(card.examples, 1) if not _fires(hits(example), example)]
    loud = [n for n, example in enumerate(card.non_examples, 1) if _is_loud(hits(example))]
    return Tried(card, tuple(silent), tuple(loud))


def _ready(detector: Detector, context: Context) -> Look:
    """Detectors that compile something of their own do so once for all their examples, and not where there are none."""
    if isinstance(detector, PreparedDetector) and detector.card.examples:
        return detector.prepare(context)
    return lambda specimen: detector.detect(specimen, context)


def _specimen(example: Example) -> Specimen:
    path = example.path.encode()
    return Specimen(PlaceKind.BLOB, example.data, path, signature=signature(example.data, path))


def _fires(hits: Sequence[Hit], example: Example) -> bool:
    """An example without a value is a question about the whole file."""
    if not example.expected:
        return [hit.form for hit in hits] == [Form.FILE]
    return example.expected in [hit.value.reveal() for hit in hits]


def _is_loud(hits: Sequence[Hit]) -> bool:
    """What is demoted to low confidence is kept to be counted, and is no alarm."""
    return any(hit.confidence is not Confidence.LOW for hit in hits)
