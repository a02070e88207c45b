"""Records of fixed width without any mark between their fields: an NHS number at the same place of every line."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from opensafe.detectors.gazetteer import known_names
from opensafe.detectors.grids import Cell
from opensafe.detectors.kinds import ContentDetector
from opensafe.detectors.namecells import hits_in_column, is_name
from opensafe.detectors.namedfields import DATE_OF_BIRTH, POSTCODE
from opensafe.detectors.nhsnumbers import is_test_number, is_valid, sample_numbers
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Role, Specimen

_RUN = expression(rb"^[0-9A-Z]{0,20}?(?P<run>\d{10,40})(?=[A-Z ])", re.MULTILINE)
_SOME_DIGITS = expression(rb"\d{1,40}")
_DIGITS = 10
_FEWEST = 6  # different numbers: by chance one in eleven is valid
_SHARE = 0.9
_MOST = 200_000  # lines
_DATES = (
    expression(rb"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"),
    expression(rb"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"),
)
_POSTCODE = expression(rb"[A-Z]{1,2}(?:[0-9]{1,2}|[0-9][A-HJKMNPR-Y]) {0,3}[0-9][ABD-HJLNP-UW-Z]{2}")
_NAME = expression(
    rb"(?:[A-Z]|\xc3[\x80-\x9e])(?:[A-Za-z' -]|[\xc3-\xc5][\x80-\xbf]|\xe2\x80\x99){1,40}?(?=  |[0-9]|\r|\n|\Z)"
)
_WHY = "in a record of fixed width that holds an NHS number"


def _look(specimen: Specimen) -> Iterator[Hit]:
    if specimen.role is Role.BINARY:
        return
    lines: dict[int, list[int]] = defaultdict(list)  # by the column in which a run of digits begins
    for number, found in enumerate(_RUN.finditer(specimen.data)):
        if number >= _MOST:
            break
        lines[found.start("run") - found.start()].append(found.start())
    for column, starts in lines.items():
        at = _place(specimen.data, column, starts) if len(starts) >= _FEWEST else None
        if at is not None:
            yield from _records(specimen, starts, at)


def _place(data: bytes, column: int, starts: Sequence[int]) -> int | None:
    """How far from the beginning of a line valid numbers stand in nearly every one."""
    longest = min(len(_run_at(data, start + column)) for start in starts[:_FEWEST])
    for at in range(column, column + longest - _DIGITS + 1):
        numbers = {data[start + at : start + at + _DIGITS] for start in starts}
        if len(numbers) >= _FEWEST and sum(map(is_valid, numbers)) >= _SHARE * len(numbers):
            return at
    return None


def _run_at(data: bytes, at: int) -> bytes:
    found = _SOME_DIGITS.match(data, at)
    return found.group() if found else b""


def _records(specimen: Specimen, starts: Sequence[int], at: int) -> Iterator[Hit]:
    data, names = specimen.data, list[Cell]()
    for start in starts:
        digits = data[start + at : start + at + _DIGITS]
        if not is_valid(digits):
            continue
        yield _number(start + at, digits)
        behind, end = start + at + _DIGITS, _end(data, start)
        yield from _dates(data, behind, end)
        for found in _POSTCODE.finditer(data, behind, end):
            yield from filter(None, [POSTCODE.hit(found.start(), found.group(), _WHY)])
        names += (found.span() for found in _NAME.finditer(data, behind, end) if _is_listed(found.group()))
    yield from hits_in_column(specimen, b"fixed width", names, _WHY)


def _is_listed(name: bytes) -> bool:
    """Whether a word of it is in the lists, be it another word as well."""
    known, words = known_names(), name.decode("utf-8", "replace").split()
    return is_name(name) and any(known.is_surname(word) or known.is_given(word) for word in words)


def _dates(data: bytes, start: int, end: int) -> Iterator[Hit]:
    """Eight digits that are a day of the last hundred years or so, either way round."""
    at = start
    while at < end:
        found = next(filter(None, (pattern.match(data, at, end) for pattern in _DATES)), None)
        if found is None:
            at += 1
            continue
        yield from filter(None, [DATE_OF_BIRTH.hit(found.start(), found.group(), _WHY)])
        at = found.end()


def _end(data: bytes, start: int) -> int:
    end = data.find(b"\n", start)
    return len(data) if end < 0 else end


def _number(start: int, digits: bytes) -> Hit:
    is_test = is_test_number(digits)
    return Hit(
        start=start,
        end=start + _DIGITS,
        value=Secret(digits, "NHS number"),
        form=Form.NHS_NUMBER,
        severity=Severity.HIGH if is_test else Severity.CRITICAL,
        confidence=Confidence.HIGH,
        why="at the same place of lines of which nearly all hold a valid number" + ("; test range" if is_test else ""),
    )


_ROWS = sample_numbers(999_123_400, 8)
_BARE = tuple(f"{number}HUGHES    GARETH 19570314FZE9 9ZZ\n" for number in _ROWS)
_LINES = tuple(f"130{number}19570314ZE99ZZ  HUGHES    RGT\n" for number in _ROWS)

DETECTOR = ContentDetector(
    Card(
        id="data.fixed-width",
        title="Patients in records of fixed width",
        category=Category.DATA,
        severity=Severity.CRITICAL,
        scope=Scope.CONTENT,
        why="Extracts of older systems have no mark between their fields. Ten digits at the same place of at least six "
        "lines, nine of ten with the right check digit, are NHS numbers, and the dates, postcodes and known names "
        "behind them belong to the same patients.",
        remedy="Treat as a data breach: tell the information governance team and remove the file from the whole "
        "history.",
        reference="facts: data 3, ratio rule",
        examples=(
            Example(_LINES, (_ROWS[0],), "cds.txt"),
            Example(_LINES, ("1957", "0314"), "cds.txt"),
            Example(_BARE, ("gar", "eth"), "cds.txt"),
        ),
        non_examples=(
            Example(tuple(f"16330248{at:05d} request {at}\n" for at in range(40)), path="run.log"),
            Example(_LINES[:3], path="cds.txt"),
            Example(_BARE[:3], path="cds.txt"),
        ),
    ),
    _look,
    (rb"\n[0-9A-Z]{0,20}[0-9]{10}[0-9]{0,20}[A-Z ]",),
)
