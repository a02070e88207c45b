"""The whole case as one JSON document (design, section 6): documents of other commands stand inside."""

from typing import Any

from opensafe.model.audit import AuditRecord
from opensafe.model.caseview import CaseView, UnredactedCopy
from opensafe.model.logentry import LogEntry
from opensafe.reports.grouping import by_person
from opensafe.reports.json_checks import check_document, verification_document
from opensafe.reports.json_findings import MAX_PLACES, coverage_fields, finding_fields
from opensafe.reports.json_plan import plan_document
from opensafe.reports.json_records import decision_fields, signoff_fields
from opensafe.reports.json_registers import categories_document, risks_document, rotations_document
from opensafe.reports.review_order import in_review_order
from opensafe.reports.rotation_table import rotation_rows
from opensafe.reports.scope_limits import UNCHECKED
from opensafe.reports.verdict import verdict


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
        "unrotated": list(view.unrotated),
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


def verdict_fields(view: CaseView) -> dict[str, Any]:
    now = verdict(view)
    waiting = [{"duty": item.duty.value, "count": item.count, "sentence": item.sentence} for item in now.open]
    return {"state": now.state.value, "sentence": now.sentence, "limits": now.limits, "outstanding": waiting}


def audit_fields(audit: AuditRecord) -> dict[str, Any]:
    source = audit.source
    refs = [{"name": ref.name, "oid": ref.oid, "published": ref.published} for ref in source.refs]
    return {
        "finished": audit.finished,
        "seconds": audit.seconds,
        "opensafe_version": audit.opensafe_version,
        "rules_digest": audit.rules_digest,
        "roster_digest": audit.roster_digest or None,
        "source": {
            "digest": source.digest,
            "head": source.head,
            "head_ref": source.head_ref,
            "commits": source.commits,
            "object_format": source.object_format,
            "refs": refs,
        },
        "coverage": coverage_fields(audit.coverage),
    }


def copy_fields(copy: UnredactedCopy) -> dict[str, Any]:
    return {"what": copy.what, "where": copy.where, "holder": copy.holder, "destroy_by": copy.destroy_by}


def shared_entry_fields(entry: LogEntry) -> dict[str, Any]:
    """Who, when, what and why. The account on the machine stays in the case: this document is shared."""
    return {
        "seq": entry.seq,
        "time": entry.time,
        "by": entry.by,
        "role": entry.role,
        "step": entry.step,
        "what": entry.what,
        "why": entry.why,
        "hash": entry.hash,
    }
