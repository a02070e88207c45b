"""Tries detectors on the examples of their own cards: those that must fire, and the neighbours that must not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
    """Every detector on its own examples."""
    return tuple(_tried(detector, context) for detector in detectors)


def _tried(detector: Detector, context: Context) -> Tried:
    """Detectors that compile something of their own do so once for all their examples."""
    card = detector.card
    tried = bool(card.examples or card.non_examples)
    look = detector.prepare(context) if tried and isinstance(detector, PreparedDetector) else None

    def hits(example: Example) -> Sequence[Hit]:
        specimen = _specimen(example)
        return list(look(specimen) if look else detector.detect(specimen, context))

    silent = [n for n, example in enumerate(card.examples, 1) if not _fires(hits(example), example)]
    loud = [n for n, example in enumerate(card.non_examples, 1) if _is_loud(hits(example))]
    return Tried(card, tuple(silent), tuple(loud))


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
