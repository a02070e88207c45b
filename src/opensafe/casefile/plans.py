"""The plan, its approval and what the rewrite claims, as documents of the case."""

from collections.abc import Mapping
from typing import Any

from opensafe.casefile.choices import choices_from
from opensafe.casefile.folder import Case
from opensafe.errors import OutOfOrder
from opensafe.model.choices import Choices
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.measures import OptionMeasures
from opensafe.model.plan import Option, OptionNumbers, RewritePlan
from opensafe.model.rewrite import Lost, Reach, RewriteClaim

PLAN, APPROVAL, CLAIM = "plan.json", "approval.json", "claim.json"
NEXT_CLAIM = "claim-next.json"
_OF_THE_SWITCH = frozenset({"all_refs", "afresh", "joined"})


def save_plan(case: Case, plan: RewritePlan) -> None:
    case.save_document(PLAN, plan.as_fields())


def load_plan(case: Case) -> RewritePlan | None:
    found = case.load_document(PLAN)
    if found is None:
        return None
    numbers = tuple(OptionNumbers(**{**row, "option": Option(row["option"])}) for row in found["numbers"])
    measures = tuple(OptionMeasures(**{**row, "option": Option(row["option"])}) for row in found.get("measures", ()))
    # A plan of an earlier version has no choices.
    fixed = {
        "option": Option(found["option"]),
        "recommended": Option(found["recommended"]),
        "numbers": numbers,
        "measures": measures,
        "reach": Reach(**found.get("reach", {})),
        "choices": choices_from(found["choices"]) if "choices" in found else Choices(),
    }
    return RewritePlan(**{**found, **fixed})


def require_plan(case: Case) -> RewritePlan:
    """The plan. Raises OutOfOrder where there is none."""
    plan = load_plan(case)
    if plan is None:
        raise OutOfOrder("this case has no plan yet", remedy="opensafe plan")
    return plan


def save_approval(case: Case, plan: RewritePlan, by: str, on: str) -> None:
    case.save_document(APPROVAL, {"plan": plan.digest, "by": by, "on": on})


def approval(case: Case, plan: RewritePlan | None) -> tuple[str, str] | None:
    """Who approved this plan and when; `None` where nobody did, or another plan was approved."""
    found = case.load_document(APPROVAL)
    if found is None or plan is None or found["plan"] != plan.digest:
        return None
    return found["by"], found["on"]


def save_next_claim(
    case: Case,
    plan: RewritePlan,
    claim: RewriteClaim,
    refs: Mapping[bytes, Oid],
    all_refs: Mapping[bytes, Oid],
    head: bytes,
    *,
    afresh: bool,
    joined: Oid | None,
) -> None:
    """What a rewrite says that it did, before its result is switched in.

    `refs` are as they were rewritten, `all_refs` those of the result with what opensafe had added; `afresh` says
    that nothing of that is left; `joined` is a commit of ours that was made for it. Old ref names are kept as keys:
    a name may hold what was redacted.
    """
    case.save_document(
        NEXT_CLAIM,
        {
            "plan": plan.digest,
            "option": plan.option,
            "commits": {str(old): new for old, new in claim.commits.items()},
            "plain": {str(old): new for old, new in claim.plain.items()},
            "tags": {str(old): new for old, new in claim.tags.items()},
            "refs": {case.key.name(old): None if new is None else new.hex() for old, new in claim.refs.items()},
            "lost": [[lost.what, lost.count] for lost in claim.lost],
            "blobs_changed": claim.blobs_changed,
            "files_removed": claim.files_removed,
            "public_refs": {name.hex(): oid for name, oid in refs.items()},
            "all_refs": {name.hex(): oid for name, oid in all_refs.items()},
            "head": head.hex(),
            "afresh": afresh,
            "joined": joined,
        },
    )


def load_next_claim(case: Case) -> dict[str, Any] | None:
    """The claim about a result that is being switched in."""
    return case.load_document(NEXT_CLAIM)


def take_next_claim(case: Case) -> tuple[bool, Oid | None]:
    """The next claim is the claim from now on. Returns its `afresh` and `joined`."""
    found = load_next_claim(case)
    if found is None:
        return False, None
    case.save_document(CLAIM, {name: value for name, value in found.items() if name not in _OF_THE_SWITCH})
    return bool(found["afresh"]), found["joined"]


def drop_next_claim(case: Case) -> None:
    (case.root / NEXT_CLAIM).unlink(missing_ok=True)


def load_claim(case: Case) -> dict[str, Any] | None:
    """The stored claim, as `claim_from` and the public refs need it."""
    return case.load_document(CLAIM)


def claim_from(stored: Mapping[str, Any], key: FingerprintKey, old_refs: Mapping[bytes, Oid]) -> RewriteClaim:
    """The claim with the raw names of the source's public refs put back."""
    refs = {name: stored["refs"][key.name(name)] for name in old_refs if key.name(name) in stored["refs"]}
    return RewriteClaim(
        commits=stored["commits"],
        tags=stored["tags"],
        refs={old: None if new is None else bytes.fromhex(new) for old, new in refs.items()},
        lost=tuple(Lost(what, count) for what, count in stored["lost"]),
        blobs_changed=stored["blobs_changed"],
        files_removed=stored["files_removed"],
        plain=stored.get("plain", {}),
    )
