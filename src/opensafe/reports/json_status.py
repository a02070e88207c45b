"""Where a case stands, as a JSON document (design, section 6)."""

from collections.abc import Sequence
from typing import Any

from opensafe.reports.status import StepState


def status_document(steps: Sequence[StepState], next_step: str, next_why: str) -> dict[str, Any]:
    """`status` and `next`."""
    return {
        "schema": "opensafe/status/v1",
        "steps": [{"name": step.name, "state": step.state, "detail": step.detail} for step in steps],
        "next": {"step": next_step, "why": next_why},
    }
