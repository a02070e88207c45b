"""Every detector proves itself: its examples fire with exactly their value, its non-examples do not."""

import pkgutil
from collections.abc import Callable

import pytest
from _pytest.mark import ParameterSet
from syrupy.assertion import SnapshotAssertion

from opensafe.detectors import data, names, secrets
from opensafe.detectors.catalogue import all_detectors, detector_of
from opensafe.detectors.kinds import ContentDetector, PatternDetector, TableDetector
from opensafe.model.detector import Detector, Example, Scope
from opensafe.model.finding import Confidence, Form, Hit

Sees = Callable[..., list[Hit]]

# Searches for the people of the context, which a card cannot hold: test_repository_people shows it at work.
_WITHOUT_EXAMPLES = {"names.repository-people"}


def _cases(which: str) -> list[ParameterSet]:
    return [
        pytest.param(detector, example, id=f"{detector.card.id}-{number}")
        for detector in all_detectors()
        for number, example in enumerate(getattr(detector.card, which))
    ]


@pytest.mark.parametrize(("detector", "example"), _cases("examples"))
def test_example_fires_with_exactly_its_value(detector: Detector, example: Example, sees: Sees) -> None:
    hits = sees(detector.card.id, example.data, example.path)
    if example.expected:
        assert example.expected in [hit.value.reveal() for hit in hits]
    else:
        assert [(hit.start, hit.end, hit.form) for hit in hits] == [(0, 0, Form.FILE)]


@pytest.mark.parametrize(("detector", "example"), _cases("non_examples"))
def test_non_example_does_not_fire(detector: Detector, example: Example, sees: Sees) -> None:
    hits = sees(detector.card.id, example.data, example.path)
    assert [hit.why for hit in hits if hit.confidence is not Confidence.LOW] == []


@pytest.mark.parametrize("detector", all_detectors(), ids=lambda detector: detector.card.id)
def test_card_says_what_why_and_what_to_do(detector: Detector) -> None:
    card = detector.card
    assert all((card.title, card.why, card.remedy, card.reference))
    assert card.id in _WITHOUT_EXAMPLES or (card.examples and card.non_examples)
    if isinstance(detector, PatternDetector | ContentDetector | TableDetector):
        assert (card.scope is Scope.CONTENT) == isinstance(detector, ContentDetector | TableDetector)


def test_id_is_room_and_file_name() -> None:
    folders = (secrets, names, data)
    files = {f"{f.__name__.rpartition('.')[2]}.{m.name}" for f in folders for m in pkgutil.iter_modules(f.__path__)}
    assert {detector.card.id.replace("-", "_") for detector in all_detectors()} == files


def test_catalogue(snapshot: SnapshotAssertion) -> None:
    lines = [f"{d.card.id} | {d.card.title} | {d.card.category} | {d.card.scope}" for d in all_detectors()]
    assert "\n".join(lines) == snapshot


def test_a_detector_is_found_by_its_id_alone() -> None:
    assert [detector_of(detector.card.id) for detector in all_detectors()] == list(all_detectors())
    assert [detector_of(id_) for id_ in ("", "secrets", "secrets.none", "none.netrc", "team.rule", "data.netrc")] == [
        None
    ] * 6
