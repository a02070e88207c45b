"""Puts together everything that the readiness checks may know, and answers the checklist."""

from dataclasses import replace
from datetime import UTC, datetime

from opensafe.casefile.folder import Case
from opensafe.casefile.proofs import load_verification, public_index
from opensafe.casefile.rotations import credentials, latest, unrotated
from opensafe.casefile.selection import with_places
from opensafe.casefile.view import settled
from opensafe.casework.permissions import permissions_of
from opensafe.casework.public import PublicRepository
from opensafe.model.finding import Finding
from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place
from opensafe.model.readiness import Checklist, Profile
from opensafe.model.settlement import settle_all, standing
from opensafe.readiness.checklist import evaluate
from opensafe.readiness.facts import Facts
from opensafe.readiness.profiles import load_profile


def profile_of(case: Case, profile: str = "") -> Profile:
    return load_profile(profile or case.config.profile)


def checklist_of(case: Case, public: PublicRepository, profile: Profile) -> Checklist:
    """The checklist for the head of the new history. Raises OutOfOrder before the first audit."""
    return evaluate(profile, facts_of(case, public), case.attestations.read())


def facts_of(case: Case, public: PublicRepository) -> Facts:
    closed, coverage = settled(case, datetime.now(UTC).date())
    found, lines = _public_findings(case), latest(case)
    return Facts(
        files=public.files(),
        commit=public.head,
        messages=public.messages(),
        tags=public.tags(),
        findings=found,
        closed_findings=tuple(with_places(case, closed)),
        coverage_complete=coverage.complete,
        unsettled_skips=len(coverage.unsettled),
        unrotated=len(unrotated(closed, lines)),
        credentials=len(credentials(closed)),
        risked=frozenset(f.id for f in credentials(closed) if (line := lines.get(f.id)) and line.is_accepted),
        verification=load_verification(case),
        organisation=case.config.organisation,
        remote=case.config.answers.get("remote", ""),
        permissions=permissions_of(found, standing(case.decisions.read(), datetime.now(UTC).date())),
    )


def _public_findings(case: Case) -> tuple[Finding, ...]:
    """The findings of the re-audit, with the decisions that were taken about the same values in the source."""
    index = public_index(case)
    if not index.exists():
        return ()
    taken = standing(case.decisions.read(), datetime.now(UTC).date())
    places = index.all_places()
    return settle_all([_with(finding, places) for finding in index.findings()], taken)


def _with(finding: Finding, places: dict[FindingId, tuple[Place, ...]]) -> Finding:
    return replace(finding, places=places.get(finding.id, ()))
