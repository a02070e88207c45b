"""Puts commits of our own above the proven history, and proves at once that they are nothing else."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from opensafe.casefile.folder import Case
from opensafe.casefile.proofs import added_paths, load_verification, note_commit, save_verification
from opensafe.casework.public import PublicRepository
from opensafe.errors import OutOfOrder, VerificationFailed
from opensafe.git.porcelain import Signature, commit_files
from opensafe.model.identifiers import Oid
from opensafe.model.verification import Verification
from opensafe.proof.added import prove_added

MAILBOX = "opensafe@example.invalid"
"""The address on commits and tags of ours where the team gave no contact: it cannot exist (RFC 2606)."""


def signature_of(case: Case) -> Signature:
    """Commits and tags of ours are made in the name of the organisation, now."""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    return Signature(case.config.organisation or "opensafe", case.config.contact or MAILBOX, when)


def require_proof(case: Case, public: PublicRepository) -> None:
    """Raises OutOfOrder unless the proof passed and covers the present head, VerificationFailed as `add_commit`.

    A commit of ours that was added, and not proven before its command was killed, is proven now.
    """
    verification = load_verification(case)
    if verification is not None and verification.head != public.head and public.head in added_paths(case)["commits"]:
        verification = _cover(case, public, verification, public.head)
    if verification is None or verification.head != public.head:
        raise OutOfOrder("the new history is not proven as it is now", remedy="opensafe verify")
    if not verification.passed:
        raise OutOfOrder("the proof of the new history failed", remedy="opensafe verify shows what; then plan again")


def add_commit(case: Case, public: PublicRepository, files: Mapping[str, bytes], message: str) -> Oid:
    """One commit above the proven head. The proof then covers it. Raises OutOfOrder or VerificationFailed."""
    require_proof(case, public)

    def note(commit: Oid) -> None:
        note_commit(case, commit, sorted(files))

    commit = commit_files(public.repository, public.branch, files, message, signature_of(case), note=note)
    _cover(case, public, load_verification(case), commit)
    return commit


def _cover(case: Case, public: PublicRepository, verification: Verification | None, commit: Oid) -> Verification:
    """The proof, which covers the commit as well from now on. Raises VerificationFailed."""
    checks = prove_added(public.view, Oid(verification.head), commit) if verification else ()
    if verification is None or not all(check.passed for check in checks):
        raise VerificationFailed(
            "the commit that was added changed more than it should", remedy="opensafe rewrite builds the history anew"
        )
    kept = [check for check in verification.checks if check.id not in {added.id for added in checks}]
    covering = replace(verification, checks=(*kept, *checks), head=commit)
    save_verification(case, covering)
    return covering
