"""Puts together everything that the readiness checks may know, and answers the checklist."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from opensafe.casefile.folder import Case
from opensafe.casefile.proofs import load_verification, public_index
from opensafe.casefile.rotations import latest, unsettled
from opensafe.casefile.tally import Tally, tally, undecided
from opensafe.casefile.view import settled_coverage
from opensafe.casework.permissions import permissions_of
from opensafe.casework.public import PublicRepository
from opensafe.model.decision import Decision
from opensafe.model.finding import Finding, Form, State
from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place
from opensafe.model.readiness import Checklist, Profile
from opensafe.model.settlement import settle_all, standing
from opensafe.readiness.checklist import evaluate
from opensafe.readiness.facts import Facts
from opensafe.readiness.profiles import load_profile


def profile_of(case: Case, profile: str = "") -> Profile:
    return load_profile(profile or case.config.profile)


def checklist_of(case: Case, public: PublicRepository, profile: Profile, known: Tally | None = None) -> Checklist:
    """The checklist for the head of the new history. Raises OutOfOrder before the first audit.

    `known` is the tally of the case, where that has been made.
    """
    return evaluate(profile, facts_of(case, public, known), case.attestations.read())


def facts_of(case: Case, public: PublicRepository, known: Tally | None = None) -> Facts:
    """What is asked of the source is counted by its index: of 100,000 findings hardly one is read."""
    today = case.today
    decisions = case.decisions.read()
    taken = standing(decisions, today)
    coverage = settled_coverage(case, taken)
    counted = known or tally(case, decisions, today)
    found, lines = _public_findings(case, taken), latest(case)
    return Facts(
        files=public.files(),
        commit=public.head,
        messages=public.messages(),
        tags=public.tags(),
        findings=found,
        undecided=undecided(case, counted),
        kept_files=_kept_files(case, counted),
        coverage_complete=coverage.complete,
        unsettled_skips=len(coverage.unsettled),
        unrotated=len(unsettled(counted.credentials, lines, today)),
        credentials=len(counted.credentials),
        risked=frozenset(id_ for id_ in counted.credentials if (line := lines.get(id_)) and line.is_accepted),
        verification=load_verification(case),
        organisation=case.config.organisation,
        remote=case.config.answers.get("remote", ""),
        permissions=permissions_of(found, taken),
    )


def _kept_files(case: Case, counted: Tally) -> frozenset[str]:
    """The paths of the source about which somebody decided that the file stays."""
    kept = [f.id for f in counted.apart if f.state is State.KEEP and f.form is Form.FILE]
    places = case.index.places_of(kept)
    return frozenset(place.path for id_ in kept for place in places[id_] if place.path)


def _public_findings(case: Case, taken: Mapping[str, Sequence[Decision]]) -> tuple[Finding, ...]:
    """The findings of the re-audit, with the decisions that were taken about the same values in the source."""
    index = public_index(case)
    if not index.exists():
        return ()
    places = index.all_places()
    return settle_all([_with(finding, places) for finding in index.findings()], taken)


def _with(finding: Finding, places: dict[FindingId, tuple[Place, ...]]) -> Finding:
    return replace(finding, places=places.get(finding.id, ()))
