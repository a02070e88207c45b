"""The catalogues: detectors, profiles, playbooks."""

from opensafe.detectors.catalogue import all_detectors
from opensafe.model.detector import Card
from opensafe.model.readiness import Profile
from opensafe.readiness.profiles import load_profile, profile_ids


def detectors() -> tuple[Card, ...]:
    return tuple(detector.card for detector in all_detectors())


def profiles() -> tuple[Profile, ...]:
    return tuple(load_profile(name) for name in profile_ids())
