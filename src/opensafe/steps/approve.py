"""Records that somebody approves the present plan. What plans are worked out with is not needed for it."""

from datetime import UTC, datetime

from opensafe.casefile.folder import Case
from opensafe.casefile.plans import require_plan, save_approval
from opensafe.casework.approval import Planned, approved_plan, awaited
from opensafe.errors import UsageError


def approve(case: Case, *, by: str) -> Planned:
    """Record that `by` approves the present plan. Raises what ApprovedPlan.approve raises."""
    if not by.strip():
        raise UsageError("an approval needs the name of a person", remedy="add --by NAME")
    plan, state = require_plan(case), awaited(case)
    approved = approved_plan(case, plan, by=by, on=datetime.now(UTC).isoformat(timespec="seconds"), known=state)
    with case.writing("plan --approve"):
        save_approval(case, plan, approved.by, approved.on)
        what = f"Approved the plan: {plan.option}"
        case.log.append("plan", what, by=by, details={"plan": plan.digest, "unrotated": state.credentials})
    return Planned(plan, state)
