"""The state of one step of the journey, as `status` and its JSON document show it."""

from dataclasses import dataclass
from typing import Literal

StepProgress = Literal["done", "open", "blocked", "stale"]
"""Stale: it was done, and what it was done for has changed since. Blocked: another step comes first."""


@dataclass(frozen=True, slots=True)
class StepState:
    """A step by its verb (`audit`), how far it is, and one sentence about it."""

    name: str
    state: StepProgress
    detail: str
