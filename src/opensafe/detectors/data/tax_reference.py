"""Unique Taxpayer References: ten digits with a check digit in front, behind a word."""

from opensafe.detectors.identifiers import Identifier, beside, weighted
from opensafe.detectors.kinds import PatternDetector
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Severity

_WORDS = rb"utr|unique tax(?:payer)?'?s? ref\w{0,8}|tax(?:payer)?[ _-]ref\w{0,8}"
_WEIGHTS = (6, 7, 8, 9, 10, 5, 4, 3, 2)  # HMRC: the digits 2 to 10; the first checks them
_CHECKS = b"21987654321"  # by the remainder of the division by 11


def _is_valid(value: bytes) -> bool:
    return _CHECKS[weighted(value[1:], _WEIGHTS) % len(_CHECKS)] == value[0] and len(set(value)) > 1


TAX_REFERENCE = Identifier(
    kind="tax reference",
    words=_WORDS,
    header=rb"utr\w{0,10}|tax(?:payer)?[ _-]?ref\w{0,8}",
    shape=rb"[0-9]{5} ?[0-9]{5}",
    confidence=Confidence.HIGH,
    is_valid=_is_valid,
)


def _sample(nine: bytes) -> str:
    return (bytes([_CHECKS[weighted(nine, _WEIGHTS) % len(_CHECKS)]]) + nine).decode()


DETECTOR = PatternDetector(
    Card(
        id="data.tax-reference",
        title="Unique Taxpayer Reference",
        category=Category.DATA,
        severity=Severity.MEDIUM,
        scope=Scope.PASSAGE,
        why="Identifies one taxpayer. Ten digits count only behind a word, and where the check digit agrees.",
        remedy="Treat as a possible data breach, then redact.",
        reference="HMRC, modulus check of Unique Taxpayer References; facts: data 2",
        examples=(
            Example(("UTR: ", _sample(b"955839661")), (_sample(b"955839661"),)),
            Example(("tax_ref <- '", _sample(b"123987456"), "'"), (_sample(b"123987456"),)),
        ),
        non_examples=(
            Example(("UTR: ", str((int(_sample(b"955839661")[0]) + 1) % 10), "955839661")),
            Example(("count ", _sample(b"955839661"))),
        ),
    ),
    (rb"(?i:utr|tax)[^\r\n]{0,40}[0-9]{5} ?[0-9]{5}",),
    beside(TAX_REFERENCE),
)
