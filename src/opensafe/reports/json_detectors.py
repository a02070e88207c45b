"""The documents about detectors. Examples are counted only: they are shaped like what a detector looks for."""

from collections.abc import Sequence
from typing import Any, Protocol

from opensafe.model.detector import Card
from opensafe.model.teamrule import TEAM


class Trial(Protocol):
    """What became of a card's examples: see `opensafe.detectors.trial`, which reports do not import."""

    @property
    def card(self) -> Card: ...
    @property
    def silent(self) -> tuple[int, ...]: ...
    @property
    def loud(self) -> tuple[int, ...]: ...
    @property
    def passed(self) -> bool: ...


def origin(card: Card) -> str:
    """Who brought a detector in: opensafe, or the team by its own rules."""
    return "team" if card.id.startswith(TEAM) else "opensafe"


def detectors_document(cards: Sequence[Card]) -> dict[str, Any]:
    """`detectors`."""
    return {"schema": "opensafe/detectors/v1", "detectors": [_card_fields(card) for card in cards]}


def detector_check_document(trials: Sequence[Trial]) -> dict[str, Any]:
    """`detectors --check`: the numbers (from 1) of examples that did not fire, and of counter-examples that did."""
    return {
        "schema": "opensafe/detector-check/v1",
        "passed": all(tried.passed for tried in trials),
        "detectors": [_trial_fields(tried) for tried in trials],
    }


def _card_fields(card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "origin": origin(card),
        "title": card.title,
        "category": card.category.value,
        "severity": card.severity.value,
        "scope": card.scope.value,
        "why": card.why,
        "remedy": card.remedy,
        "reference": card.reference,
        "examples": len(card.examples),
        "non_examples": len(card.non_examples),
    }


def _trial_fields(tried: Trial) -> dict[str, Any]:
    return {
        "id": tried.card.id,
        "origin": origin(tried.card),
        "passed": tried.passed,
        "examples": len(tried.card.examples),
        "non_examples": len(tried.card.non_examples),
        "silent": list(tried.silent),
        "loud": list(tried.loud),
    }
