"""What was checked, and by which rules, as JSON documents (design, section 6)."""

from collections.abc import Sequence
from typing import Any

from opensafe.model.readiness import Checklist, Profile
from opensafe.model.verification import Verification
from opensafe.reports.json_records import answer_fields, changes, profile_fields


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


def profiles_document(profiles: Sequence[Profile]) -> dict[str, Any]:
    """`profiles`: each policy with its rows."""
    return {"schema": "opensafe/profiles/v1", "profiles": [profile_fields(profile) for profile in profiles]}
