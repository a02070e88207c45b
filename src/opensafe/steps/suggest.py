"""Suggested decisions: looked at, and accepted."""

from collections.abc import Sequence

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter, select
from opensafe.casework.deciding import Decided, Ruling, Verdict
from opensafe.casework.suggesting import MAY_BE_SUGGESTED, Suggested, suggestions
from opensafe.errors import UsageError
from opensafe.model.finding import Finding
from opensafe.model.suggestion import Strength


def suggest(case: Case, chosen: Filter) -> tuple[Suggested, ...]:
    """The open findings that `chosen` takes and for which there is a suggestion, in the order of review."""
    found, _ = select(case, chosen, case.today, MAY_BE_SUGGESTED)
    waiting = [finding for finding in found if finding.waits]
    made = suggestions(case, waiting)
    return tuple(Suggested(finding, made[finding.id]) for finding in waiting if finding.id in made)


def suggested_rulings(case: Case, ids: Sequence[str], chosen: Filter, *, by: str, second: str = "") -> list[Ruling]:
    """The decisions that accept what is suggested: for these ids, else for all where the evidence is strong.

    Weak evidence is accepted by id only. Raises UsageError for an id without a suggestion.
    """
    named = {case.index.finding_by_prefix(name).id for name in ids}
    found = {one.finding.id: one for one in suggest(case, chosen)}
    for id_ in sorted(named):
        if id_ not in found:
            raise UsageError(f"nothing is suggested for {id_}, or it is decided already", remedy="add --action")
    taken = [found[id_] for id_ in sorted(named)] if named else [o for o in found.values() if _is_strong(o)]
    if not taken:
        raise UsageError(
            "nothing is suggested on strong evidence here",
            remedy="opensafe findings --suggest lists weak suggestions: accept each by its id",
        )
    alike: dict[Verdict, list[Finding]] = {}
    for one in taken:
        said = one.suggestion
        verdict = Verdict(said.action, by, reason=f"suggested: {said.evidence}", second=second)
        alike.setdefault(verdict, []).append(one.finding)
    return [Ruling(Decided(tuple(members)), verdict) for verdict, members in alike.items()]


def _is_strong(one: Suggested) -> bool:
    return one.suggestion.strength is Strength.STRONG
