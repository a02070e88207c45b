"""The catalogues: detectors, profiles, playbooks."""

from opensafe.casework.playbooks import Playbook
from opensafe.casework.playbooks import playbook as one_playbook
from opensafe.casework.playbooks import playbooks as all_playbooks
from opensafe.casework.rotation_playbooks import RotationPlaybook
from opensafe.casework.rotation_playbooks import rotation_playbook as one_rotation_playbook
from opensafe.casework.rotation_playbooks import rotation_playbooks as all_rotation_playbooks
from opensafe.detectors.catalogue import all_detectors
from opensafe.model.detector import Card
from opensafe.model.readiness import Profile
from opensafe.readiness.profiles import load_profile, profile_ids


def detectors() -> tuple[Card, ...]:
    return tuple(detector.card for detector in all_detectors())


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
