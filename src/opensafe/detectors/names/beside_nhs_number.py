"""Names on a line with a valid NHS number: a given name and a surname in cells of their own, or together."""

import re
from collections.abc import Iterator

from opensafe.detectors.commonwords import is_common_word
from opensafe.detectors.grids import Cell
from opensafe.detectors.kinds import PatternDetector
from opensafe.detectors.namecells import are_known, hits_in_column, is_known, is_name
from opensafe.detectors.nhsnumbers import sample_numbers
from opensafe.detectors.peoplelists import is_somebody
from opensafe.detectors.recordlines import MOST, TRIGGERS, is_of_patient
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Hit, Severity
from opensafe.model.specimen import Specimen

_LETTER = rb"(?:[A-Za-z]|[\xc3-\xc9][\x80-\xbf]|['-](?=[A-Za-z])|\xe2\x80\x99)"
_WORD = rb"(?:[A-Z]|\xc3[\x80-\x9e])" + _LETTER + rb"{1,30}"
_TWO = expression(
    rb"(?<!\w)(?!N')(?P<first>"
    + _WORD
    + rb")(?P<joint>[\"']?[ ]{0,3}[,;|^\t&][ ]{0,3}(?:N?[\"'])?|[ ]{2,30}| )(?=(?P<last>(?!N')"
    + _WORD
    + rb")(?!\w))"
)
_BOUNDS = frozenset((b'"', b"'", b"\t", b"|", b",", b";"))
_WHY = "on a line with a valid NHS number or a National Insurance number"


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    if is_of_patient(specimen.data, start, end):
        yield from hits_in_column(specimen, b"beside", list(_names(specimen.data, start, end)), _WHY)


def _names(data: bytes, start: int, end: int) -> Iterator[Cell]:
    for pair in _TWO.finditer(data, start, end):
        is_joined = pair["joint"] == b" "
        if are_known(pair["first"], pair["last"]):
            yield from (
                (pair.span("first"), pair.span("last")) if not is_joined else ((pair.start("first"), pair.end("last")),)
            )
        elif not is_joined and (are_known(pair["last"], pair["first"]) or _is_half_known(pair["first"], pair["last"])):
            yield from (pair.span("first"), pair.span("last"))
        elif is_joined and is_known(pair["first"]) and are_known(pair["last"], pair["first"]):
            yield pair.start("first"), pair.end("last")  # as files are called: `Hughes_Gareth_….pdf`
        elif is_joined and _is_cell(data, pair.start("first"), pair.end("last")) and is_somebody(_whole(data, pair)):
            yield pair.start("first"), pair.end("last")


def _whole(data: bytes, pair: re.Match[bytes]) -> bytes:
    return data[pair.start("first") : pair.end("last")]


def _is_cell(data: bytes, start: int, end: int) -> bool:
    return data[start - 1 : start] in _BOUNDS and data[end : end + 1] in _BOUNDS


def _is_half_known(first: bytes, last: bytes) -> bool:
    """Whether one of two cells is a known name, and the other has the form of one and is no word."""
    if is_common_word(first) or is_common_word(last) or first.isupper() != last.isupper():
        return False
    return is_name(first) and is_name(last) and (is_known(first) or is_known(last))


(_TEST,) = sample_numbers(999_123_456, 1)

DETECTOR = PatternDetector(
    Card(
        id="names.beside-nhs-number",
        title="Name beside an NHS number",
        category=Category.NAME,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="A row, a log line or a sentence that holds one or two NHS numbers is about a patient: a known given name "
        "beside a known surname is theirs, even where both are words as well.",
        remedy="Redact, or remove the file. Names of patients are never kept.",
        reference="facts: data 2 and 4",
        examples=(
            Example(("VALUES (7, 'Gareth', 'Hug", "hes', '", _TEST, "', 'M')"), ("hug", "hes"), "load.sql"),
            Example(("parse('Hughes,Gar", "eth,", _TEST, "')"), ("gar", "eth"), "a.py"),
            Example((_TEST, " & Hug", "hes & Gareth \\\\"), ("hug", "hes"), "t.tex"),
            Example(("Hug", "hes Gareth ", _TEST), ("hug", "hes gareth"), "notes.md"),
            Example(("1  ", _TEST, "   Hug", "hes      Gareth   M"), ("hug", "hes"), "list.lst"),
            Example(("ask about Mark Pa", "ge, ", _TEST), ("mark pa", "ge"), "notes.md"),
        ),
        non_examples=(
            Example(("VALUES (7, 'Gareth', 'Hug", "hes', 'M')"), path="load.sql"),
            Example(("patient ", _TEST, " at Royal Hospital, Ward Seven"), path="notes.md"),
        ),
    ),
    TRIGGERS,
    _examine,
    MOST // 2,
)
