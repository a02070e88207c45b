"""Whether a table looks like one row for each person. Sets the order of review, never clears (facts, data 7)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opensafe.detectors.nhsnumbers import digits_of, is_valid
from opensafe.formats.tables import Table

_THRESHOLD = 2
_UNIQUE = 0.9
_FEW = 5  # rows and values from which shares mean something
_MOST = 0.8
_FREE_TEXT_LENGTH = 35
_FREE_TEXT_UNIQUE = 0.6
_SAMPLE = 500  # cells of a column that are looked at

_IDENTIFIER = re.compile(
    r"(?i)(?:^|[_ .])(?:id|ident|identifier|key|mrn|nhs|chi|pseudo\w{0,20}|patient|person|spell)(?:$|[_ .]|no|num)"
)
_FAMILIES = {
    "age or birth": re.compile(r"(?i)(?:^|[_ .])(?:age|dob|birth|yob)(?:$|[_ .])|date.?of.?birth"),
    "sex": re.compile(r"(?i)(?:^|[_ .])(?:sex|gender)(?:$|[_ .])"),
    "ethnicity": re.compile(r"(?i)ethnic"),
    "where somebody lives": re.compile(r"(?i)post.?code|lsoa|msoa|(?:^|[_ .])address"),
    "death or outcome": re.compile(r"(?i)death|died|deceased|mortal|outcome"),
    "dates of care": re.compile(
        r"(?i)(?:admi|disch|appoint|attend|arriv|referr|event|episode|visit)\w{0,12}[_ .]?(?:date|time|dt)"
    ),
    "diagnosis": re.compile(r"(?i)diag|icd.?10|snomed|opcs|procedure|condition|symptom"),
    "length of stay": re.compile(r"(?i)(?:^|[_ .])los(?:$|[_ .])|length.?of.?stay"),
    "name": re.compile(r"(?i)forename|surname|first.?name|last.?name|full.?name|given.?name|family.?name"),
}
_AGGREGATE = re.compile(
    r"(?i)(?:^|[_ .])(?:count|value|measure|numerator|denominator|rate|total|period|dimension|percent|pct|mean|median"
    r"|org|provider|practice|icb|ccg|trust|ward|beds)(?:$|[_ .])|^(?:19|20)\d\d"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """`reasons` are words of this module, never a header: without one, the first row holds values."""

    record_level: bool
    nhs_numbers: bool
    reasons: tuple[str, ...]


def profile_of(table: Table) -> Profile:
    """What speaks for one row a person: identifiers, attributes of people, free text, valid NHS numbers."""
    families = [name for name, header in _FAMILIES.items() if any(header.search(cell) for cell in table.header)]
    identifier = any(
        _IDENTIFIER.search(name) and _share_unique(cells) > _UNIQUE
        for name, cells in zip(table.header, table.columns, strict=False)
    )
    free_text = any(_is_free_text(cells) for cells in table.columns)
    numbers = any(_is_nhs_numbers(cells) for cells in table.columns)
    aggregate = sum(bool(_AGGREGATE.search(cell)) for cell in table.header)
    # One family is a hint, two or more are what a record about a person has.
    score = (0, 1, 3)[min(2, len(families))] + identifier + free_text - min(2, aggregate)
    reasons = [*families, *_named(identifier=identifier, free_text=free_text, numbers=numbers)]
    return Profile(numbers or score >= _THRESHOLD, numbers, tuple(reasons))


def _named(*, identifier: bool, free_text: bool, numbers: bool) -> Iterable[str]:
    words = {"an identifier": identifier, "free text": free_text, "NHS numbers": numbers}
    return [word for word, holds in words.items() if holds]


def _share_unique(cells: Sequence[str]) -> float:
    filled = [cell for cell in cells if cell]
    return len(set(filled)) / len(filled) if len(filled) >= _FEW else 0.0


def _is_free_text(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells[:_SAMPLE] if cell]
    if len(filled) < _FEW:
        return False
    long = sum(map(len, filled)) / len(filled) > _FREE_TEXT_LENGTH
    return long and _share_unique(filled) > _FREE_TEXT_UNIQUE and sum(" " in cell for cell in filled) > len(filled) / 2


def _is_nhs_numbers(cells: Sequence[str]) -> bool:
    distinct = {digits_of(cell.strip().removesuffix(".0").encode()) for cell in cells[:_SAMPLE] if cell}
    return len(distinct) >= _FEW and sum(map(_is_number, distinct)) >= _MOST * len(distinct)


def _is_number(digits: bytes) -> bool:
    return digits.isdigit() and is_valid(digits)
