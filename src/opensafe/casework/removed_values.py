"""Which values the decisions take away everywhere, and how each may be searched for in what is published."""

from collections.abc import Sequence

from opensafe.casework.compiled_decisions import DecidedState
from opensafe.casework.place_values import as_verdict
from opensafe.model.decision import Action
from opensafe.model.finding import Category, Confidence, Finding, Form, State
from opensafe.model.secret import Secret
from opensafe.model.settlement import decision_for
from opensafe.scan.late import known_values, unmistakable

_REMOVES = frozenset({Action.REDACT, Action.RENAME, Action.REMOVE_FILE, Action.STRIP_OUTPUTS})

_WITH_FILES = frozenset({State.REMOVE_FILE, State.STRIP_OUTPUTS})


def decided_away(state: DecidedState) -> list[Finding]:
    """Findings whose every published place is to go: only of those may nothing be left anywhere."""
    return [finding for finding in state.findings if _all_go(finding, state)]


def _all_go(finding: Finding, state: DecidedState) -> bool:
    if finding.covered_by and finding.state in _WITH_FILES:
        return True
    taken = state.decisions.get(finding.id, ())
    published = [place for place in finding.places if place.published]
    decisions = [decision_for(taken, place) for place in published]
    return bool(decisions) and all(d is not None and d.action in _REMOVES for d in decisions)


def searched_in_every_form(gone: Sequence[tuple[Finding, Secret]]) -> list[Secret]:
    """Credentials that mean themselves wherever their bytes occur."""
    return [value for finding, value in gone if _is_credential(finding) and unmistakable(value.reveal())]


def _is_credential(finding: Finding) -> bool:
    """What the audit searched everywhere by itself, whose places are all known."""
    is_sure = finding.form is Form.TOKEN or finding.confidence is not Confidence.LOW
    return finding.category is Category.SECRET and is_sure


def searched_as_words(gone: Sequence[tuple[Finding, Secret]]) -> list[Secret]:
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
