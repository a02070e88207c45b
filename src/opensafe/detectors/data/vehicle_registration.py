"""Vehicle registrations of the current form (two letters, two digits, three letters), behind a word."""

from opensafe.detectors.identifiers import Identifier, beside
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Severity

_WORDS = (
    rb"(?:vehicle|car|van|ambulance)[ _-]?reg\w{0,10}|reg(?:istration)?[ _-](?:plate|mark|no|num|number)"
    rb"|number[ _-]?plate|vrm|vrn"
)

VEHICLE_REGISTRATION = Identifier(
    kind="vehicle registration",
    words=_WORDS,
    header=_WORDS,
    shape=rb"[A-HJ-PR-Y][A-HJ-PR-Y][0-9]{2} ?[A-HJ-PR-Z]{3}",
)

DETECTOR = PatternDetector(
    Card(
        id="data.vehicle-registration",
        title="Vehicle registration",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Leads to the keeper of the vehicle. The form is that of many codes, so a word is asked for.",
        remedy="Redact.",
        reference="DVLA INF104, vehicle registration numbers; facts: data 2",
        examples=(
            Example(("car reg: LV", "17 KTX"), ("LV", "17KTX")),
            Example(("number_plate = 'LV", "17KTX'"), ("LV", "17KTX")),
        ),
        non_examples=(
            Example(("ward LV17 KTX",)),
            Example(("car reg: LI17 KTX",)),
        ),
    ),
    (rb"\b[A-Z]{2}[0-9]{2} ?[A-Z]{3}\b",),
    beside(VEHICLE_REGISTRATION),
)
