"""Checks everything that must hold before a plan may be executed: at the approval, and again at the rewrite."""

from opensafe.casefile.folder import Case
from opensafe.casefile.rotations import latest, unrotated
from opensafe.casefile.view import decisions_digest
from opensafe.casework.decided import decided_state
from opensafe.model.plan import ApprovedPlan, Gate, RewritePlan
from opensafe.readiness.profiles import load_profile


def approved_plan(case: Case, plan: RewritePlan, *, by: str, on: str) -> ApprovedPlan:
    """The plan as an approved one. Raises what ApprovedPlan.approve raises."""
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
