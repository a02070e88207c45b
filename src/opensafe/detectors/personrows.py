"""Rows of people that no header names: a given name and a surname in cells beside each other, a date behind them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.data.hospital_number import LOCAL_FORM
from opensafe.detectors.grids import Cell
from opensafe.detectors.kinds import Ends
from opensafe.detectors.namecells import are_known, is_known, is_name
from opensafe.detectors.neighbourhood import neighbourhoods
from opensafe.model.expressions import expression

_LETTER = rb"(?:[A-Za-z]|[\xc3-\xc9][\x80-\xbf]|['-](?=[A-Za-z])|\xe2\x80\x99)"
_WORD = rb"(?:[A-Z]|[\xc3-\xc5][\x80-\xbf])" + _LETTER + rb"{1,30}"
_MONTHS = rb"(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DATE = (
    rb"(?:19|20)\d\d(?:-\d\d-\d\d|[01]\d[0-3]\d)|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d"
    rb"|\d{1,2}[ -]?" + _MONTHS + rb"[ -]?(?:19|20)\d\d"
)
_NEXT = rb"[\"']?[ ]?[,;|\t][ ]?N?[\"']?"
_DAY, _MONTH, _YEAR = rb"(?:0?[1-9]|[12]\d|3[01])", rb"(?:0?[1-9]|1[0-2])", rb"(?:19|20)\d\d"
_ROW = expression(
    rb"(?:(?<![\w./-])(?P<before>" + LOCAL_FORM + rb")" + _NEXT + rb")?(?<![\w. -])(?<!\w')(?P<first>" + _WORD + rb")"
    + _NEXT
    + rb"(?P<last>" + _WORD + rb")" + _NEXT + rb"(?:(?P<date>" + _DATE + rb")(?![\w/.-]|[ T]\d\d:)"
    rb"|(?P<day>" + _DAY + rb")" + _NEXT + rb"(?P<month>" + _MONTH + rb")" + _NEXT + rb"(?P<year>" + _YEAR
    + rb")(?![\w/.-]))(?:" + _NEXT + rb"(?P<behind>" + LOCAL_FORM + rb")(?![\w/.-]))?"
)  # fmt: skip
TRIGGER = (
    rb"[A-Z\xc3-\xc5][^\"',;|\t\r\n]{1,40}[\"']?[ ]?[,;|\t][ ]?N?[\"']?[A-Z\xc3-\xc5][^\"',;|\t\r\n]{1,40}"
    rb"[\"']?[ ]?[,;|\t][ ]?N?[\"']?(?:[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]|[0-9]{1,2}[ -]?[A-Za-z]{3}"
    rb"|[12][09][0-9]{6}|[0-9]{1,2}[\"']?[ ]?[,;|\t][ ]?[\"']?[0-9]{1,2}[\"']?[ ]?[,;|\t][ ]?[\"']?[12][09][0-9]{2})"
)
"""Where such a row can be."""

_REACH = 200


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Cells of a row: two of a name; one or three of a date, and what they say; what may be numbers of a patient."""

    names: tuple[Cell, Cell]
    dates: tuple[Cell, ...]
    date: bytes
    numbers: tuple[Cell, ...]


def person_rows(data: bytes, ends: Ends) -> Iterator[PersonRow]:
    """The rows near the ends of triggers in which both cells can be names and one of them is a known one."""
    for start, end in neighbourhoods(data, ends, _REACH):
        for match in _ROW.finditer(data, start, end):
            if _are_names(match["first"], match["last"]):
                yield _row(match)


def _row(match: re.Match[bytes]) -> PersonRow:
    parts = ("date",) if match["date"] is not None else ("day", "month", "year")
    numbers = tuple(match.span(part) for part in ("before", "behind") if match[part] is not None)
    return PersonRow((match.span("first"), match.span("last")), tuple(map(match.span, parts)), _date(match), numbers)


def _date(match: re.Match[bytes]) -> bytes:
    if match["date"] is not None:
        return match["date"]
    return b"%s-%02d-%02d" % (match["year"], int(match["month"]), int(match["day"]))


def _are_names(first: bytes, last: bytes) -> bool:
    """Whether both are known, in either order, or one is and the other no ordinary word."""
    if are_known(first, last) or are_known(last, first):
        return True
    if is_common_word(first.lower()) or is_common_word(last.lower()) or first.isupper() != last.isupper():
        return False
    return is_name(first) and is_name(last) and (is_known(first) or is_known(last))
