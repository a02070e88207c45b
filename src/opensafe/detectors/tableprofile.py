"""What a table looks like: rows about people, counts, or a lookup. Sets the order of review, never clears.

What raises and lowers is that of the facts (data 7); the words are of this module, never a header or a value.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from opensafe.detectors.columnkinds import is_free_text, is_nhs_numbers, is_terminology, kinds_of, told
from opensafe.detectors.smallnumbers import gives_away, small_cells
from opensafe.formats.tables import Table
from opensafe.model.disclosure import DisclosureRule
from opensafe.model.expressions import expression

_THRESHOLD = 2
_UNIQUE = 0.9
_TITLE_WORDS = 5
_LONGEST_HEADER = 150  # characters: questions of a survey are long
_FEW = 5  # rows and values from which shares mean something

_IDENTIFIER = expression(
    r"(?i)(?:^|[_ .])(?:id|ident|identifier|key|mrn|nhs|chi|pseudo\w{0,20}|patient|person|spell)(?:$|[_ .]|no|num)"
)
_FAMILIES = {
    "age or birth": expression(r"(?i)(?:^|[_ .])(?:age|dob|birth|yob)(?:$|[_ .])|date.?of.?birth"),
    "sex": expression(r"(?i)(?:^|[_ .])(?:sex|gender)(?:$|[_ .])"),
    "ethnicity": expression(r"(?i)ethnic"),
    "where somebody lives": expression(r"(?i)post.?code|lsoa|msoa|(?:^|[_ .])address"),
    "death or outcome": expression(r"(?i)death|died|deceased|mortal|outcome"),
    "dates of care": expression(
        r"(?i)(?:admi|disch|appoint|attend|arriv|(?<!p)referr|event|episode|visit)\w{0,12}"
        r"[_ .]?(?:date|time|dt(?![a-z]))"
    ),
    "diagnosis": expression(r"(?i)diag|icd.?10|snomed|opcs|procedure|condition|symptom"),
    "length of stay": expression(r"(?i)(?:^|[_ .])los(?:$|[_ .])|length.?of.?stay"),
    "name": expression(r"(?i)forename|surname|first.?name|last.?name|full.?name|given.?name|family.?name"),
}
_OF_CODES = frozenset({"diagnosis"})
CODES = "one row a clinical code"
_AGGREGATE = expression(
    r"(?i)(?:^|[_ .])(?:count|value|measure|numerator|denominator|rate|total|period|dimension|percent|pct|mean|median"
    r"|org|provider|practice|icb|ccg|trust|ward|beds)(?:$|[_ .])|^(?:19|20)\d\d"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """`reasons` are words of this module, never a header: without one, the first row holds values."""

    record_level: bool
    nhs_numbers: bool
    reasons: tuple[str, ...]
    score: int = 0
    aggregate: int = 0  # headers that speak of counts, rates, organisations
    people: bool = False  # several attributes of a person, and no counts

    @property
    def reading(self) -> str:
        """What the rows seem to be, in words."""
        if self.record_level:
            return f"looks like one row a person (score {self.score}): " + ", ".join(self.reasons)
        if self.aggregate > 1:
            return "looks like counts of groups, not like rows about people"
        return "looks like a lookup or a list, not like rows about people"


def profile_of(table: Table) -> Profile:
    """What speaks for one row a person: identifiers, attributes of people, free text, valid NHS numbers."""
    headers = [] if len(table.header) == 1 and _is_title(table.header[0]) else list(filter(_is_header, table.header))
    families = [name for name, header in _FAMILIES.items() if any(header.search(cell) for cell in headers)]
    columns = list(zip(table.header, table.columns, strict=False))
    codes = [is_terminology(*column) for column in columns]
    identifier = any(
        _IDENTIFIER.search(name) and _share_unique(cells) > _UNIQUE and not is_code
        for (name, cells), is_code in zip(columns, codes, strict=True)
    )
    free_text = any(map(is_free_text, table.columns))
    numbers = any(map(is_nhs_numbers, table.columns))
    if any(codes) and not identifier and not numbers and _OF_CODES.issuperset(families):
        return Profile(False, False, (CODES,))
    aggregate = sum(bool(_AGGREGATE.search(cell)) for cell in table.header)
    # One family is a hint, two or more are what a record about a person has.
    score = (0, 1, 3)[min(2, len(families))] + identifier + free_text - min(2, aggregate)
    reasons = [*families, *_named(identifier=identifier, free_text=free_text, numbers=numbers)]
    people = numbers or (len(families) > 1 and score >= _THRESHOLD)
    return Profile(numbers or score >= _THRESHOLD, numbers, tuple(reasons), score, aggregate, people)


def _is_header(cell: str) -> bool:
    """Whether it is no paragraph: where a table has no header, its first row stands for one."""
    return len(cell) <= _LONGEST_HEADER


def _is_title(header: str) -> bool:
    """Whether what stands over the only column is the title of a page with notes."""
    return len(header.split()) >= _TITLE_WORDS


def description(table: Table, profile: Profile, rule: DisclosureRule) -> Iterator[str]:
    """The table in lines: its reading, its columns, and small numbers in it."""
    yield profile.reading
    yield from told(kinds_of(table))
    if not profile.record_level:
        yield from small_numbers(table, rule)


def small_numbers(table: Table, rule: DisclosureRule) -> Iterator[str]:
    """Cells of counts that are small under the rule, and a cell that a total gives away."""
    found = [small_cells(header, cells, rule) for header, cells in zip(table.header, table.columns, strict=False)]
    if sum(found):
        columns = sum(count > 0 for count in found)
        rounding = f", not rounded to {rule.rounding}" if rule.rounding else ""
        yield (
            f"small numbers: {sum(found):,} counts from 1 to {rule.threshold} in {columns} columns{rounding}"
            f" (rule {rule.name}: the organisation's own rule decides)"
        )
    labels = table.columns[0] if table.columns else ()
    if any(gives_away(labels, cells) for cells in table.columns[1:]):
        yield "one suppressed cell stands beside a total: it can be worked out (secondary disclosure)"


def _named(*, identifier: bool, free_text: bool, numbers: bool) -> Iterable[str]:
    words = {"an identifier": identifier, "free text": free_text, "NHS numbers": numbers}
    return [word for word, holds in words.items() if holds]


def _share_unique(cells: Sequence[str]) -> float:
    filled = [cell for cell in cells if cell]
    return len(set(filled)) / len(filled) if len(filled) >= _FEW else 0.0
