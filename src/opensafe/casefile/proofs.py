"""The verification of the new history, and what opensafe itself added above it, as documents of the case."""

from dataclasses import asdict
from typing import Any

from opensafe.casefile.folder import Case
from opensafe.casefile.index import Index
from opensafe.model.rewrite import Lost
from opensafe.model.verification import Check, Verification

_VERIFICATION, _ADDED = "verification.json", "added.json"


def public_index(case: Case) -> Index:
    """The re-audit of the new history, apart from the audit of the source."""
    return Index(case.root / "public.sqlite")


def save_verification(case: Case, verification: Verification) -> None:
    document = asdict(verification)
    document["changed"] = dict(verification.changed)
    document["unchanged"] = dict(verification.unchanged)
    case.save_document(_VERIFICATION, document)


def load_verification(case: Case) -> Verification | None:
    """The last verification; `head` tells for which commit it holds."""
    found = case.load_document(_VERIFICATION)
    if found is None:
        return None
    return Verification(
        checks=tuple(Check(**row) for row in found["checks"]),
        changed=found["changed"],
        unchanged=found["unchanged"],
        lost=tuple(Lost(**row) for row in found["lost"]),
        head=found["head"],
    )


def added_paths(case: Case) -> dict[str, Any]:
    """What opensafe itself put above the proven history: `commits` (id → paths) and `tags`."""
    return case.load_document(_ADDED) or {"commits": {}, "tags": []}


def note_commit(case: Case, commit: str, paths: list[str]) -> None:
    """Remember a commit that opensafe added, and the files that it says it changed."""
    added = added_paths(case)
    case.save_document(_ADDED, {**added, "commits": {**added["commits"], commit: paths}})


def note_tag(case: Case, tag: str) -> None:
    """Remember a release tag that opensafe made."""
    added = added_paths(case)
    case.save_document(_ADDED, {**added, "tags": [*dict.fromkeys((*added["tags"], tag))]})


def forget_added(case: Case) -> None:
    """A new rewrite starts afresh: what was added stood on the history before."""
    case.save_document(_ADDED, {"commits": {}, "tags": []})
