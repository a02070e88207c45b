"""Compares the options on this repository, and writes the plan."""

from dataclasses import replace

from opensafe.casefile.folder import Case
from opensafe.casefile.plans import load_plan, save_plan
from opensafe.casefile.view import decisions_digest
from opensafe.casework.approval import Planned, awaited
from opensafe.casework.choice_lists import sealed_lists
from opensafe.casework.chosen import CompiledPlan, compiled_plan
from opensafe.casework.compiled_decisions import replacements_of, standing_decisions
from opensafe.casework.former_result import former_of, recover
from opensafe.casework.inventory import published_files
from opensafe.casework.source import unchanged_source
from opensafe.casework.typed_texts import refuse_values
from opensafe.errors import UsageError
from opensafe.history.reading import History
from opensafe.model.choices import Choices
from opensafe.model.identifiers import Oid
from opensafe.model.measures import OptionMeasures
from opensafe.model.plan import Option, OptionNumbers, RewritePlan, RewriteSpec
from opensafe.model.progress import Progress
from opensafe.model.rewrite import Reach
from opensafe.rewriting.build import foresee
from opensafe.rewriting.chosen_commits import with_full_ids
from opensafe.rewriting.digests import sealed, spec_digest
from opensafe.rewriting.estimate import all_changed, estimate
from opensafe.rewriting.measures import measure

_NONE = Choices()
_NEEDS_JUSTIFICATION = frozenset({Option.SQUASH, Option.NEW_REPOSITORY})


def plan(
    case: Case,
    progress: Progress,
    *,
    option: Option | None = None,
    justification: str = "",
    choices: Choices = _NONE,
    cache: str | None = None,
    by: str = "",
) -> Planned:
    """Work out what the decisions change, and write the plan for `option` (or the recommended one)."""
    _refuse_values(case, justification, choices, cache)
    with case.writing("plan"):
        choices = sealed_lists(case, choices)
        history = unchanged_source(case, case.work / "view", progress)
        _require_branch(history)
        choices = replace(choices, commits=with_full_ids(choices.commits, history.graph))
        said, before = standing_decisions(case), load_plan(case)
        replacements = replacements_of(case, history, said, before.replacements if before else {})
        compiled = compiled_plan(case, history, said, replacements, choices)
        spec = compiled.spec
        changed = all_changed(spec, history.graph, history.view)
        numbers = estimate(spec, compiled.decided, history.graph, changed)
        recommended = next((row.option for row in numbers if row.possible), Option.NEW_REPOSITORY)
        chosen = option or recommended
        _check(chosen, numbers, justification)
        _check_choices(chosen, choices, justification)
        reach = _reach(case, chosen, spec, history, progress)
        made = sealed(
            RewritePlan(
                option=chosen,
                recommended=recommended,
                source_digest=history.digest(),
                decisions_digest=decisions_digest(case, said.today),
                spec_digest=spec_digest(spec),
                replacements=replacements,
                numbers=numbers,
                measures=_measures(history, compiled, changed),
                justification=justification,
                choices=choices,
                reach=reach,
            )
        )
        _record(case, made, by)
    return Planned(made, awaited(case))


def _refuse_values(case: Case, justification: str, choices: Choices, cache: str | None) -> None:
    """What people type is public, or on the record: no finding may stand in it."""
    messages = "\n\n".join(choices.commits.reword.values())
    refuse_values(case, cache, reason=justification, message_file=messages)


def _measures(history: History, compiled: CompiledPlan, changed: frozenset[Oid]) -> tuple[OptionMeasures, ...]:
    files = published_files(history.provenance)
    return measure(compiled.spec, compiled.decided, history.graph, changed, files)


def _record(case: Case, made: RewritePlan, by: str) -> None:
    save_plan(case, made)
    reach = "" if made.reach.is_nothing else f"; {made.reach.told}"
    what = f"Planned: {made.option}, recommended: {made.recommended}{reach}"
    case.log.append("plan", what, by=by, why=made.justification, details={"plan": made.digest})


def _reach(case: Case, chosen: Option, spec: RewriteSpec, history: History, progress: Progress) -> Reach:
    """What this plan would take away from a history that was made before."""
    recover(case)
    former = former_of(case)
    if former is None:
        return Reach()
    return foresee(chosen, spec, history.view, history.graph, case.work / "build", progress, former)


def _require_branch(history: History) -> None:
    """A new history begins with a commit on its default branch."""
    if history.head_branch not in {ref.public for ref in history.published}:
        raise UsageError(
            "no branch with a commit would be published, so there is nothing to plan for",
            remedy="commit to the source first, or open a case that publishes a branch: opensafe start --publish REF",
        )


def _check(chosen: Option, numbers: tuple[OptionNumbers, ...], justification: str) -> None:
    row = next(row for row in numbers if row.option is chosen)
    if not row.possible:
        raise UsageError(f"--option {chosen} is not possible here: {row.why}", remedy="choose another --option")
    if chosen in _NEEDS_JUSTIFICATION and not justification.strip():
        milder = [f"{row.option}: {row.why}" for row in numbers[: numbers.index(row)] if not row.possible]
        not_possible = f" (not possible here is {'; '.join(milder)})" if milder else ""
        raise UsageError(
            f"--option {chosen} gives up the history, which the policy allows only when it is needed{not_possible}",
            remedy="say why with --reason TEXT: it goes on the record",
        )


def _check_choices(chosen: Option, choices: Choices, justification: str) -> None:
    if choices.is_empty:
        return
    if not justification.strip():
        raise UsageError(
            "a change of your own goes on the record with its reason",
            remedy="say why with --reason TEXT",
        )
    if choices.commits.changes and chosen in _NEEDS_JUSTIFICATION:
        raise UsageError(
            f"--option {chosen} leaves one commit, so none can be dropped, reworded or squashed on its own",
            remedy="plan with --option rewrite, or leave these changes out",
        )
