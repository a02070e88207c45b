"""The risk register: accepted risks, with the columns of the tool-request process (its section 3.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LOWEST, HIGHEST = 1, 10
"""Likelihood: 1 almost impossible, 10 certain. Severity: 1 very minimal, 10 serious harm."""


@dataclass(frozen=True, slots=True)
class Risk:
    """One entry; a later one of the same id corrects it. Scores are products and are never typed."""

    id: str
    description: str
    subject: str
    likelihood: int
    severity: int
    treatment: str
    new_likelihood: int
    new_severity: int
    by: str
    on: date

    @property
    def score(self) -> int:
        """Likelihood times severity: 1 to 100."""
        return self.likelihood * self.severity

    @property
    def new_score(self) -> int:
        """The same after the treatment."""
        return self.new_likelihood * self.new_severity


def register(lines: Iterable[Risk]) -> tuple[Risk, ...]:
    """The last line of each id, the gravest remaining risk first."""
    last = {risk.id: risk for risk in lines}
    return tuple(sorted(last.values(), key=lambda risk: (-risk.new_score, -risk.score, _number(risk.id))))


def next_id(lines: Iterable[Risk]) -> str:
    """`R-1`, `R-2`, …"""
    return f"R-{max((_number(risk.id) for risk in lines), default=0) + 1}"


def _number(risk_id: str) -> int:
    return int(risk_id.removeprefix("R-"))
