"""Numbers of UK passports: nine digits behind the word."""

from opensafe.detectors.identifiers import Identifier, beside
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Severity

_WORDS = rb"passport(?:[ _-]?(?:no|num|number|id))?"

PASSPORT = Identifier(
    kind="passport number",
    words=_WORDS,
    header=_WORDS,
    shape=rb"[0-9]{9}",
    is_valid=lambda value: len(set(value)) > 2,  # noqa: PLR2004 - 111111111 and 121212121 stand for none
)

DETECTOR = PatternDetector(
    Card(
        id="data.uk-passport",
        title="Passport number",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Identifies one person, and is used to open accounts in their name. Nine digits count only behind "
        "the word.",
        remedy="Treat as a possible data breach, then redact.",
        reference="HM Passport Office, Knowledge of passports, numbers of nine digits; facts: data 2",
        examples=(
            Example(("passport no: 53", "3401286"), ("53", "3401286")),
            Example(('"passportNumber": "53', '3401286"'), ("53", "3401286")),
        ),
        non_examples=(
            Example(("passport 5334012867",)),
            Example(("passports issued: 533,401,286",)),
            Example(("reference 533401286",)),
        ),
    ),
    (rb"(?i:passport)[^\r\n]{0,40}[0-9]{9}",),
    beside(PASSPORT),
)
