"""Proves the new history: what was decided is gone, everything else is as it was, what was added is what we added."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casefile.plans import claim_from, load_claim, require_plan
from opensafe.casefile.proofs import added_paths, public_index, save_verification
from opensafe.casework.decided import DecidedState, compiled, decided_state
from opensafe.casework.former_result import recover, without_our_tags
from opensafe.casework.place_values import as_verdict, values_at
from opensafe.casework.public import PublicRepository, open_public
from opensafe.casework.source import context_of, roster_of, unchanged_source
from opensafe.errors import ExitCode, OutOfOrder
from opensafe.git.graph import ancestors
from opensafe.git.layout import read_layout
from opensafe.git.owned import OwnedRepository
from opensafe.git.view import ObjectView, view_of
from opensafe.history.reading import History, read_history
from opensafe.model.audit import AuditRecord
from opensafe.model.decision import Action
from opensafe.model.finding import Category, Confidence, Finding, Form
from opensafe.model.identifiers import Oid
from opensafe.model.progress import Progress
from opensafe.model.secret import Secret
from opensafe.model.settlement import decision_for
from opensafe.model.skip import SkipState
from opensafe.model.verification import Check, Verification
from opensafe.proof.added import prove_added
from opensafe.proof.prove import prove
from opensafe.scan.audit import AuditOutcome, audit_history, source_state
from opensafe.scan.contents import NoMemory
from opensafe.scan.late import KnownValue, known_values, unmistakable
from opensafe.scan.settings import ScanSettings
from opensafe.version import VERSION

_REMOVES = frozenset({Action.REDACT, Action.RENAME, Action.REMOVE_FILE, Action.STRIP_OUTPUTS})


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
        used, _ = roster_of(case, roster)
        settings = ScanSettings(context_of(history, used, cache), case.key, workers=workers)
        known = known_values((as_verdict(finding), value) for finding, value in gone)
        record = _audit_again(case, settings, known, progress)
        again = (_none_returned(record, gone), _read_all(case, record))
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
    compiled_spec, inventory = compiled(case, history, state, plan.replacements)
    spec = without_our_tags(case, compiled_spec)
    gone = list(values_at(history.view, case.key, inventory, _decided_away(state)))
    proven = prove(
        source=history.view,
        source_graph=history.graph,
        result=_as_rewritten(case, public, stored, history.layout.object_format),
        spec=spec,
        claim=claim_from(stored, case.key, spec.refs),
        option=plan.option,
        values=_unmistakable(gone),
        words=_words(gone),
        head=public.head,
        progress=progress,
        added=frozenset(map(Oid, added_paths(case)["commits"])),
    )
    return proven, gone


def _log(case: Case, verification: Verification, by: str) -> None:
    failed = ", ".join(check.id for check in verification.checks if not check.passed)
    what = f"Verified the new history: FAILED ({failed})" if failed else "Verified the new history: passed"
    case.log.append("verify", what, by=by, details={"checks": len(verification.checks), "commit": verification.head})


def _decided_away(state: DecidedState) -> list[Finding]:
    """Findings whose every published place is to go: only of those may nothing be left anywhere."""
    return [finding for finding in state.findings if _all_go(finding, state)]


def _all_go(finding: Finding, state: DecidedState) -> bool:
    taken = state.decisions.get(finding.id, ())
    published = [place for place in finding.places if place.published]
    decisions = [decision_for(taken, place) for place in published]
    return bool(decisions) and all(d is not None and d.action in _REMOVES for d in decisions)


def _unmistakable(gone: Sequence[tuple[Finding, Secret]]) -> list[Secret]:
    """Credentials that mean themselves wherever their bytes occur: searched in every form."""
    return [
        value
        for finding, value in gone
        if finding.category is Category.SECRET
        and finding.confidence is not Confidence.LOW
        and unmistakable(value.reveal())
    ]


def _words(gone: Sequence[tuple[Finding, Secret]]) -> list[Secret]:
    """Numbers, addresses and full names: searched as whole words.

    Left out are values that are findings only in their context (a date of birth, a postcode, a surname behind a
    title): the same text elsewhere was not decided about. The re-audit looks for those.
    """
    return [value for finding, value in gone if _is_searched_as_word(finding, value)]


def _is_searched_as_word(finding: Finding, value: Secret) -> bool:
    """What the audit searched everywhere by itself, and what its detectors find wherever it stands."""
    if finding.category is Category.SECRET:
        return False
    if finding.form is Form.PERSON_NAME and finding.person is not None:
        return len(value.reveal().split()) > 1
    return finding.form in {Form.EMAIL, Form.NATIONAL_INSURANCE} or bool(known_values([(as_verdict(finding), value)]))


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


def _audit_again(case: Case, settings: ScanSettings, known: Sequence[KnownValue], progress: Progress) -> AuditRecord:
    """Audit the result with the same rules and people, and nothing remembered from the first audit."""
    began = time.monotonic()
    history: History = read_history(read_layout(case.public_git), case.work / "public-view", progress)
    outcome: AuditOutcome = audit_history(history, settings, NoMemory(), progress, known=known)
    return AuditRecord(
        source=source_state(history, outcome.names, case.key),
        rules_digest=outcome.rules_digest,
        opensafe_version=VERSION,
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - began, 2),
        findings=outcome.findings,
        coverage=outcome.coverage,
    )


def _none_returned(record: AuditRecord, gone: Sequence[tuple[Finding, Secret]]) -> Check:
    """The audit of the result finds nothing that was decided away."""
    away = {finding.id for finding, _ in gone}
    back = [finding.id for finding in record.findings if finding.id in away]
    figure = f"audited again: {len(away):,} values were to go, {len(back):,} were found"
    return Check("re-audit", not back, figure if not back else f"{figure}: {', '.join(back[:5])}")


def _read_all(case: Case, record: AuditRecord) -> Check:
    """Everything in the result was read, but for what somebody settled by name in the source."""
    settled_ids = {skip.id for skip in decided_state(case).coverage.skipped if skip.state is not SkipState.OPEN}
    coverage = record.coverage
    unread = [skip for skip in coverage.skipped if skip.id not in settled_ids]
    accepted = len(coverage.skipped) - len(unread)
    figure = f"read {coverage.read:,} of {coverage.objects:,} objects again, {len(unread):,} skipped without consent"
    return Check("re-audit-complete", not unread, figure + (f", {accepted:,} as accepted" if accepted else ""))


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
