"""What the decisions of a case come to, on the source as it is now: the same for plan, rewrite and verify."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casefile.marks import appearances, marked, numbered, published_marks
from opensafe.casefile.selection import with_places
from opensafe.casefile.view import settled, settled_coverage
from opensafe.casefile.where import with_ids
from opensafe.casework.inventory import inventory_of
from opensafe.errors import UsageError
from opensafe.history.reading import History
from opensafe.model.coverage import Coverage
from opensafe.model.decision import Action, Decision
from opensafe.model.finding import Finding
from opensafe.model.fitting import fitting_actions
from opensafe.model.plan import RewriteSpec
from opensafe.model.settlement import standing
from opensafe.rewriting.compile import Inventory, compile_spec
from opensafe.rewriting.numbering import assign_replacements, to_be_numbered


@dataclass(frozen=True, slots=True)
class DecidedState:
    """Findings with states and complete places, coverage with states, and the decisions that stand today."""

    findings: tuple[Finding, ...]
    coverage: Coverage
    decisions: Mapping[str, Sequence[Decision]]
    today: date


@dataclass(frozen=True, slots=True)
class StandingDecisions:
    """The decisions that stand today, and the coverage with the states of its skips: no finding is read."""

    coverage: Coverage
    decisions: Mapping[str, Sequence[Decision]]
    today: date


def decided_state(case: Case) -> DecidedState:
    """Reads the case only. Raises OutOfOrder before the first audit."""
    today = case.today
    findings, coverage = settled(case, today)
    return DecidedState(tuple(with_places(case, findings)), coverage, standing(case.decisions.read(), today), today)


def standing_decisions(case: Case) -> StandingDecisions:
    """Reads the case only. Raises OutOfOrder before the first audit."""
    today = case.today
    decisions = standing(case.decisions.read(), today)
    return StandingDecisions(settled_coverage(case, decisions), decisions, today)


def replacements_of(case: Case, history: History, said: StandingDecisions, before: Mapping[str, str]) -> dict[str, str]:
    """The texts that stand in for what is decided about: those of the plan `before`, and new ones."""
    findings = to_be_numbered(marked(case.index, said.decisions), before)
    places = appearances(case.index, findings) if findings else ()
    assigned = assign_replacements(findings, places, history.graph, before)
    return dict(sorted(assigned.items()))  # as the plan is written, and digested: here it is done once


def compiled(
    case: Case, history: History, said: StandingDecisions, replacements: Mapping[str, str]
) -> tuple[RewriteSpec, Inventory]:
    """Every change that the decisions ask for in this history.

    Raises UsageError for a decision of an earlier version that would not be taken any more.
    """
    _refuse_unfitting(case, said.decisions)
    inventory, findings = inventory_of(history, case.key), numbered(case.index, said.decisions)
    marks, skips = published_marks(case.index, findings), said.coverage.skipped
    return compile_spec(marks, findings, said.decisions, skips, inventory, replacements), inventory


def _refuse_unfitting(case: Case, decisions: Mapping[str, Sequence[Decision]]) -> None:
    """A file without outputs to take out would have to go as a whole, which nobody decided."""
    stripped = {id_ for id_, taken in decisions.items() for said in taken if said.action is Action.STRIP_OUTPUTS}
    for finding in case.index.findings(with_ids(stripped)) if stripped else ():
        if Action.STRIP_OUTPUTS not in fitting_actions(finding):
            raise UsageError(
                f"{finding.id} is not a question about the outputs of a notebook, and was decided as one",
                remedy=f"decide again: opensafe decide {finding.id} --action redact (or remove-file, keep)",
            )
