"""GDC numbers of dentists and dental staff: five or six digits behind a word."""

from opensafe.detectors.identifiers import Identifier, beside
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Severity

_WORDS = rb"gdc[ _-]?(?:no|num|number|id|pin|reg\w{0,12})|general dental council"

GDC_NUMBER = Identifier(
    kind="GDC number",
    words=_WORDS,
    header=rb"gdc\w{0,10}|dentist[ _](?:no|num|number)",
    shape=rb"[1-9][0-9]{4,5}",
)

DETECTOR = PatternDetector(
    Card(
        id="data.gdc-number",
        title="GDC number of a dentist",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="The register is public: the number is the name. Five or six digits count only behind a word such as GDC.",
        remedy="Redact, or keep it with the consent of the dentist.",
        reference="General Dental Council, search the registers; facts: data 2",
        examples=(
            Example(("GDC number: 28", "4193"), ("28", "4193")),
            Example(("gdc_no = '28", "4193'"), ("28", "4193")),
        ),
        non_examples=(
            Example(("gdc 2841937",)),
            Example(("dentists 284193",)),
        ),
    ),
    (rb"(?i:gdc|dental council)",),
    beside(GDC_NUMBER),
)
