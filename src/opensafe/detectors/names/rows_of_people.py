"""Rows of people without a header: a given name and a surname in cells beside each other, and a date behind them."""

import re
from collections.abc import Iterator

from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.namecells import are_known, hits_in_column, is_known, is_name
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_LETTER = rb"(?:[A-Za-z]|[\xc3-\xc9][\x80-\xbf]|['-](?=[A-Za-z])|\xe2\x80\x99)"
_WORD = rb"(?:[A-Z]|[\xc3-\xc5][\x80-\xbf])" + _LETTER + rb"{1,30}"
_DATE = rb"(?:(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d)"
_JOINT = rb"[\"'][ ]?,[ ]?N?[\"']"
_ROW = re.compile(
    rb"[\"'](?P<first>" + _WORD + rb")" + _JOINT + rb"(?P<last>" + _WORD + rb")" + _JOINT + _DATE + rb"[\"'T ]"
)
_WHY = "in a row with a given name, a surname and a date"


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for row in _ROW.finditer(specimen.data, start, end):
        if _are_names(row["first"], row["last"]):
            yield from hits_in_column(specimen, b"row", [row.span("first"), row.span("last")], _WHY)


def _are_names(first: bytes, last: bytes) -> bool:
    """Whether both are known, in either order, or one is and the other no ordinary word."""
    if are_known(first, last) or are_known(last, first):
        return True
    if is_common_word(first.lower()) or is_common_word(last.lower()) or first.isupper() != last.isupper():
        return False
    return is_name(first) and is_name(last) and (is_known(first) or is_known(last))


DETECTOR = PatternDetector(
    Card(
        id="names.rows-of-people",
        title="Name in a row with a date",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Printed rows, tuples and inserts hold patients without any header: two cells of names beside each other, "
        "and a date that is mostly that of birth. One of the two has to be a known name.",
        remedy="Redact, or remove the file. Names of patients are never kept.",
        reference="facts: data 4 (layer L2c)",
        examples=(
            Example(("[('Hug", "hes', 'Gar", "eth', '17/04/2003')]"), ("gar", "eth"), "a.py"),
            Example(('("Quillf', 'eather", "Pri', 'ya", "1957-03-14")'), ("quillf", "eather"), "a.R"),
        ),
        non_examples=(
            Example(("['Monday', 'Tuesday', '01/02/2020']",), path="a.py"),
            Example(("('Total', 'Admissions', '2020-01-01')",), path="a.py"),
            Example(('c("Leeds", "Bradford", "2020-01-01")',), path="a.R"),
            Example(("('Person 3', 'Analyst', '2020-01-01')",), path="a.py"),
        ),
    ),
    (
        (
            rb"[\"'][ ]?,[ ]?N?[\"'][A-Z\xc3-\xc5][^\"',\r\n]{1,40}[\"'][ ]?,[ ]?N?[\"']"
            rb"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]"
        ),
    ),
    _examine,
)
