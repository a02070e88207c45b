"""Every detector there is: found by listing the package's own three folders; beside them what the team added."""

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from types import ModuleType

from opensafe.detectors import data, names, secrets
from opensafe.detectors.team.detector import team_detectors
from opensafe.model.detector import Detector
from opensafe.model.teamrule import TeamRule

_FOLDERS: tuple[ModuleType, ...] = (secrets, names, data)


@cache
def all_detectors() -> tuple[Detector, ...]:
    """The detectors of the package's own folders, sorted by id. Nothing is loaded from anywhere else."""
    modules = [
        importlib.import_module(f"{folder.__name__}.{entry.name}")
        for folder in _FOLDERS
        for entry in pkgutil.iter_modules(folder.__path__)
    ]
    detectors: list[Detector] = [module.DETECTOR for module in modules]
    return tuple(sorted(detectors, key=lambda detector: detector.card.id))


def detector_of(id_: str) -> Detector | None:
    """The package's own detector with this id, loaded without the others; `None` where there is none."""
    room, _, name = id_.partition(".")
    module = name.replace("-", "_")
    for folder in _FOLDERS:
        here = (entry.name for entry in pkgutil.iter_modules(folder.__path__))
        if folder.__name__.endswith(f".{room}") and module in here:
            found: Detector = importlib.import_module(f"{folder.__name__}.{module}").DETECTOR
            return found
    return None


def with_rules(rules: Iterable[TeamRule]) -> tuple[Detector, ...]:
    """All detectors, and behind them those of the rules of the team."""
    return (*all_detectors(), *(detector for rule in rules for detector in team_detectors(rule)))
