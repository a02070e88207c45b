"""The automatic checks: one family a file, found by listing this folder.

Each file has `CHECKS`, from the id of a check to a function of the facts. The docstring of a check is what it looks at.
"""

import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from opensafe.model.readiness import Outcome
from opensafe.readiness.facts import Facts

Check = Callable[[Facts], Outcome]


@cache
def all_checks() -> Mapping[str, Check]:
    """Every check by its id (`family.name`). Loaded from this package's own folder only."""
    found: dict[str, Check] = {}
    for module in pkgutil.iter_modules(__path__):
        family = import_module(f"{__name__}.{module.name}")
        found |= {f"{module.name}.{name}": check for name, check in family.CHECKS.items()}
    return MappingProxyType(found)
