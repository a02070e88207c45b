"""What a plan comes to on the source as it is now, decisions and choices together: for plan, rewrite and verify."""

from collections.abc import Mapping
from dataclasses import dataclass

from opensafe.casefile.folder import Case
from opensafe.casework.choice_lists import list_of
from opensafe.casework.compiled_decisions import StandingDecisions, compiled
from opensafe.casework.source import people, roster_of
from opensafe.history.reading import History
from opensafe.model.choice_lists import ChoiceLists
from opensafe.model.choices import Choices
from opensafe.model.mailmap import Mailmap
from opensafe.model.plan import RewriteSpec
from opensafe.model.replacing import parse_rules
from opensafe.rewriting.chosen import with_choices
from opensafe.rewriting.compile import Inventory


@dataclass(frozen=True, slots=True)
class CompiledPlan:
    """`spec` is everything, `decided` what the decisions alone ask for."""

    spec: RewriteSpec
    decided: RewriteSpec
    inventory: Inventory
    choices: Choices
    lists: ChoiceLists


def compiled_plan(
    case: Case, history: History, said: StandingDecisions, replacements: Mapping[str, str], choices: Choices
) -> CompiledPlan:
    """Raises UsageError where a choice cannot be carried out, OutOfOrder where one of its lists has changed."""
    decided, inventory = compiled(case, history, said, replacements)
    if choices.is_empty:
        return CompiledPlan(decided, decided, inventory, choices, ChoiceLists())
    lists = _lists(case, history, choices)
    spec = with_choices(decided, choices, lists, history.view, history.graph)
    return CompiledPlan(spec, decided, inventory, choices, lists)


def _lists(case: Case, history: History, choices: Choices) -> ChoiceLists:
    """People are numbered as in the audit, so that "Person 3" is the same person everywhere."""
    mailmap = Mailmap.parse(list_of(case, choices.people.mailmap, "--mailmap"))
    known = people(history, roster_of(case, None)[0]) if choices.people.renames else ()
    rules = parse_rules(list_of(case, choices.replace, "--replace-file")) if choices.replace else ()
    return ChoiceLists(mailmap, known, rules)
