"""GMC reference numbers of doctors: seven digits, which mean nothing without a word beside them."""

from opensafe.detectors.identifiers import Identifier, beside
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Severity

_WORDS = rb"gmc|general medical council|consultant[ _]?code"

GMC_NUMBER = Identifier(
    kind="GMC number",
    words=_WORDS,
    header=rb"gmc\w{0,10}|consultant[ _]?code",
    shape=rb"[Cc]?[1-8][0-9]{6}",
)

DETECTOR = PatternDetector(
    Card(
        id="data.gmc-number",
        title="GMC number of a doctor",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="The register is public: the number is the doctor's name. Seven digits count only behind a word "
        "such as GMC. "
        "Consultant codes are the same number behind a C.",
        remedy="Redact, or keep it with the consent of the doctor.",
        reference="General Medical Council, the medical register; NHS data dictionary, CONSULTANT CODE; facts: data 2",
        examples=(
            Example(("Dr's GMC no: 61", "23457"), ("61", "23457")),
            Example(("consultant_code = 'C61", "23457'"), ("C61", "23457")),
        ),
        non_examples=(
            Example(("magmc 6123457",)),
            Example(("gmc 61234578",)),
            Example(("gmc 6123457.5",)),
            Example(("count 6123457",)),
        ),
    ),
    (rb"(?i:gmc|general medical council|consultant[ _]?code)",),
    beside(GMC_NUMBER),
)
