"""What the decisions of a case come to, on the source as it is now: the same for plan, rewrite and verify."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import with_places
from opensafe.casefile.view import settled
from opensafe.casework.inventory import inventory_of
from opensafe.history.reading import History
from opensafe.model.coverage import Coverage
from opensafe.model.decision import Decision
from opensafe.model.finding import Finding
from opensafe.model.plan import RewriteSpec
from opensafe.model.settlement import standing
from opensafe.rewriting.compile import Inventory, compile_spec


@dataclass(frozen=True, slots=True)
class DecidedState:
    """Findings with states and complete places, coverage with states, and the decisions that stand today."""

    findings: tuple[Finding, ...]
    coverage: Coverage
    decisions: Mapping[str, Sequence[Decision]]
    today: date


def decided_state(case: Case) -> DecidedState:
    """Reads the case only. Raises OutOfOrder before the first audit."""
    today = case.today
    findings, coverage = settled(case, today)
    return DecidedState(tuple(with_places(case, findings)), coverage, standing(case.decisions.read(), today), today)


def compiled(
    case: Case, history: History, state: DecidedState, replacements: Mapping[str, str]
) -> tuple[RewriteSpec, Inventory]:
    """Every change that the decisions ask for in this history."""
    inventory = inventory_of(history, case.key)
    skips = state.coverage.skipped
    return compile_spec(state.findings, state.decisions, skips, inventory, replacements), inventory
