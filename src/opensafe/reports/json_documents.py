"""The JSON documents of the command line: each starts with its schema's name, `opensafe/<name>/v1`.

The keys, their order and their words are the contract of design section 6; the schemas lie in `schemas/`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from importlib.resources import files
from typing import Any

from opensafe.model.caseview import CaseView
from opensafe.model.coverage import Coverage
from opensafe.model.finding import Finding, State
from opensafe.model.identifiers import FindingId
from opensafe.model.logentry import LogEntry
from opensafe.model.openness import Categorised
from opensafe.model.plan import RewritePlan
from opensafe.model.readiness import Checklist, Profile
from opensafe.model.risk import Risk
from opensafe.model.verification import Verification
from opensafe.reports.grouping import by_person
from opensafe.reports.json_case import audit_fields, copy_fields, shared_entry_fields, verdict_fields
from opensafe.reports.json_detectors import detector_check_document, detectors_document
from opensafe.reports.json_findings import coverage_fields, finding_fields
from opensafe.reports.json_preview import preview_document
from opensafe.reports.json_records import (
    answer_fields,
    changes,
    decision_fields,
    entry_fields,
    measure_fields,
    option_fields,
    profile_fields,
    signoff_fields,
)
from opensafe.reports.json_suggestions import suggestions_document
from opensafe.reports.json_text import to_json, with_items
from opensafe.reports.openness_table import category_fields
from opensafe.reports.plan_choices import choice_words
from opensafe.reports.recommendation import reasons
from opensafe.reports.review_order import in_review_order
from opensafe.reports.risk_register import risk_fields
from opensafe.reports.rotation_table import RotationRow, rotation_rows
from opensafe.reports.scope_limits import UNCHECKED
from opensafe.reports.status import StepState

__all__ = [
    "MAX_PLACES",
    "SCHEMAS",
    "case_document",
    "categories_document",
    "check_document",
    "detector_check_document",
    "detectors_document",
    "error_document",
    "findings_document",
    "log_document",
    "plan_document",
    "preview_document",
    "profiles_document",
    "result_document",
    "risks_document",
    "rotations_document",
    "schema",
    "status_document",
    "suggestions_document",
    "to_json",
    "verification_document",
    "with_items",
]

MAX_PLACES = 20
SCHEMAS = (
    "findings",
    "verification",
    "check",
    "plan",
    "preview",
    "suggestions",
    "log",
    "status",
    "rotations",
    "risks",
    "categories",
    "report",
    "detectors",
    "detector-check",
    "profiles",
    "result",
    "error",
)


def findings_document(
    findings: Sequence[Finding],
    coverage: Coverage,
    max_places: int = MAX_PLACES,
    place_states: Mapping[FindingId, Sequence[State]] | None = None,
) -> dict[str, Any]:
    """`findings`. A place's own state is taken from `place_states` (in the order of the finding's places)."""
    states = place_states or {}
    return {
        "schema": "opensafe/findings/v1",
        "coverage": coverage_fields(coverage),
        "findings": [finding_fields(finding, max_places, states.get(finding.id, ())) for finding in findings],
    }


def verification_document(verification: Verification) -> dict[str, Any]:
    """`verify`."""
    checks = [{"id": c.id, "passed": c.passed, "figure": c.figure} for c in verification.checks]
    return {
        "schema": "opensafe/verification/v1",
        "passed": verification.passed,
        "checks": checks,
        "changed": changes(verification.changed),
        "unchanged": changes(verification.unchanged),
        "lost": [{"what": lost.what, "count": lost.count} for lost in verification.lost],
    }


def check_document(checklist: Checklist) -> dict[str, Any]:
    """`check`."""
    return {
        "schema": "opensafe/check/v1",
        "profile": checklist.profile.id,
        "commit": checklist.commit,
        "ready": checklist.ready,
        "rows": [answer_fields(answer) for answer in checklist.answers],
    }


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


def log_document(entries: Sequence[LogEntry], head: str) -> dict[str, Any]:
    """`log show`: every field of every line, so that the chain can be computed again from it."""
    return {"schema": "opensafe/log/v1", "head": head, "entries": [entry_fields(entry) for entry in entries]}


def status_document(steps: Sequence[StepState], next_step: str, next_why: str) -> dict[str, Any]:
    """`status` and `next`."""
    return {
        "schema": "opensafe/status/v1",
        "steps": [{"name": step.name, "state": step.state, "detail": step.detail} for step in steps],
        "next": {"step": next_step, "why": next_why},
    }


def result_document(command: str, what: str, details: Mapping[str, Any], next_step: str) -> dict[str, Any]:
    """What a command did that has no document of its own: `start`, `decide`, `rewrite`, `release`, …"""
    return {
        "schema": "opensafe/result/v1",
        "command": command,
        "what": what,
        "details": dict(details),
        "next": next_step,
    }


def error_document(exit_code: int, cause: str, remedy: str) -> dict[str, Any]:
    """Why a command did not do what it was asked for, and what to do next."""
    return {"schema": "opensafe/error/v1", "exit_code": exit_code, "cause": cause, "remedy": remedy}


def rotations_document(rows: Sequence[RotationRow]) -> dict[str, Any]:
    """`rotate list`: one row for each credential, also for those of which nothing was recorded (`found`)."""
    return {
        "schema": "opensafe/rotations/v1",
        "open": sum(1 for row in rows if not row.settled),
        "rotations": [row.fields() for row in rows],
    }


def risks_document(risks: Sequence[Risk]) -> dict[str, Any]:
    """`risk list` and `risk add`: the register, the gravest remaining risk first."""
    return {"schema": "opensafe/risks/v1", "risks": [risk_fields(risk) for risk in risks]}


def categories_document(lines: Sequence[Categorised], today: date) -> dict[str, Any]:
    """`category list` and `category set`: the newest line of each component."""
    return {"schema": "opensafe/categories/v1", "categories": [category_fields(line, today) for line in lines]}


def case_document(view: CaseView) -> dict[str, Any]:
    """`report --format json`. What has not been done yet is null; documents of other commands stand inside.

    Findings that are `written` already are left out.
    """
    findings = in_review_order(view.findings)
    listed = findings if view.written is None else ()
    return {
        "schema": "opensafe/report/v1",
        "case": view.name,
        "organisation": view.organisation,
        "made": view.made,
        "opensafe_version": view.version,
        "profile": view.profile,
        "roles": dict(view.roles),
        "release": view.release or None,
        "verdict": verdict_fields(view),
        "next_step": view.next_step,
        "audit": audit_fields(view.audit) if view.audit else None,
        "findings": [finding_fields(finding, MAX_PLACES) for finding in listed],
        "people": [{"person": p.person, "findings": [f.id for f in p.findings]} for p in by_person(findings)],
        "decisions": [decision_fields(decision) for decision in view.decisions],
        "rotations": rotations_document(rotation_rows(view.rotations, view.findings, view.today, view.exposures)),
        "unrotated": [finding.id for finding in view.unrotated],
        "risks": risks_document(view.risks)["risks"],
        "categories": categories_document(view.categories, view.today)["categories"],
        "plan": plan_document(view.plan, view.plan_approved_by) if view.plan else None,
        "verified_commit": view.verification.head if view.verification else None,
        "verification": verification_document(view.verification) if view.verification else None,
        "checklist": check_document(view.checklist) if view.checklist else None,
        "signoffs": [signoff_fields(signoff) for signoff in view.signoffs],
        "unredacted_copies": [copy_fields(copy) for copy in view.copies],
        "not_checked": [{"what": place.what, "why": place.why} for place in UNCHECKED],
        "log": {"head": view.log_head, "entries": [shared_entry_fields(entry) for entry in view.log]},
    }


def profiles_document(profiles: Sequence[Profile]) -> dict[str, Any]:
    """`profiles`: each policy with its rows."""
    return {"schema": "opensafe/profiles/v1", "profiles": [profile_fields(profile) for profile in profiles]}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document `opensafe/<name>/v1`, complete in itself.

    Shapes that several documents share lie in one file and are put in here. Raises KeyError for another name.
    """
    if name not in SCHEMAS:
        raise KeyError(f"there is no document {name!r}: {', '.join(SCHEMAS)}")
    return {**_schema_file(name), "$defs": _schema_file("definitions")["$defs"]}


def _schema_file(name: str) -> dict[str, Any]:
    text = files("opensafe.reports").joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
