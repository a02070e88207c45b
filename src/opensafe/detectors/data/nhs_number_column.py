"""NHS numbers under a column header that says so, however few they are and however far below it."""

from collections.abc import Iterator

from opensafe.detectors.columns import columns_of, header_of
from opensafe.detectors.kinds import ContentDetector
from opensafe.detectors.nhsnumbers import (
    candidates,
    digits_of,
    is_test_number,
    is_valid,
    nhs_number_hit,
    sample_numbers,
)
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.expressions import expression
from opensafe.model.finding import Category, Confidence, Hit, Severity
from opensafe.model.specimen import Specimen

_HEADER = expression(
    rb"(?i)\A(?:.{0,40}nhs[ _.-]{0,2}(?:no|num|id).{0,40}|nhs|(?:patient|chi|mrn)[ _.-]?(?:no|num|id)?\w{0,10})\Z"
)


def _look(specimen: Specimen) -> Iterator[Hit]:
    delimiter, header = header_of(specimen.data)
    columns = {index for index, name in enumerate(header) if _HEADER.match(name)}
    if not columns:
        return
    found = list(candidates(specimen.data))
    standing = columns_of(specimen.data, (match.start() for match in found), delimiter)
    for match, column in zip(found, standing, strict=True):
        digits = digits_of(match.group())
        if column in columns and is_valid(digits):
            severity = Severity.INFO if is_test_number(digits) else Severity.HIGH
            yield nhs_number_hit(match, severity, Confidence.HIGH, "valid, under a header that names it")


(_TEST,) = sample_numbers(999_123_456, 1)

DETECTOR = ContentDetector(
    Card(
        id="data.nhs-number-column",
        title="NHS number in a named column",
        category=Category.DATA,
        severity=Severity.HIGH,
        scope=Scope.CONTENT,
        why="The header of the column says what the number is, and its check digit agrees.",
        remedy="Treat as a possible data breach: tell the information governance team and remove the file.",
        reference="facts: data 2 and 3",
        examples=(
            Example(("ward,nhs_number\n", *("A,\n" * 50), "B,", _TEST, "\n"), (_TEST,), "p.csv"),
            Example(('"a, b"\tNHS No\n"x, y"\t', _TEST, "\n"), (_TEST,), "p.tsv"),
        ),
        non_examples=(
            Example(("ward,nhs_number\n", _TEST, ",1\n"), path="p.csv"),
            Example(("ward,count\nA,", _TEST, "\n"), path="p.csv"),
        ),
    ),
    _look,
    (rb"(?i:nhs|patient|chi|mrn)",),
)
