"""The parts of the report document that no other document has."""

from typing import Any

from opensafe.model.audit import AuditRecord
from opensafe.model.caseview import CaseView, UnredactedCopy
from opensafe.model.logentry import LogEntry
from opensafe.reports.json_findings import coverage_fields
from opensafe.reports.verdict import verdict


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
