"""Every detector there is: found by listing the package's own three folders."""

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from opensafe.detectors import data, names, secrets
from opensafe.model.detector import Detector

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
