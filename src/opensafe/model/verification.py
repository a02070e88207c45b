"""The outcome of the proof."""

from collections.abc import Mapping
from dataclasses import dataclass

from opensafe.model.rewrite import Lost


@dataclass(frozen=True, slots=True)
class Check:
    """One statement that was tested, with the figure that shows it."""

    id: str
    passed: bool
    figure: str


@dataclass(frozen=True, slots=True)
class Verification:
    """All checks; `changed` and `unchanged` count commits, blobs and refs."""

    checks: tuple[Check, ...]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]
    lost: tuple[Lost, ...]
    head: str  # the commit that it holds for

    @property
    def passed(self) -> bool:
        return bool(self.checks) and all(check.passed for check in self.checks)
