"""Plans, checklists and what people said as JSON objects, keys in the order of the contract (design, section 6)."""

from collections.abc import Mapping
from typing import Any

from opensafe.model.decision import Decision
from opensafe.model.logentry import LogEntry
from opensafe.model.measures import OptionMeasures
from opensafe.model.plan import OptionNumbers
from opensafe.model.readiness import Answer, Profile, ProfileRow, SignOff
from opensafe.reports.json_findings import counts

_COUNTED = ("commits", "blobs", "refs")


def changes(numbers: Mapping[str, int]) -> dict[str, int]:
    """What changed, or did not: commits, blobs and refs always, then whatever else was counted."""
    return counts(numbers, _COUNTED)


def option_fields(numbers: OptionNumbers) -> dict[str, Any]:
    return {
        "option": numbers.option.value,
        "possible": numbers.possible,
        "why": numbers.why,
        "commits_before": numbers.commits_before,
        "commits_after": numbers.commits_after,
        "commits_changed": numbers.commits_changed,
        "history_kept": round(numbers.history_kept, 4),
        "tags_lost": numbers.tags_lost,
        "tags_changed": numbers.tags_changed,
        "signatures_lost": numbers.signatures_lost,
        "headers_lost": numbers.headers_lost,
        "files_removed": numbers.files_removed,
        "blobs_changed": numbers.blobs_changed,
        "authors_before": numbers.authors_before,
        "authors_kept": numbers.authors_kept,
    }


def measure_fields(measures: OptionMeasures) -> dict[str, Any]:
    """What an option costs beyond its counts. Sizes in bytes, estimated."""
    return {
        "option": measures.option.value,
        "commits_kept": measures.commits_kept,
        "commits_changed": measures.commits_changed,
        "commits_lost": measures.commits_lost,
        "authorship_kept": measures.authorship_kept,
        "first_changed": measures.first_changed or None,
        "first_changed_count": measures.first_changed_count,
        "references_lost": measures.references_lost,
        "head_files_gone": measures.head_files_gone,
        "files_gone": measures.files_gone,
        "bytes_before": measures.bytes_before,
        "bytes_after": measures.bytes_after,
    }


def answer_fields(answer: Answer) -> dict[str, Any]:
    return {
        "id": answer.row.id,
        "statement": answer.row.statement,
        "level": answer.row.level.value,
        "answer": answer.answer.value,
        "how": answer.how.value,
        "evidence": list(answer.evidence),
        "remedy": answer.row.remedy,
        "stale": answer.stale,
    }


def decision_fields(decision: Decision) -> dict[str, Any]:
    return {
        "subject": decision.subject,
        "action": decision.action.value if decision.action else None,
        "by": decision.by,
        "on": decision.on.isoformat(),
        "reason": decision.reason,
        "to": decision.to,
        "path": decision.path,
        "expires": decision.expires.isoformat() if decision.expires else None,
        "second": decision.second,
        "undo": decision.undo,
        "second_needed": decision.second_needed,
        "without_second": decision.without_second,
        "confirms": decision.confirms,
    }


def signoff_fields(signoff: SignOff) -> dict[str, Any]:
    return {
        "role": signoff.role.value,
        "by": signoff.by,
        "on": signoff.on.isoformat(),
        "commit": signoff.commit,
        "profile_digest": signoff.profile_digest,
        "log_head": signoff.log_head,
        "established": signoff.established.value,
    }


def entry_fields(entry: LogEntry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "time": entry.time,
        "os_user": entry.os_user,
        "by": entry.by,
        "role": entry.role,
        "step": entry.step,
        "what": entry.what,
        "why": entry.why,
        "version": entry.version,
        "details": dict(entry.details),
        "previous": entry.previous,
        "hash": entry.hash,
    }


def profile_fields(profile: Profile) -> dict[str, Any]:
    return {
        "id": profile.id,
        "title": profile.title,
        "source": profile.source,
        "digest": profile.digest,
        "signoffs": [role.value for role in profile.signoffs],
        "rotation_blocks_plan": profile.rotation_blocks_plan,
        "second_person": [demand.value for demand in profile.second_person],
        "rows": [_row(row) for row in profile.rows],
    }


def _row(row: ProfileRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "statement": row.statement,
        "level": row.level.value,
        "how": row.how.value,
        "check": row.check,
        "remedy": row.remedy,
        "source": row.source,
        "section": row.section,
    }
