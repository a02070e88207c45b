"""Driver numbers of Great Britain: a surname, a birth date with the month shifted for women, initials, a check."""

from opensafe.detectors.identifiers import Identifier, beside
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Severity

_WORDS = rb"driv\w{0,6}[ _-]?(?:licen[cs]e|no|num|number)\w{0,10}|licen[cs]e[ _-]?(?:no|num|number)|dvla"
_FORM = expression(
    rb"[A-Z]{1,5}9{0,4}\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z9]{2}[A-Z0-9][A-Z]{2}"
)  # decade, month (with 50 added for women), day, year
_LENGTH = 16

DRIVING_LICENCE = Identifier(
    kind="driving licence number",
    words=_WORDS,
    header=rb"driv\w{0,6}[ _-]?(?:licen[cs]e|no|num|number)\w{0,10}|licen[cs]e[ _-]?(?:no|num|number)|dvla\w{0,10}",
    shape=rb"[A-Za-z9]{5} ?[0-9]{6} ?[A-Za-z9]{2}[A-Za-z0-9][A-Za-z]{2}",
    confidence=Confidence.HIGH,
    is_valid=lambda value: len(value) == _LENGTH and _FORM.fullmatch(value) is not None,
)

DETECTOR = PatternDetector(
    Card(
        id="data.driving-licence",
        title="Driving licence number",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Holds the beginning of the surname, the date of birth and the initials. Counts behind a word, with a real "
        "month and day in it.",
        remedy="Treat as a possible data breach, then redact.",
        reference="DVLA, driver number format (INF1D); facts: data 2",
        examples=(
            Example(("driving licence: FARRO", "605148", "LM9XY"), ("FARRO", "605148", "LM9XY")),
            Example(("drivers_license <- 'KAUR9", "755309", "P99AB'"), ("KAUR9", "755309", "P99AB")),
        ),
        non_examples=(
            Example(("driving licence: FARRO699148LM9XY",)),
            Example(("licence key FARRO605148LM9XY",)),
        ),
    ),
    (rb"\b[A-Za-z]{1,5}9{0,4} ?[0-9]{6} ?[A-Za-z9]{2}[A-Za-z0-9][A-Za-z]{2}\b",),
    beside(DRIVING_LICENCE),
)
