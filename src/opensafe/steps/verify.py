"""Proves the new history: what was decided is gone, everything else is as it was, what was added is what we added."""

from dataclasses import dataclass, replace
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casefile.plans import claim_from, load_claim, require_plan
from opensafe.casefile.proofs import added_paths, public_index, save_verification
from opensafe.casework.chosen import compiled_plan
from opensafe.casework.compiled_decisions import decided_state, standing_decisions
from opensafe.casework.former_result import recover, without_our_tags
from opensafe.casework.place_values import as_verdict, values_at
from opensafe.casework.public import PublicRepository, open_public
from opensafe.casework.removed_values import decided_away, searched_as_words, searched_in_every_form
from opensafe.casework.second_audit import audit_again, none_returned, read_all
from opensafe.casework.source import audited_roster, context_of, unchanged_source
from opensafe.errors import ExitCode, OutOfOrder
from opensafe.git.graph import ancestors
from opensafe.git.layout import read_layout
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import ObjectView, view_of
from opensafe.history.reading import History, read_history
from opensafe.model.audit import AuditRecord
from opensafe.model.finding import Finding
from opensafe.model.identifiers import Oid
from opensafe.model.progress import Progress
from opensafe.model.secret import Secret
from opensafe.model.verification import Check, Verification
from opensafe.proof.added import prove_added
from opensafe.proof.choices import Wanted
from opensafe.proof.prove import prove
from opensafe.scan.late import known_values
from opensafe.scan.settings import ScanSettings


@dataclass(frozen=True, slots=True)
class Verified:
    """The verification, and the re-audit that is part of it."""

    verification: Verification
    audit: AuditRecord

    @property
    def exit_code(self) -> ExitCode:
        return ExitCode.DONE if self.verification.passed else ExitCode.VERIFICATION_FAILED


def verify(
    case: Case,
    progress: Progress,
    *,
    roster: Path | None = None,
    workers: int = 0,
    cache: str | None = None,
    by: str = "",
) -> Verified:
    """Search every object of the result for every removed value, audit it again, and compare it with the source."""
    with case.writing("verify"):
        recover(case)
        stored = load_claim(case)
        if stored is None:
            raise OutOfOrder("there is no new history yet", remedy="opensafe rewrite")
        history = unchanged_source(case, case.work / "view", progress)
        public = open_public(case)
        proven, gone = _prove(case, history, public, stored, progress)
        used = audited_roster(case, roster)
        settings = ScanSettings(context_of(case, history, used, cache), case.key, workers=workers)
        known = known_values((as_verdict(finding), value) for finding, value in gone)
        record = audit_again(_read_public(case, progress), settings, known, progress)
        state = decided_state(case)
        away = {finding.id for finding in decided_away(state)}
        again = (none_returned(record, away), read_all(record, state))
        verification = replace(proven, checks=(*proven.checks, *again, *_added(case, public, stored)))
        public_index(case).write(record)
        save_verification(case, verification)
        _log(case, verification, by)
        case.sweep()
    return Verified(verification, record)


def _prove(
    case: Case, history: History, public: PublicRepository, stored: dict[str, object], progress: Progress
) -> tuple[Verification, list[tuple[Finding, Secret]]]:
    """What `proof` says, and the values that it looked for: read again out of the source."""
    plan, state = require_plan(case), decided_state(case)
    compiled = compiled_plan(case, history, standing_decisions(case), plan.replacements, plan.choices)
    spec = without_our_tags(case, compiled.spec)
    gone = list(values_at(history.view, case.key, compiled.inventory, decided_away(state)))
    proven = prove(
        source=history.view,
        source_graph=history.graph,
        result=_as_rewritten(case, public, stored, history.layout.object_format),
        spec=spec,
        claim=claim_from(stored, case.key, spec.refs),
        option=plan.option,
        values=searched_in_every_form(gone),
        words=searched_as_words(gone),
        wanted=None if plan.choices.is_empty else Wanted(plan.choices, compiled.lists, compiled.decided),
        head=public.head,
        progress=progress,
        added=frozenset(map(Oid, added_paths(case)["commits"])),
    )
    return proven, gone


def _log(case: Case, verification: Verification, by: str) -> None:
    failed = ", ".join(check.id for check in verification.checks if not check.passed)
    what = f"Verified the new history: FAILED ({failed})" if failed else "Verified the new history: passed"
    case.log.append("verify", what, by=by, details={"checks": len(verification.checks), "commit": verification.head})


def _as_rewritten(case: Case, public: PublicRepository, stored: dict[str, object], object_format: str) -> ObjectView:
    """The new history without what opensafe added above it: `public.git` itself while nothing was added."""
    refs = {bytes.fromhex(name): Oid(str(oid)) for name, oid in _mapping(stored["public_refs"]).items()}
    if refs == dict(public.refs):
        return public.view
    base = OwnedRepository.create(case.work / "base.git", object_format=object_format)
    listed = "".join(f"{oid}\n" for oid in refs.values()).encode()
    pack = public.view.run("pack-objects", "--revs", "--stdout", "--quiet", stdin=listed)
    base.run("index-pack", "--stdin", stdin=pack)
    base.set_refs(refs)
    base.set_head(bytes.fromhex(str(stored["head"])))
    return view_of(base)


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError("a mapping is expected")
    return value


def _read_public(case: Case, progress: Progress) -> History:
    """The result as the audit reads any repository."""
    return read_history(read_layout(case.public_git), case.work / "public-view", progress)


def _added(case: Case, public: PublicRepository, stored: dict[str, object]) -> list[Check]:
    """What stands above the proven history is what opensafe noted that it added."""
    base = Oid(str(_mapping(stored["public_refs"])[str(stored["head"])]))
    if base == public.head:
        return []
    noted = added_paths(case)["commits"].keys()
    above = ancestors(public.graph.commits, [public.head]) - ancestors(public.graph.commits, [base])
    strange = above - noted
    figure = f"{len(above):,} commits above the proven history, {len(strange):,} that opensafe did not make"
    return [*prove_added(public.view, base, public.head), Check("added-by-opensafe", not strange, figure)]
