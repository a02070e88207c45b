"""What one place of a value says of all others: whose work is cited is an author everywhere, and so on.

What a detector of tables or records has seen is left alone: whoever is in them may be called like an author, and a
number from them may have been made an example. So is who is named where somebody's care is spoken of. Judged by the
verdicts alone, for an audit of what is new has no more.
"""

from collections.abc import Sequence

from opensafe.detectors.carewords import OF_CARE
from opensafe.detectors.credit import OF_A_PAPER
from opensafe.detectors.data.named_column import IN_TEXT
from opensafe.detectors.nhsnumbers import MADE_UP
from opensafe.detectors.publications import LINK, REFERENCE, WORK
from opensafe.detectors.publicdata import DOCUMENTED, DOCUMENTED_NUMBER
from opensafe.model.finding import Form, Severity
from opensafe.model.match import WITNESS, Verdict

_OF_PROSE = frozenset({"names.known-names", "names.author-triggers", "names.labelled-names", WITNESS})
_OF_CODE = frozenset({"data.nhs-number", "data.nhs-number-ratio", "data.chi-number", "data.uk-postcode", WITNESS})
_PUBLISHED = (LINK, REFERENCE, WORK, OF_A_PAPER)
_EXAMPLES = (DOCUMENTED, MADE_UP, DOCUMENTED_NUMBER)
"""The surest first: what a manual shows is an example in a vignette too."""


def speaker_of(by_strength: Sequence[Verdict]) -> Verdict:
    """The verdict that speaks for a finding: the strongest, unless another tells that the value is public."""
    strongest = by_strength[0]
    if strongest.form is Form.PERSON_NAME:
        return _public(by_strength, _PUBLISHED) if all(map(_is_of_prose, by_strength)) else strongest
    if strongest.form in {Form.NHS_NUMBER, Form.POSTCODE} and all(map(_is_of_code, by_strength)):
        return _public(by_strength, _EXAMPLES)
    return strongest


def _public(by_strength: Sequence[Verdict], telling: Sequence[str]) -> Verdict:
    return next((verdict for why in telling for verdict in by_strength if verdict.why == why), by_strength[0])


def _is_of_prose(verdict: Verdict) -> bool:
    return (verdict.detector in _OF_PROSE and verdict.why != OF_CARE) or _is_low(verdict)


def _is_of_code(verdict: Verdict) -> bool:
    return verdict.detector in _OF_CODE or verdict.why == IN_TEXT or verdict.why in _EXAMPLES or _is_low(verdict)


def _is_low(verdict: Verdict) -> bool:
    return verdict.severity.rank >= Severity.LOW.rank
