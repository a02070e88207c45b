"""A plan as a JSON document (design, section 6)."""

from dataclasses import asdict
from typing import Any

from opensafe.model.plan import RewritePlan
from opensafe.reports.json_records import measure_fields, option_fields
from opensafe.reports.plan_choices import choice_words
from opensafe.reports.recommendation import reasons


def plan_document(plan: RewritePlan, approved_by: str) -> dict[str, Any]:
    """`plan`; `approved_by` is empty until somebody approved it."""
    return {
        "schema": "opensafe/plan/v1",
        "option": plan.option.value,
        "recommended": plan.recommended.value,
        "justification": plan.justification,
        "approved_by": approved_by or None,
        "options": [option_fields(numbers) for numbers in plan.numbers],
        "choices": [{"option": option, "value": value} for option, value in choice_words(plan.choices)],
        "measures": [measure_fields(measures) for measures in plan.measures],
        "reasons": list(reasons(plan)),
        "replacements": dict(plan.replacements),
        "reach": asdict(plan.reach),
        "digests": {
            "plan": plan.digest,
            "source": plan.source_digest,
            "decisions": plan.decisions_digest,
            "spec": plan.spec_digest,
        },
    }
