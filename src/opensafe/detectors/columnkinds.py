"""What the columns of a table hold, told in words of this module: never a header, never a value.

A header is content as well: where a table has none, its first row is somebody's record.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opensafe.detectors.concepts import is_concept
from opensafe.detectors.namedfields import DATE_OF_BIRTH, NHS_NUMBER, POSTCODE, field_of
from opensafe.detectors.nhsnumbers import digits_of, is_valid
from opensafe.formats.tables import Table
from opensafe.model.expressions import expression

_SAMPLE = 500  # cells of a column that are looked at
_FEW = 5  # from which shares mean something
_MOST = 0.8
_ONCE = 0.9  # of its values a column lists each code once
_SHOWN = 20  # columns that are told one by one
_FREE_TEXT_LENGTH = 35
_FREE_TEXT_UNIQUE = 0.6

_NUMBER = expression(r"-?\d{1,15}(?:\.\d{1,15})?(?:[eE][-+]?\d{1,3})?")
_DATE = expression(r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d.{0,20})?")
_FLAG = expression(r"(?i)true|false|yes|no|[tfyn01]")
_EMAIL = expression(r"[\w.+'-]{1,64}@[\w.-]{1,120}\.[A-Za-z]{2,24}")
_POSTCODE = expression(POSTCODE.shape.decode())
_TERMINOLOGY = expression(
    r"(?i)ctv3|snomed|(?:^|[_ .])(?:icd|bnf|opcs|read|dm.?d|vtm|vmp|amp|atc|diagnosis|procedure)\w{0,8}"
    r"[_ .]?(?:code|id|cm)?s?$"
)
_CODE = expression(r"[0-9A-Za-z][0-9A-Za-z.]{1,17}")
_PLAIN = expression(r"(?i)code|id|concept.?id")
_NAMES = expression(
    r"(?i)fore.?name|surname|first.?name|last.?name|full.?name|given.?name|family.?name|(?:patient|person|client|staff|nurse"
    r"|doctor|consultant|clinician|carer|gp).?name|next.?of.?kin"
)


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """`type` is the type of its values, `holds` what it looks like, empty for nothing in particular."""

    type: str
    holds: str = ""


def kinds_of(table: Table) -> tuple[ColumnKind, ...]:
    """One for each column."""
    pairs = zip(table.header, table.columns, strict=False)
    return tuple(ColumnKind(_type(cells), _holds(header, cells)) for header, cells in pairs)


def told(kinds: Sequence[ColumnKind]) -> Iterator[str]:
    """The types by number, and what the columns look like by their place, counted from 1."""
    types = Counter(kind.type for kind in kinds)
    yield "columns: " + ", ".join(f"{count:,} of {name}" for name, count in types.most_common())
    places: dict[str, list[int]] = {}
    for number, kind in enumerate(kinds, 1):
        if kind.holds:
            places.setdefault(kind.holds, []).append(number)
    if places:
        listed = "; ".join(f"{holds} ({_numbers(numbers)})" for holds, numbers in places.items())
        yield f"look like, by number of the column: {listed}"


def _numbers(numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return ", ".join(map(str, numbers[:_SHOWN])) + more


def is_free_text(cells: Sequence[str]) -> bool:
    """Long, mostly different, made of words."""
    filled = [cell for cell in cells[:_SAMPLE] if cell]
    if len(filled) < _FEW or sum(map(len, filled)) <= _FREE_TEXT_LENGTH * len(filled):
        return False
    return len(set(filled)) > _FREE_TEXT_UNIQUE * len(filled) and sum(" " in cell for cell in filled) > len(filled) / 2


def is_nhs_numbers(cells: Sequence[str]) -> bool:
    """At least five different ones, four of five with the right check digit."""
    distinct = {digits_of(cell.strip().removesuffix(".0").encode()) for cell in cells[:_SAMPLE] if cell}
    valid = sum(digits.isdigit() and is_valid(digits) for digits in distinct)
    return len(distinct) >= _FEW and valid >= _MOST * len(distinct)


def is_terminology(header: str, cells: Sequence[str]) -> bool:
    """Whether a column lists clinical codes, each once: of a terminology that it names, or concepts of SNOMED CT."""
    filled = [cell.strip() for cell in cells[:_SAMPLE] if cell.strip()]
    if len(filled) < _FEW or len(set(filled)) <= _ONCE * len(filled):
        return False
    if _PLAIN.fullmatch(header.strip()):
        return sum(map(is_concept, filled)) >= _MOST * len(filled)
    return _TERMINOLOGY.search(header) is not None and _mostly(_CODE, filled)


def _type(cells: Sequence[str]) -> str:
    filled = [cell.strip() for cell in cells[:_SAMPLE] if cell.strip()]
    if not filled:
        return "nothing"
    tests = (("flags", _FLAG), ("numbers", _NUMBER), ("dates", _DATE))
    return next((name for name, test in tests if _mostly(test, filled)), "text")


def _mostly(test: re.Pattern[str], filled: Sequence[str]) -> bool:
    return sum(test.fullmatch(cell) is not None for cell in filled) >= _MOST * len(filled)


def _holds(header: str, cells: Sequence[str]) -> str:
    filled = [cell.strip() for cell in cells[:_SAMPLE] if cell.strip()]
    if is_nhs_numbers(cells):
        return "NHS numbers"
    named = field_of(header.encode("utf-8", "replace"))
    if named is not None and filled:
        return {NHS_NUMBER: "NHS numbers", DATE_OF_BIRTH: "dates of birth"}.get(named, f"{named.kind}s")
    if _NAMES.search(header):
        return "names"
    for words, test in (("e-mail addresses", _EMAIL), ("postcodes", _POSTCODE)):
        if len(filled) >= _FEW and _mostly(test, filled):
            return words
    return "free text" if is_free_text(cells) else ""
