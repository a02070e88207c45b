"""NHS numbers that stand in three columns of a table, as they are printed: 3, 3 and 4 digits."""

from collections.abc import Iterator, Sequence
from itertools import islice

from opensafe.detectors.grids import Cell, Row, delimited
from opensafe.detectors.kinds import ContentDetector
from opensafe.detectors.nhsnumbers import is_test_number, is_valid, sample_numbers
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Role, Specimen

_TABLES = frozenset({"csv", "tsv"})
_PARTS = (3, 3, 4)
_SAMPLE = 60  # rows by which columns are judged
_SAMPLED = 32_000  # bytes in which these are looked for
_FEWEST = 5  # different numbers: by chance one in eleven is valid
_SHARE = 0.8


def _look(specimen: Specimen) -> Iterator[Hit]:
    if specimen.role is not Role.TABLE and specimen.signature not in _TABLES:
        return
    sample = list(islice(delimited(specimen.data[:_SAMPLED]), _SAMPLE))
    at = _first_column(specimen.data, sample)
    for row in delimited(specimen.data) if at is not None else ():
        digits = _joined(specimen.data, row.cells[at : at + 3]) if at is not None else b""
        if is_valid(digits):
            yield _hit(row.cells[at : at + 3] if at is not None else (), digits)


def _first_column(data: bytes, sample: Sequence[Row]) -> int | None:
    """The first of three columns that hold the parts of valid numbers."""
    for at in range(max((len(row.cells) for row in sample), default=0) - 2):
        numbers = {_joined(data, row.cells[at : at + 3]) for row in sample} - {b""}
        if len(numbers) >= _FEWEST and sum(map(is_valid, numbers)) >= _SHARE * len(numbers):
            return at
    return None


def _joined(data: bytes, cells: Sequence[Cell]) -> bytes:
    """The digits of three cells; nothing where they are not 3, 3 and 4."""
    parts = [data[slice(*cell)] for cell in cells]
    if tuple(map(len, parts)) != _PARTS or not all(part.isdigit() for part in parts):
        return b""
    return b"".join(parts)


def _hit(cells: Sequence[Cell], digits: bytes) -> Hit:
    is_test = is_test_number(digits)
    return Hit(
        start=cells[0][0],
        end=cells[-1][1],
        value=Secret(digits, "NHS number"),
        form=Form.NHS_NUMBER,
        severity=Severity.HIGH if is_test else Severity.CRITICAL,
        confidence=Confidence.HIGH,
        why="in three columns of which most rows make a valid number" + ("; test range" if is_test else ""),
    )


_ROWS = sample_numbers(999_123_400, 7)

DETECTOR = ContentDetector(
    Card(
        id="data.split-nhs-number",
        title="NHS number in three columns",
        category=Category.DATA,
        severity=Severity.CRITICAL,
        scope=Scope.CONTENT,
        why="Forms and systems keep the number as it is printed, in parts. At least five different rows, four of five "
        "with the right check digit: by chance it would be one in eleven.",
        remedy="Treat as a data breach: tell the information governance team and remove the file from the whole "
        "history.",
        reference="facts: data 3, split over columns",
        examples=(
            Example(
                ("a,b,c,ward\n", *(f"{number[:3]},{number[3:6]},{number[6:]},7\n" for number in _ROWS)),
                (_ROWS[0],),
                "p.csv",
            ),
        ),
        non_examples=(
            Example(("a,b,c\n", *(f"{at},{at + 13},{at + 1000}\n" for at in range(100, 140))), path="p.csv"),
            Example(("a,b,c\n", *(f"{number[:3]},{number[3:6]},{number[6:]}\n" for number in _ROWS[:3])), path="p.csv"),
        ),
    ),
    _look,
    (rb"[0-9]{3}[\"']?[,;|\t][\"' ]?[0-9]{3}[\"']?[,;|\t][\"' ]?[0-9]{4}[^0-9]",),
)
