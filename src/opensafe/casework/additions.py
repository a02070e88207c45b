"""Puts commits of our own above the proven history, and proves at once that they are nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from opensafe.casefile.folder import Case
from opensafe.casefile.proofs import added_paths, load_verification, note_commit, save_verification
from opensafe.casework.public import PublicRepository
from opensafe.errors import OutOfOrder, VerificationFailed
from opensafe.git.porcelain import Signature, commit_files
from opensafe.model.identifiers import Oid
from opensafe.proof.added import prove_added

MAILBOX = "opensafe@example.invalid"
"""The address on commits and tags of ours where the team gave no contact: it cannot exist (RFC 2606)."""


def signature_of(case: Case) -> Signature:
    """Commits and tags of ours are made in the name of the organisation, now."""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    return Signature(case.config.organisation or "opensafe", case.config.contact or MAILBOX, when)


def require_proof(case: Case, public: PublicRepository) -> None:
    """Raises OutOfOrder unless the proof passed and covers the present head."""
    verification = load_verification(case)
    if verification is None or verification.head != public.head:
        raise OutOfOrder("the new history is not proven as it is now", remedy="opensafe verify")
    if not verification.passed:
        raise OutOfOrder("the proof of the new history failed", remedy="opensafe verify shows what; then plan again")


def add_commit(
    case: Case,
    public: PublicRepository,
    files: Mapping[str, bytes],
    message: str,
    *,
    note: Callable[[Oid], None] = lambda _: None,
) -> Oid:
    """One commit above the proven head. The proof then covers it. Raises OutOfOrder or VerificationFailed.

    `note` is told of it before the branch moves there: whatever a killed run has to leave for the next one.
    """
    require_proof(case, public)

    def noted(commit: Oid) -> None:
        note_commit(case, commit, sorted(files))
        note(commit)

    commit = commit_files(public.repository, public.branch, files, message, signature_of(case), note=noted)
    _cover(case, public, commit)
    return commit


def finish_addition(case: Case, public: PublicRepository) -> None:
    """A commit of ours whose command was killed after adding it is proven and logged now. Raises VerificationFailed."""
    verification, commit = load_verification(case), public.head
    if verification is None or not added_paths(case)["commits"].get(commit):
        return
    if verification.head != commit:
        _cover(case, public, commit)
    if not any(entry.details.get("commit") == commit for entry in case.log.entries()):
        what = "Proved a commit of ours that an interrupted command had added"
        case.log.append("log", what, details={"commit": commit})


def _cover(case: Case, public: PublicRepository, commit: Oid) -> None:
    """The proof covers the commit as well from now on. Raises VerificationFailed."""
    verification = load_verification(case)
    checks = prove_added(public.view, Oid(verification.head), commit) if verification else ()
    if verification is None or not all(check.passed for check in checks):
        raise VerificationFailed(
            "the commit that was added changed more than it should", remedy="opensafe rewrite builds the history anew"
        )
    kept = [check for check in verification.checks if check.id not in {added.id for added in checks}]
    save_verification(case, replace(verification, checks=(*kept, *checks), head=commit))
