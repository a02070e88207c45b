"""CHI numbers of Scotland: a date of birth, then four digits, the last of which checks the rest."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.neighbourhood import around
from opensafe.detectors.nhsnumbers import TRIGGER, candidates, digits_of, is_valid, nhs_number_hit, sample_numbers
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Hit, Severity
from opensafe.model.specimen import Specimen

_CONTEXT = expression(rb"(?i)(?<![a-z])chi(?![a-z])(?![ _-]?sq)|community health index")
_CENTURIES = (1900, 2000)
_PARTED = expression(rb"(?<![\w.-])(?<!\d )\d{6}[ -]\d{4}(?![\w-])(?! \d)")  # as the date and the rest are printed


def is_chi_number(digits: bytes) -> bool:
    """Ten digits that begin with a real date (DDMMYY) and end with the right check digit."""
    day, month, year = (int(digits[at : at + 2]) for at in (0, 2, 4))
    return is_valid(digits) and any(_is_date(century + year, month, day) for century in _CENTURIES)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in chain(candidates(specimen.data, start, end), _PARTED.finditer(specimen.data, start, end)):
        if is_chi_number(digits_of(match.group())) and _CONTEXT.search(around(specimen.data, *match.span())):
            yield nhs_number_hit(
                match, Severity.HIGH, Confidence.HIGH, "a real date, a valid check, beside the word CHI"
            )


_BORN_IN_MARCH = sample_numbers(120_357_110, 1)[0]
_NO_DATE = sample_numbers(310_257_110, 1)[0]

DETECTOR = PatternDetector(
    Card(
        id="data.chi-number",
        title="CHI number",
        category=Category.DATA,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Identifies one patient in Scotland, and holds the date of birth. Timestamps have the same form, so "
        "it counts "
        "only within 100 characters of the word CHI.",
        remedy="Treat as a possible data breach: tell the information governance team, then redact or remove the file.",
        reference="Public Health Scotland data dictionary, CHI number; facts: data 2",
        examples=(
            Example(("CHI: ", _BORN_IN_MARCH), (_BORN_IN_MARCH,)),
            Example(("chi_number = '", _BORN_IN_MARCH, "'"), (_BORN_IN_MARCH,)),
        ),
        non_examples=(
            Example(("CHI: ", _NO_DATE)),
            Example(("stamp ", _BORN_IN_MARCH)),
            Example(("chi-squared ", _BORN_IN_MARCH)),
        ),
    ),
    (TRIGGER, rb"\b[0-9]{6}[ -][0-9]{4}\b"),
    _examine,
)
