"""What a plan comes to on the source as it is now, decisions and choices together: for plan, rewrite and verify."""

from collections.abc import Mapping
from dataclasses import dataclass

from opensafe.casefile.folder import Case
from opensafe.casework.decided import DecidedState, compiled
from opensafe.history.reading import History
from opensafe.model.choices import Choices
from opensafe.model.plan import RewriteSpec
from opensafe.rewriting.chosen import with_choices
from opensafe.rewriting.compile import Inventory


@dataclass(frozen=True, slots=True)
class CompiledPlan:
    """`spec` is everything, `decided` what the decisions alone ask for."""

    spec: RewriteSpec
    decided: RewriteSpec
    inventory: Inventory
    choices: Choices


def compiled_plan(
    case: Case, history: History, state: DecidedState, replacements: Mapping[str, str], choices: Choices
) -> CompiledPlan:
    """Raises UsageError where a choice cannot be carried out."""
    decided, inventory = compiled(case, history, state, replacements)
    spec = decided if choices.is_empty else with_choices(decided, choices, history.view, history.graph)
    return CompiledPlan(spec, decided, inventory, choices)
