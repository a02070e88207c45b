"""The catalogues: detectors, profiles, playbooks."""

from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casework.cards import cards_by_id
from opensafe.casework.playbooks import Playbook
from opensafe.casework.playbooks import playbook as one_playbook
from opensafe.casework.playbooks import playbooks as all_playbooks
from opensafe.casework.rotation_playbooks import RotationPlaybook
from opensafe.casework.rotation_playbooks import rotation_playbook as one_rotation_playbook
from opensafe.casework.rotation_playbooks import rotation_playbooks as all_rotation_playbooks
from opensafe.casework.team_rules import read_rules_file, rules_of
from opensafe.detectors.catalogue import with_rules
from opensafe.detectors.trial import Tried, try_all
from opensafe.errors import UsageError
from opensafe.model.context import Context
from opensafe.model.detector import Card
from opensafe.model.readiness import Profile
from opensafe.readiness.profiles import load_profile, profile_ids


def detectors(case: Case | None = None) -> tuple[Card, ...]:
    """The cards of all detectors; those of the team behind the others. Raises UsageError."""
    return tuple(cards_by_id(rules_of(case)).values())


def detector(case: Case | None, name: str) -> Card:
    """One card, by its id. Raises UsageError naming those that are like it."""
    cards = cards_by_id(rules_of(case))
    if name not in cards:
        alike = [known for known in cards if name and name.lower() in known]
        remedy = f"did you mean {', '.join(alike[:5])}?" if alike else "opensafe detectors lists the ids"
        raise UsageError("there is no detector of this id", remedy=remedy)
    return cards[name]


def check_detectors(case: Case | None, file: Path | None, cache: str | None) -> tuple[Tried, ...]:
    """Every detector on its own examples; the rules are those of `file`, else of the case. Raises UsageError."""
    rules = read_rules_file(file) if file else rules_of(case)
    return try_all(with_rules(rules), Context((), cache))


def profiles() -> tuple[Profile, ...]:
    return tuple(load_profile(name) for name in profile_ids())


def playbooks() -> tuple[Playbook, ...]:
    return all_playbooks()


def playbook(name: str) -> Playbook:
    """Raises UsageError naming those that there are."""
    return one_playbook(name)


def rotation_playbooks() -> tuple[RotationPlaybook, ...]:
    """The playbooks for the rotation of credentials, by provider."""
    return all_rotation_playbooks()


def rotation_playbook(name: str) -> RotationPlaybook:
    """Raises UsageError naming those that there are."""
    return one_rotation_playbook(name)
