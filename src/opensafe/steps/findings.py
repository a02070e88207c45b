"""Lists findings, and shows one of them with its surroundings masked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter, select, with_places
from opensafe.casefile.view import settle_these, settled_coverage
from opensafe.casefile.where import EVERY, with_ids
from opensafe.casework.cards import card_of
from opensafe.casework.contexts import masked_contexts, source_places
from opensafe.casework.rotation_playbooks import RotationPlaybook, playbook_for
from opensafe.casework.team_rules import rules_of
from opensafe.casework.written_findings import written_findings
from opensafe.errors import UsageError
from opensafe.model.coverage import Coverage
from opensafe.model.decision import Decision
from opensafe.model.detector import Card
from opensafe.model.finding import Category, Finding, State
from opensafe.model.identifiers import FindingId
from opensafe.model.place import Place
from opensafe.model.secret import Secret
from opensafe.model.settlement import lapsed, standing, state_at

_PLACES = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """The findings that were asked for, with the first places of each, and the coverage that they rest on."""

    findings: tuple[Finding, ...]
    coverage: Coverage
    place_states: dict[FindingId, tuple[State, ...]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding with all its places, what was decided, what to do, and masked surroundings of the first places.

    `person` is the name of a person of the repository, for whoever decides on this machine; it is in no document.
    `playbook` tells how a credential is rotated.
    """

    finding: Finding
    decisions: tuple[Decision, ...]
    card: Card | None
    contexts: tuple[tuple[Place, str], ...]
    person: Secret | None
    playbook: RotationPlaybook | None
    coverage: Coverage


def list_findings(case: Case, chosen: Filter, *, awaiting_second: bool = False) -> Listed:
    """The findings that `chosen` takes, or those of them that wait for a second person, with the first places of each.

    Raises OutOfOrder before the first audit.
    """
    today = case.today
    decisions = case.decisions.read()
    found, coverage = select(case, chosen, today, decisions=decisions)
    unsettled = lapsed(decisions, today)
    if awaiting_second:
        found = tuple(finding for finding in found if finding.id in unsettled.pending)
    taken = standing(decisions, today)
    listed = tuple(with_places(case, found, _PLACES))
    states = {f.id: tuple(state_at(taken[f.id], p) for p in f.places) for f in listed if f.id in taken}
    return Listed(listed, coverage, states)


@dataclass(frozen=True, slots=True)
class WrittenList:
    """The same as JSON already: each finding as an item of a list in a document."""

    texts: Iterable[str]
    coverage: Coverage


def write_findings(case: Case, chosen: Filter, *, awaiting_second: bool = False) -> WrittenList:
    """What `list_findings` gives, for a document: no finding of a large case becomes an object for it."""
    today = case.today
    decisions = case.decisions.read()
    among = with_ids(sorted(lapsed(decisions, today).pending)) if awaiting_second else EVERY
    coverage = settled_coverage(case, standing(decisions, today))
    return WrittenList((w.text for w in written_findings(case, chosen, decisions, today, among)), coverage)


def show(case: Case, prefix: str) -> Shown:
    """One finding, by the beginning of its id."""
    finding = case.index.finding_by_prefix(prefix)
    every = case.decisions.read()
    decisions = tuple(decision for decision in every if decision.subject == finding.id)
    finding = replace(finding, places=case.index.places(finding.id))
    taken = standing(every, case.today)
    (finding,) = settle_these(case, [finding], taken)
    with source_places(case) as reader:
        contexts = tuple(masked_contexts(case, finding.places, reader))
        person = reader.first_value(finding) if finding.category is Category.NAME else None
    playbook = playbook_for(finding, finding.places) if finding.category is Category.SECRET else None
    coverage = settled_coverage(case, taken)
    return Shown(finding, decisions, _card(case, finding.detector), contexts, person, playbook, coverage)


def reveal(case: Case, prefix: str, *, by: str = "") -> Secret:
    """The value of one finding, read again from the source; that it was shown is logged."""
    finding = case.index.finding_by_prefix(prefix)
    finding = replace(finding, places=case.index.places(finding.id))
    with source_places(case) as reader:
        value = reader.first_value(finding)
    if value is None:
        raise UsageError(
            "there is no value to reveal: it is a question about a file, or the source has changed",
            remedy="opensafe show lists its places; opensafe audit reads the source again",
        )
    case.log.append("show", f"Revealed {finding.id} on a terminal", by=by, details={"finding": finding.id})
    return value


def _card(case: Case, detector: str) -> Card | None:
    return card_of(rules_of(case), detector)
