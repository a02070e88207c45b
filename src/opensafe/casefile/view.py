"""The case as people left it: findings and skips with the states that the decisions give them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from opensafe.casefile.canonical import canonical, canonical_texts
from opensafe.casefile.folder import Case
from opensafe.casefile.where import EVERY, Where, with_ids
from opensafe.errors import OutOfOrder
from opensafe.model.changed import changed
from opensafe.model.coverage import Coverage
from opensafe.model.decision import Decision
from opensafe.model.finding import Finding
from opensafe.model.settlement import settle_all, settle_skip, standing


def settled(case: Case, today: date) -> tuple[tuple[Finding, ...], Coverage]:
    """Every finding with its state, and the coverage with the states of its skips.

    A finding carries its places only where a decision about it is narrowed to paths. Raises OutOfOrder.
    """
    return settled_where(case, today, EVERY)


def settled_where(
    case: Case, today: date, where: Where, decisions: Sequence[Decision] | None = None
) -> tuple[tuple[Finding, ...], Coverage]:
    """The same for those of the findings that meet the conditions: the others are not even read.

    `decisions` are those of the case, where they have been read already.
    """
    taken = standing(case.decisions.read() if decisions is None else decisions, today)
    coverage = settled_coverage(case, taken)
    return settle_these(case, case.index.findings(where), taken), coverage


def settle_these(case: Case, found: Sequence[Finding], taken: Mapping[str, Sequence[Decision]]) -> tuple[Finding, ...]:
    """These findings of the index with their states, in their order."""
    here = {finding.id for finding in found}
    files = {file for finding in found for file in finding.covered_by if file in taken} - here
    together = [*found, *(case.index.findings(with_ids(files)) if files else ())]
    places = case.index.places_of(finding.id for finding in together if _narrowed(taken.get(finding.id, ())))
    placed = [changed(f, places=places[f.id]) if f.id in places else f for f in together] if places else together
    return settle_all(placed, taken)[: len(found)]


def settled_coverage(case: Case, taken: Mapping[str, Sequence[Decision]]) -> Coverage:
    """The coverage with the states of its skips. Raises OutOfOrder before the first audit."""
    audit = case.index.summary()
    if audit is None:
        raise OutOfOrder("this case has not been audited", remedy="opensafe audit")
    skips = tuple(settle_skip(skip, taken.get(skip.id, ())) for skip in audit.coverage.skipped)
    return replace(audit.coverage, skipped=skips)


def _narrowed(taken: Sequence[Decision]) -> bool:
    return any(decision.path for decision in taken)


def decisions_digest(case: Case, today: date) -> str:
    """SHA-256, in hex, over the audit and every decision that stands `today` (UTC): what a plan is bound to.

    A decision that expires changes it, as one that is taken or withdrawn does. Raises OutOfOrder.
    """
    ledger = case.decisions
    taken = standing(ledger.read(), today)
    several = {id_: list(map(ledger.encode, said)) for id_, said in taken.items() if len(said) > 1}
    digest = hashlib.sha256(canonical({"audit": case.index.digest(), "several": several}))
    # Of 100,000 decisions most are the same one about something else: each of them is told once, with what it is about.
    subjects: dict[bytes, list[str]] = {}
    for decision, ids in ledger.alike(said[0] for said in taken.values() if len(said) == 1):
        subjects.setdefault(decision, []).extend(ids)
    for decision in sorted(subjects):
        digest.update(b"\n".join((b"", decision, *canonical_texts(sorted(subjects[decision])))))
    return digest.hexdigest()
