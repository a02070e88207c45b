"""Who speaks in a role: asked before an attestation or a sign-off is recorded."""

from collections.abc import Mapping

from opensafe.casefile.folder import Case
from opensafe.casefile.proofs import added_paths
from opensafe.casework.public import PublicRepository
from opensafe.model.readiness import Role
from opensafe.model.signers import check_signer
from opensafe.model.text import shown


def check_role(
    case: Case, public: PublicRepository, role: Role, by: str, beside: Mapping[str, str] | None = None
) -> None:
    """Raises UsageError where `by` may not speak as `role` about the new history.

    `beside` are sign-offs, by role, that are about to be recorded together with this one.
    """
    signed = {signoff.role.value: signoff.by for signoff in case.signoffs.read() if signoff.commit == public.head}
    signed |= beside or {}
    check_signer(role, by, {**_lead(signed), **case.config.roles}, authors_of(case, public))


def _lead(signed: dict[str, str]) -> dict[str, str]:
    """Who signed this commit as lead developer counts as such, where nobody is named."""
    lead = Role.LEAD_DEVELOPER.value
    return {lead: signed[lead]} if lead in signed else {}


def authors_of(case: Case, public: PublicRepository) -> tuple[str, ...]:
    """The names of everybody who wrote the new history, without the commits that opensafe added."""
    ours = set(added_paths(case)["commits"])
    written = (commit.author for oid, commit in public.graph.commits.items() if oid not in ours)
    by_address = {identity.email.lower(): identity.name for identity in written}
    return tuple(sorted(shown(name) for name in by_address.values()))
