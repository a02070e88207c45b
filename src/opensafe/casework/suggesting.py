"""Suggests decisions, each with its evidence. What makes evidence strong is said at `Strength`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from opensafe.casefile.credit_zones import NAMED_THERE, standing_for_credit
from opensafe.casefile.folder import Case
from opensafe.casefile.places import first_places
from opensafe.casefile.where import EVERY
from opensafe.casework.contexts import source_places
from opensafe.casework.documented_values import documented_values
from opensafe.detectors.genericnames import is_no_reply
from opensafe.detectors.nhsnumbers import digits_of, is_test_number, is_valid
from opensafe.errors import OpensafeError
from opensafe.model.decision import Action
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity
from opensafe.model.identifiers import FindingId
from opensafe.model.suggestion import Strength, Suggestion

_GRAVE = frozenset({Severity.CRITICAL, Severity.HIGH})
_JUDGED_BY_VALUE = frozenset({Form.EMAIL, Form.NHS_NUMBER})
# RFC 2606 and RFC 6761.
_RESERVED = expression(
    rb"(?i)@(?:[\w-]{1,63}\.){0,6}(?:example\.(?:com|net|org)|(?:[\w-]{1,63}\.)?(?:example|test|invalid|localhost))\Z"
)
_TAKES_NO_MAIL = expression(rb"(?i)@(?:[\w-]{1,63}\.){0,4}no-?reply\.")

Kind = str
"""What the value itself is known to be: the evidence, in words."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """Suggests `action` for what `takes` takes; the first rule that does has the word."""

    action: Action
    strength: Strength
    evidence: str
    takes: Callable[[Finding], bool]


def _seen_by(*detectors: str) -> Callable[[Finding], bool]:
    return lambda finding: not set(detectors).isdisjoint(finding.witnesses)


def _sure_credential(finding: Finding) -> bool:
    sure = finding.confidence is Confidence.HIGH and finding.severity in _GRAVE
    return finding.category is Category.SECRET and sure


_RULES = (
    _Rule(
        Action.REMOVE_FILE,
        Strength.STRONG,
        "a data file stays out unless somebody allows it by name",
        _seen_by("data.data-file"),
    ),
    _Rule(
        Action.STRIP_OUTPUTS,
        Strength.STRONG,
        "outputs show the data that was analysed; the code of the notebook stays",
        _seen_by("data.notebook-outputs"),
    ),
    _Rule(Action.REDACT, Strength.STRONG, "a credential, found with high confidence", _sure_credential),
    _Rule(
        Action.REDACT,
        Strength.WEAK,
        "it reads like a credential",
        lambda f: f.category is Category.SECRET and f.confidence is not Confidence.LOW,
    ),
    _Rule(
        Action.REDACT,
        Strength.WEAK,
        "personal data, found with high confidence",
        lambda f: f.category is Category.DATA and f.confidence is Confidence.HIGH and f.severity in _GRAVE,
    ),
    _Rule(
        Action.RENAME,
        Strength.WEAK,
        "somebody who worked on this; ask whether they want the credit",
        lambda f: f.category is Category.NAME and f.person is not None,
    ),
    _Rule(
        Action.REDACT,
        Strength.WEAK,
        "it tells about the inside of the network",
        _seen_by("secrets.internal-hosts"),
    ),
    _Rule(
        Action.KEEP,
        Strength.WEAK,
        "a comment for scanners opens nothing, once somebody has looked at the lines beside it",
        _seen_by("secrets.allow-comments"),
    ),
)

# Wider than the rules and what is judged by value, never narrower: a test holds them against each other.
MAY_BE_SUGGESTED = EVERY.also(
    """
    category IN ('secret', 'file') OR form IN ('email', 'nhs-number') OR (category = 'name' AND person IS NOT NULL)
    OR (category = 'data' AND confidence = 'high' AND severity IN ('critical', 'high'))
    OR instr(witnesses, '"data.data-file"') OR instr(witnesses, '"data.notebook-outputs"')
    OR instr(witnesses, '"secrets.internal-hosts"') OR instr(witnesses, '"secrets.allow-comments"')
    OR """
    + NAMED_THERE
)
"""The findings for which there can be a suggestion, for the index to pick out: most of a large case have none."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A finding that is open, and what is suggested for it."""

    finding: Finding
    suggestion: Suggestion


def suggestions(case: Case, findings: Iterable[Finding]) -> dict[FindingId, Suggestion]:
    """A suggestion for each finding for which there is one. Reads e-mail addresses and NHS numbers in the source."""
    listed = list(findings)
    harmless = _harmless(case, listed)
    credit = standing_for_credit(case.index, (finding.id for finding in listed if finding.category is Category.NAME))
    found = (_credited(finding) if finding.id in credit else _suggested(finding, harmless) for finding in listed)
    return {suggestion.finding: suggestion for suggestion in found if suggestion is not None}


def _credited(finding: Finding) -> Suggestion:
    """Whoever stands only where authors are named is named for credit: theirs to keep, or not."""
    evidence = "it stands only where credit is given, such as AUTHORS or CITATION; ask whether they want it"
    return Suggestion(finding.id, Action.KEEP, evidence, Strength.WEAK)


def _suggested(finding: Finding, harmless: Mapping[FindingId, Kind]) -> Suggestion | None:
    if finding.id in harmless:
        return Suggestion(finding.id, Action.NOT_A_FINDING, harmless[finding.id], Strength.STRONG)
    rule = next((rule for rule in _RULES if rule.takes(finding)), None)
    return None if rule is None else Suggestion(finding.id, rule.action, rule.evidence, rule.strength)


def _harmless(case: Case, findings: Iterable[Finding]) -> dict[FindingId, Kind]:
    """Values that a publication keeps for examples and tests, each with that publication."""
    printed = documented_values(case.key)
    known = {f.id: f"printed as an example in {printed[f.id]}" for f in findings if f.id in printed}
    return known | _by_value(case, {f.id: f for f in findings if f.form in _JUDGED_BY_VALUE})


def _by_value(case: Case, findings: Mapping[FindingId, Finding]) -> dict[FindingId, Kind]:
    """Nothing where the source cannot be read any more: a suggestion less is no harm."""
    if not findings:
        return {}
    kinds: dict[FindingId, Kind] = {}
    try:
        with source_places(case) as reader:
            for id_, place in first_places(case.index, findings).items():
                value = reader.value(findings[id_], place)
                kind = _kind_of(findings[id_].form, value.reveal()) if value is not None else ""
                if kind:
                    kinds[id_] = kind
    except (OpensafeError, OSError):
        return {}
    return kinds


def _kind_of(form: Form, value: bytes) -> Kind:
    if form is Form.NHS_NUMBER:
        digits = digits_of(value)
        return "an NHS number of the range that is never issued (9…)" if _is_for_tests(digits) else ""
    if _RESERVED.search(value):
        return "an address of a domain that is reserved for examples (RFC 2606)"
    return "an address that takes no mail (noreply)" if is_no_reply(value) or _TAKES_NO_MAIL.search(value) else ""


def _is_for_tests(digits: bytes) -> bool:
    return is_valid(digits) and is_test_number(digits)
