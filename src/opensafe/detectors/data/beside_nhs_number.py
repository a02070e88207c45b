"""What stands on a line with a valid NHS number: dates, postcodes and mobile numbers of the same patient."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from opensafe.detectors.data.hospital_number import HOSPITAL_NUMBER, LOCAL_FORM
from opensafe.detectors.identifiers import Identifier
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.namedfields import DATE_OF_BIRTH, PHONE, POSTCODE
from opensafe.detectors.nhsnumbers import sample_numbers
from opensafe.detectors.recordlines import MOST, TRIGGERS, after_stamp, is_of_one, is_of_patient
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Hit, Severity
from opensafe.model.specimen import Specimen

_DATE = expression(
    rb"(?<![\w/.:-])(?:\d{1,2}(?P<j>[/.-])\d{1,2}(?P=j)(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
    rb"|\d{1,2}[ -]?(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[ -]?(?:19|20)\d\d)"
    rb"(?![\w/:-])(?![T ]\d\d:)"
)
_POSTCODE = expression(rb"(?<![\w/.-])[A-Z]{1,2}(?:[0-9]{1,2}|[0-9][A-HJKMNPR-Y]) ?[0-9][ABD-HJLNP-UW-Z]{2}(?![\w/-])")
_LOCAL = expression(rb"(?<![\w./-])" + LOCAL_FORM + rb"(?![\w./-])")
_MOBILE = expression(rb"(?<![\w+])(?:\+44|0)7\d{9}(?!\w)")
_CELLS = rb"(?:[\"']?[ ]{0,3}[,;|&\t][ ]{0,3}[\"']?|[ ]{2,30})"
_IN_THREE = expression(  # 14, 3, 1957: a day, a month and a year in cells of their own
    rb"(?<![\w/.:-])(?P<day>0?[1-9]|[12]\d|3[01])" + _CELLS + rb"(?P<month>0?[1-9]|1[0-2])" + _CELLS
    + rb"(?P<year>(?:19|20)\d\d)(?![\w/.:-])"
)  # fmt: skip
_SOUGHT: tuple[tuple[re.Pattern[bytes], Identifier], ...] = (
    (_DATE, DATE_OF_BIRTH),
    (_POSTCODE, POSTCODE),
    (_MOBILE, PHONE),
    (_LOCAL, HOSPITAL_NUMBER),
)
_LIMIT = expression(rb"(?i)(?:[<>]=?|between|and)[ ]{0,2}'?\Z")  # with which a query compares
_BEFORE = 12
_YEAR = expression(rb"(?:19|20)\d\d")
_WHY = "on a line with a valid NHS number or a National Insurance number"
_LATER = "on the line of one patient, in a later year than the first date there, which is told"


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    if not is_of_patient(specimen.data, start, end):
        return
    for pattern, identifier in _SOUGHT:
        hits = list(_found(specimen.data, pattern, identifier, after_stamp(specimen.data, start, end), end))
        is_of_dates = identifier is DATE_OF_BIRTH and is_of_one(specimen.data, start, end)
        yield from _later_are_low(hits) if is_of_dates else hits
    for cells in _IN_THREE.finditer(specimen.data, start, end):
        yield from _in_three(cells)


def _in_three(cells: re.Match[bytes]) -> Iterator[Hit]:
    """The three cells of a date, each a place of the same finding."""
    date = b"%s-%02d-%02d" % (cells["year"], int(cells["month"]), int(cells["day"]))
    hit = DATE_OF_BIRTH.hit(0, date, f"a day, a month and a year {_WHY}")
    if hit is not None:
        yield from (replace(hit, start=cells.start(part), end=cells.end(part)) for part in ("day", "month", "year"))


def _found(data: bytes, pattern: re.Pattern[bytes], identifier: Identifier, start: int, end: int) -> Iterator[Hit]:
    for found in pattern.finditer(data, start, end):
        hit = identifier.hit(found.start(), found.group(), _WHY)
        is_limit = _LIMIT.search(data, max(start, found.start() - _BEFORE), found.start())
        if hit is not None and not is_limit and identifier.value.fullmatch(found.group()):
            yield hit


def _later_are_low(dates: Sequence[Hit]) -> Iterator[Hit]:
    """Nobody is treated before birth: of the dates about one patient those of the first year are told as such."""
    years = [_year(hit.value.reveal()) for hit in dates]
    for hit, year in zip(dates, years, strict=True):
        is_later = year > min(years)
        yield replace(hit, severity=Severity.LOW, confidence=Confidence.LOW, why=_LATER) if is_later else hit


def _year(date: bytes) -> bytes:
    found = _YEAR.search(date)
    return found.group() if found else b""


(_TEST,) = sample_numbers(999_123_456, 1)

DETECTOR = PatternDetector(
    Card(
        id="data.beside-nhs-number",
        title="Date, postcode, mobile or local number beside an NHS number",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="A row, a log line or a sentence that holds one or two NHS numbers is about a patient, and so is the rest "
        "of it. In longer lists of numbers nothing is concluded.",
        remedy="Redact, or remove the file.",
        reference="facts: data 2, context that raises",
        examples=(
            Example(("VALUES (7, '", _TEST, "', '1957-", "03-14', 'M')"), ("1957-", "03-14"), "load.sql"),
            Example(("VALUES ('", _TEST, "','A','B',14,3,", "1957)"), ("1957", "-03-14"), "load.sql"),
            Example((_TEST, ",A,B,X402", "7311"), ("X402", "7311"), "p.csv"),
            Example(("no match: ", _TEST, " ZE", "99ZZ"), ("ZE", "99ZZ"), "run.log"),
            Example(("parse('A,B,", _TEST, ",0791", "2486253')"), ("0791", "2486253"), "a.py"),
        ),
        non_examples=(
            Example(("2021-06-14 06:00:02 no match: ", _TEST), path="run.log"),
            Example(("VALUES (7, '", "7" * 10, "', '1957-", "03-14', 'M')"), path="load.sql"),
            Example((_TEST, ",G1402731,G9999998,A123456"), path="p.csv"),
            Example((_TEST, " in batch v402731 of E", "01000001"), path="run.log"),
            Example(("built 1234567891 on 2021-06-14",)),
            Example(("VALUES ('", _TEST, "', 14, 13, 1957, 40)"), path="load.sql"),
        ),
    ),
    TRIGGERS,
    _examine,
    MOST // 2,
)
