"""NHS numbers: where ten digits may be one, the check digit, and the ranges that are issued."""

import re
from collections.abc import Iterator

from nhs_number.constants import REGION_ENGLAND_WALES_IOM, REGION_NORTHERN_IRELAND, REGION_SYNTHETIC

from opensafe.model.expressions import expression
from opensafe.model.finding import Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret

TRIGGER = rb"\b[0-9]{3}(?:[ -]?[0-9]{3}[ -]?|(?:\.|  |\xc2\xa0)[0-9]{3}(?:\.|  |\xc2\xa0))[0-9]{4}\b"

# Not inside a longer number, an identifier or a decimal; ".0" is how a number column of floats shows it.
_CANDIDATE = expression(
    rb"(?<![\w+])(?<!\d[.-])(?<!\w-)"
    rb"(?:\d{10}|(?<!\b\d{3} )\d{3}(?P<joint>[ .-]|\xc2\xa0|(?<!\d   \d{3})[ ]{2})\d{3}(?P=joint)\d{4}"
    rb"(?! {1,4}\d{1,6}(?![\d/.-])))"
    rb"(?![\w])(?!-\w)(?!\.(?!0{1,3}(?!\d))\d)"
)
MADE_UP = "one of many that were counted up, one after another: made up"
_MODULUS = 11
_DIGITS = 10


def candidates(data: bytes, start: int = 0, end: int | None = None) -> Iterator[re.Match[bytes]]:
    """The places where ten digits stand that could be an NHS number by shape."""
    return _CANDIDATE.finditer(data, start, len(data) if end is None else end)


def digits_of(candidate: bytes) -> bytes:
    return candidate.translate(None, b" .-\xc2\xa0")


def is_valid(digits: bytes) -> bool:
    """Modulus 11 over the weights 10 to 2; repeated digits pass and are none (NHS data dictionary; facts, data 3).

    With weight 1 for the check digit all sum up to a multiple of 11. So do the weights: codes of digits can be summed.
    """
    if len(digits) != _DIGITS or not digits.isdigit() or digits.count(digits[0]) == _DIGITS:
        return False
    a, b, c, d, e, f, g, h, i, check = digits
    return (10 * a + 9 * b + 8 * c + 7 * d + 6 * e + 5 * f + 4 * g + 3 * h + 2 * i + check) % _MODULUS == 0


def is_test_number(digits: bytes) -> bool:
    """In the range that is never issued: 9000000000 and above."""
    return any(block.contains_number(digits) for block in REGION_SYNTHETIC.ranges)


def is_issued(digits: bytes) -> bool:
    """In a range that is given to people in England, Wales, the Isle of Man or Northern Ireland."""
    regions = (REGION_ENGLAND_WALES_IOM, REGION_NORTHERN_IRELAND)
    return any(block.contains_number(digits) for region in regions for block in region.ranges)


def nhs_number_hit(match: re.Match[bytes], severity: Severity, confidence: Confidence, why: str) -> Hit:
    return Hit(
        start=match.start(),
        end=match.end(),
        value=Secret(digits_of(match.group()), "NHS number"),
        form=Form.NHS_NUMBER,
        severity=severity,
        confidence=confidence,
        why=why,
    )


def sample_numbers(first_nine: int, count: int) -> tuple[str, ...]:
    """Valid numbers for examples, computed so that no source holds one: from `first_nine` digits on."""
    every = (f"{nine}{check}" for nine in range(first_nine, first_nine + 2 * count + 2) for check in range(10))
    return tuple(number for number in every if is_valid(number.encode()))[:count]
