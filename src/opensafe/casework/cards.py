"""What the detectors say of themselves, those of a team among them."""

from collections.abc import Mapping

from opensafe.detectors.catalogue import detector_of, with_rules
from opensafe.detectors.team.detector import team_detectors
from opensafe.model.detector import Card
from opensafe.model.teamrule import TeamRule


def card_of(rules: tuple[TeamRule, ...], id_: str) -> Card | None:
    """The card of one detector, of the team's or our own; `None` for what no detector has found."""
    ours = detector_of(id_)
    team = (detector for rule in rules for detector in team_detectors(rule))
    return ours.card if ours else next((detector.card for detector in team if detector.card.id == id_), None)


def cards_by_id(rules: tuple[TeamRule, ...]) -> Mapping[str, Card]:
    """The cards of all detectors, those of the team too."""
    return {detector.card.id: detector.card for detector in with_rules(rules)}
