"""Checks everything that must hold before a plan may be executed: at the approval, and again at the rewrite."""

from dataclasses import dataclass
from datetime import date

from opensafe.casefile.folder import Case
from opensafe.casefile.plans import PLAN
from opensafe.casefile.rotations import latest, unsettled
from opensafe.casefile.tally import tally
from opensafe.casefile.view import decisions_digest, settled_coverage
from opensafe.casefile.where import with_ids
from opensafe.errors import CaseDamaged, FindingsOpen
from opensafe.model.coverage import Coverage
from opensafe.model.decision import Action
from opensafe.model.plan import ApprovedPlan, Gate, RewritePlan
from opensafe.model.readiness import Profile
from opensafe.model.second_person import STAYS, asks_second
from opensafe.model.settlement import lapsed, standing
from opensafe.model.text import counted
from opensafe.readiness.profiles import load_profile
from opensafe.rewriting.digests import sealed

_NAMED = 3  # ids in a message
_STAYS = tuple(STAYS)  # looked through for each decision: sooner done than a hash of each action


@dataclass(frozen=True, slots=True)
class Awaited:
    """What is open in a case: findings that would be published, credentials that are not rotated, and the skips."""

    findings: int
    credentials: int
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and what still stands between it and its approval."""

    plan: RewritePlan
    awaited: Awaited


def awaited(case: Case) -> Awaited:
    """Counted by the index: no finding that is settled is read. Raises OutOfOrder before the first audit."""
    today = case.today
    decisions = case.decisions.read()
    counts = tally(case, decisions, today)
    unrotated = unsettled(counts.credentials, latest(case), today)
    return Awaited(counts.waiting, len(unrotated), settled_coverage(case, standing(decisions, today)))


def approved_plan(case: Case, plan: RewritePlan, *, by: str, on: str, known: Awaited | None = None) -> ApprovedPlan:
    """The plan as an approved one. Raises what ApprovedPlan.approve raises, and CaseDamaged.

    `known` is how the case stands, where somebody asked already. An approval names the digest of a plan: a plan that
    is no longer what its digest says was changed by hand.
    """
    if sealed(plan).digest != plan.digest:
        raise CaseDamaged(f"{PLAN} is not the plan that opensafe wrote", remedy="make the plan again: opensafe plan")
    state, today = known or awaited(case), case.today
    profile = load_profile(case.config.profile)
    _refuse_unconfirmed(case, profile, today)
    return ApprovedPlan.approve(
        plan,
        undecided=state.findings,
        coverage=state.coverage,
        gate=Gate(unrotated=state.credentials, blocks=profile.rotation_blocks_plan),
        decisions_digest=decisions_digest(case, today),
        by=by,
        on=on,
    )


def _refuse_unconfirmed(case: Case, profile: Profile, today: date) -> None:
    """Decisions that wait for a second person, and those of before the profile asked for one."""
    decisions = case.decisions.read()
    pending = lapsed(decisions, today).pending
    alone: dict[str, list[Action | None]] = {}
    for subject, taken in standing(decisions, today).items():
        for said in taken:
            if said.action in _STAYS and not said.second and not said.without_second:
                alone.setdefault(subject, []).append(said.action)
    asked = pending | alone.keys()
    waiting = {
        finding.id
        for finding in (case.index.findings(with_ids(asked)) if asked else ())
        if (finding.id in pending and finding.published)
        or any(asks_second(profile.second_person, finding, action) for action in alone.get(finding.id, ()))
    }
    if waiting:
        some = ", ".join(sorted(waiting)[:_NAMED]) + (", …" if len(waiting) > _NAMED else "")
        raise FindingsOpen(
            f"{counted(len(waiting), 'finding')} to stay by the word of one person, where {profile.id} asks for two: "
            + some,
            remedy="somebody else confirms: opensafe decide ID --second NAME; or decide again, with --second or"
            " --without-second TEXT",
        )
