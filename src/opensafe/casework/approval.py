"""Checks everything that must hold before a plan may be executed: at the approval, and again at the rewrite."""

from opensafe.casefile.folder import Case
from opensafe.casefile.plans import PLAN
from opensafe.casefile.rotations import latest, unrotated
from opensafe.casefile.view import decisions_digest
from opensafe.casework.decided import decided_state
from opensafe.errors import CaseDamaged
from opensafe.model.plan import ApprovedPlan, Gate, RewritePlan
from opensafe.readiness.profiles import load_profile
from opensafe.rewriting.digests import sealed


def approved_plan(case: Case, plan: RewritePlan, *, by: str, on: str) -> ApprovedPlan:
    """The plan as an approved one. Raises what ApprovedPlan.approve raises, and CaseDamaged.

    An approval names the digest of a plan: a plan that is no longer what its digest says was changed by hand.
    """
    if sealed(plan).digest != plan.digest:
        raise CaseDamaged(f"{PLAN} is not the plan that opensafe wrote", remedy="make the plan again: opensafe plan")
    state = decided_state(case)
    blocks = load_profile(case.config.profile).rotation_blocks_plan
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
