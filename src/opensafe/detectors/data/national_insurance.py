"""National Insurance numbers: the shape alone is precise in capital letters."""

from collections.abc import Iterator

from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen

_NUMBER = expression(
    rb"(?<![\w-])(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z](?P<gap> ?)\d{2}(?P=gap)\d{2}(?P=gap)\d{2}"
    rb"(?P=gap)[A-D](?![\w-])"
    rb"|(?<![\w-])[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z] \d{6} ?[A-D](?![\w-])"
    rb"|(?<![\w-])ZZ ?\d\d ?\d\d ?\d\d ?[A-DT](?![\w-])"
)
_SAMPLES = (b"AB123456", b"QQ", b"ZZ")  # of forms, guidance and generators; QQ and ZZ are never issued


def _examine(specimen: Specimen, start: int, end: int) -> Iterator[Hit]:
    for match in _NUMBER.finditer(specimen.data, start, end):
        number = match.group().replace(b" ", b"")
        sample = number.startswith(_SAMPLES)
        yield Hit(
            start=match.start(),
            end=match.end(),
            value=Secret(number, "National Insurance number"),
            form=Form.NATIONAL_INSURANCE,
            severity=Severity.LOW if sample else Severity.HIGH,
            confidence=Confidence.LOW if sample else Confidence.HIGH,
            why="a sample, as in guidance and test data" if sample else "letters, digits and suffix as issued",
        )


DETECTOR = PatternDetector(
    Card(
        id="data.national-insurance",
        title="National Insurance number",
        category=Category.DATA,
        severity=Severity.HIGH,
        scope=Scope.PASSAGE,
        why="Identifies one person for life. The shape alone had no chance hit in 259 MB of public NHS code.",
        remedy="Treat as a possible data breach, then redact.",
        reference="HMRC National Insurance Manual NIM39110; facts: data 2",
        examples=(
            Example(("ni: JG", "1037", "59A"), ("JG", "1037", "59A")),
            Example(("JG", " 10 37 ", "59 A."), ("JG", "1037", "59A")),
        ),
        non_examples=(
            Example(("BG", "103759A")),
            Example(("DA", "103759A")),
            Example(("JG", "103759E")),
            Example(("XJG", "103759A")),
            Example(("ZZ", " 10 37 59 T")),
        ),
    ),
    (rb"[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-DT]",),
    _examine,
)
