"""Checks everything that must hold before a plan may be executed: at the approval, and again at the rewrite."""

from datetime import UTC, datetime

from opensafe.casefile.folder import Case
from opensafe.casefile.plans import PLAN
from opensafe.casefile.rotations import latest, unrotated
from opensafe.casefile.view import decisions_digest
from opensafe.casework.decided import DecidedState, settled_state
from opensafe.errors import CaseDamaged, FindingsOpen
from opensafe.model.plan import ApprovedPlan, Gate, RewritePlan
from opensafe.model.readiness import Profile
from opensafe.model.second_person import asks_second
from opensafe.model.settlement import lapsed
from opensafe.model.text import counted
from opensafe.readiness.profiles import load_profile
from opensafe.rewriting.digests import sealed

_NAMED = 3  # ids in a message


def approved_plan(
    case: Case, plan: RewritePlan, *, by: str, on: str, decided: DecidedState | None = None
) -> ApprovedPlan:
    """The plan as an approved one. Raises what ApprovedPlan.approve raises, and CaseDamaged.

    `decided` is how the case stands, where that is known already. An approval names the digest of a plan: a plan that
    is no longer what its digest says was changed by hand.
    """
    if sealed(plan).digest != plan.digest:
        raise CaseDamaged(f"{PLAN} is not the plan that opensafe wrote", remedy="make the plan again: opensafe plan")
    state = decided or settled_state(case)
    profile = load_profile(case.config.profile)
    _refuse_unconfirmed(case, state, profile)
    blocks = profile.rotation_blocks_plan
    gate = Gate(unrotated=len(unrotated(state.findings, latest(case))), blocks=blocks)
    return ApprovedPlan.approve(
        plan,
        findings=state.findings,
        coverage=state.coverage,
        gate=gate,
        decisions_digest=decisions_digest(case),
        by=by,
        on=on,
    )


def _refuse_unconfirmed(case: Case, state: DecidedState, profile: Profile) -> None:
    """Decisions that wait for a second person, and those of before the profile asked for one."""
    pending = lapsed(case.decisions.read(), datetime.now(UTC).date()).pending
    waiting = {f.id for f in state.findings if f.id in pending and f.published} | {
        finding.id
        for finding in state.findings
        for decision in state.decisions.get(finding.id, ())
        if asks_second(profile.second_person, finding, decision.action)
        and not decision.second
        and not decision.without_second
    }
    if waiting:
        some = ", ".join(sorted(waiting)[:_NAMED]) + (", …" if len(waiting) > _NAMED else "")
        raise FindingsOpen(
            f"{counted(len(waiting), 'finding')} to stay by the word of one person, where {profile.id} asks for two: "
            + some,
            remedy="somebody else confirms: opensafe decide ID --second NAME; or decide again, with --second or"
            " --without-second TEXT",
        )
