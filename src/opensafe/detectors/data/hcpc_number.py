"""HCPC registration numbers: letters for the profession, then five or six digits."""

from opensafe.detectors.identifiers import Identifier, beside
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Severity

_WORDS = rb"hcpc|health and care professions council"
_PROFESSIONS = rb"(?:AS|BS|CH|CS|DT|HAD|OT|ODP|OR|PA|PH|PO|PYL|RA|SL)"

HCPC_NUMBER = Identifier(
    kind="HCPC number",
    words=_WORDS,
    header=rb"hcpc\w{0,10}",
    shape=rb"(?i:" + _PROFESSIONS + rb") ?[0-9]{5,6}",
)

DETECTOR = PatternDetector(
    Card(
        id="data.hcpc-number",
        title="HCPC number of a health professional",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="The register is public: the number is the name. It begins with letters for the profession and counts only "
        "behind a word such as HCPC.",
        remedy="Redact, or keep it with the consent of the person.",
        reference="Health and Care Professions Council, check the register; facts: data 2",
        examples=(
            Example(("HCPC: PH", "104937"), ("PH", "104937")),
            Example(("hcpc_number <- 'PYL", "31842'"), ("PYL", "31842")),
        ),
        non_examples=(
            Example(("HCPC standard PX104937",)),
            Example(("model PH104937",)),
        ),
    ),
    (rb"(?i:hcpc|professions council)",),
    beside(HCPC_NUMBER),
)
