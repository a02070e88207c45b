"""Health and Care Numbers of Northern Ireland."""

from collections.abc import Iterator

from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.neighbourhood import around
from opensafe.detectors.nhsnumbers import TRIGGER, candidates, digits_of, is_valid, nhs_number_hit, sample_numbers
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Hit, Severity
from opensafe.model.specimen import Specimen

_CONTEXT = expression(
    rb"(?i)(?<![a-z])(?:h ?& ?c|h[_-]c|hcn|hscn|hsc[ _-]?(?:no|num|number))(?![a-z])|health (?:and"
    rb"|&) (?:social )?care (?:no|num)"
)
_FIRST, _LAST = b"3200000000", b"3999999999"


def is_hc_number(digits: bytes) -> bool:
    """In the range that Northern Ireland issues, with the right check digit."""
    return _FIRST <= digits <= _LAST and is_valid(digits)


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in candidates(specimen.data, start, end):
        if is_hc_number(digits_of(match.group())) and _CONTEXT.search(around(specimen.data, *match.span())):
            yield nhs_number_hit(
                match, Severity.HIGH, Confidence.HIGH, "valid, of the range that is issued, beside a word"
            )


_NUMBER = sample_numbers(347_123_450, 1)[0]

DETECTOR = PatternDetector(
    Card(
        id="data.hc-number",
        title="Health and Care Number",
        category=Category.DATA,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Identifies one patient in Northern Ireland. Counts within 100 characters of a word such as H&C or HCN.",
        remedy="Treat as a possible data breach: tell the information governance team, then redact or remove the file.",
        reference="Business Services Organisation, Health and Care Number; facts: data 2",
        examples=(
            Example(("H&C no ", _NUMBER), (_NUMBER,)),
            Example(("hcn <- '", _NUMBER[:3], " ", _NUMBER[3:6], " ", _NUMBER[6:], "'"), (_NUMBER,)),
        ),
        non_examples=(
            Example(("H&C no ", sample_numbers(512_345_670, 1)[0])),
            Example(("count ", _NUMBER)),
        ),
    ),
    (TRIGGER,),
    _examine,
)
