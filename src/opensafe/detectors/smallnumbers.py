"""Small numbers in tables of counts: rules of several publishers, none of them the authority (facts, data 8)."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from opensafe.model.disclosure import DisclosureRule
from opensafe.model.expressions import expression

PRESETS: Mapping[str, DisclosureRule] = MappingProxyType(
    {
        "hes": DisclosureRule("hes", 7, 5, "Hospital Episode Statistics analysis guide: sub-national counts of 1 to 7"),
        "opensafely": DisclosureRule("opensafely", 7, 5, "OpenSAFELY: counts of 7 or fewer, then rounding to 5"),
        "acro": DisclosureRule("acro", 9, 5, "ACRO and SACRO: fewer than 10, zeros as well"),
        "nes": DisclosureRule("nes", 9, 0, "NHS Education for Scotland: counts of 1 to 9 need a risk assessment"),
    }
)

_COUNTS = expression(
    r"(?i)(?:^|[_ .(])(?:n|no|num|number|counts?|freq(?:uency)?|totals?|patients?|people|persons?|cases?|deaths?"
    r"|admissions?|discharges?|referrals?|attendances?|appointments?|episodes?|spells|births?|numerator|value)"
    r"(?:$|[_ .)])"
)
_PEOPLE = expression(
    r"(?i)patient|people|person|case|death|died|admission|discharge|referral|attendance|appointment|episode|spell|birth"
    r"|diagnos|ward|cohort|population|women|men\b|male|sex|gender|ethnic|age"
)
_WHOLE = expression(r"-?\d{1,9}(?:\.0)?")
_SUPPRESSED = expression(r"\*|\[?[cz]\]?|-|<\s?\d{1,2}|\[?redacted\]?|suppressed", re.IGNORECASE)
_FEWEST = 3  # numbers from which a column says something
_TOTAL = expression(r"(?i)(?:grand )?total|all|overall|england")


def speaks_of_people(words: Sequence[str]) -> bool:
    """Whether a header or a caption says that people are counted; hyper-parameters are not."""
    return any(_PEOPLE.search(word) for word in words)


def small_cells(header: str, cells: Sequence[str], rule: DisclosureRule) -> int:
    """How many counts from 1 to the threshold a column of counts holds; 0 where it is none, or rounded already."""
    if not _COUNTS.search(header):
        return 0
    numbers = [int(cell.strip().removesuffix(".0")) for cell in cells if _WHOLE.fullmatch(cell.strip())]
    if len(numbers) < _FEWEST or is_rounded(numbers, rule):
        return 0
    return sum(0 < number <= rule.threshold for number in numbers)


def is_rounded(numbers: Sequence[int], rule: DisclosureRule) -> bool:
    """Every count is a multiple of the rounding, so that small ones are gone (facts: published tables, 100 %)."""
    step = rule.rounding or 5
    return all(number % step == 0 for number in numbers)


def gives_away(labels: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether one suppressed cell can be worked out from a total: exactly one is hidden, and there is a total."""
    hidden = sum(bool(_SUPPRESSED.fullmatch(cell.strip())) for cell in cells if cell.strip())
    shown = sum(bool(_WHOLE.fullmatch(cell.strip())) for cell in cells)
    return hidden == 1 and shown >= _FEWEST - 1 and any(_TOTAL.fullmatch(label.strip()) for label in labels)
