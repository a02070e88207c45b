"""Many NHS numbers in one file or column: where four of five ten-digit numbers are valid, chance is out of question."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, repeat

from opensafe.detectors.columns import columns_of, header_of, keys_of
from opensafe.detectors.headedtables import is_table
from opensafe.detectors.kinds import ContentDetector
from opensafe.detectors.nhsnumbers import (
    MADE_UP,
    TRIGGER,
    candidates,
    digits_of,
    is_issued,
    is_test_number,
    is_valid,
    nhs_number_hit,
    sample_numbers,
)
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Hit, Severity
from opensafe.model.specimen import Specimen

_ENOUGH = 5  # distinct candidates
_SHAPES = bytes(49 if code in b"0123456789" else 32 if code in b" -" else 0 for code in range(256))
_TOGETHER, _APART = b"1" * 10, b"111 111 1111"
_SHARE = 0.8  # of them valid: 47 hits and no false one among 58 files (facts, data 3)


def _look(specimen: Specimen) -> Iterator[Hit]:
    if not _has_enough(specimen.data):
        return
    found = list(candidates(specimen.data))
    groups = [found] if _passes(found) else [group for group in _groups(specimen.data, found) if _passes(group)]
    for group in groups:
        in_a_row = not is_table(specimen) and _are_made_in_a_row(group)
        for match in group:
            digits = digits_of(match.group())
            if is_valid(digits):
                yield _made(match, digits) if in_a_row else _hit(match, digits)


def _has_enough(data: bytes) -> bool:
    """A few passes in C, for most texts have no five places where ten digits stand: together, or as three groups."""
    shapes = data.translate(_SHAPES)
    return sum(shapes.count(shape) for shape in (_TOGETHER, _APART)) >= _ENOUGH


def _passes(group: Iterable[re.Match[bytes]]) -> bool:
    """The range is not asked for: generators give any first digit, and the share alone is close to proof."""
    distinct = {digits_of(match.group()) for match in group}
    return len(distinct) >= _ENOUGH and sum(map(is_valid, distinct)) >= _SHARE * len(distinct)


def _are_made_in_a_row(group: Iterable[re.Match[bytes]]) -> bool:
    """Whether many were counted up with hardly a gap, as whoever makes up numbers does.

    That all begin alike is not enough: children who were registered in one unit have numbers from one block. It is
    where no such number is ever issued.
    """
    numbers = {digits for digits in (digits_of(match.group()) for match in group) if is_valid(digits)}
    if len(numbers) >= _MANY and all(map(is_test_number, numbers)) and len({digits[:_SAME] for digits in numbers}) == 1:
        return True
    counted = sorted(int(digits[:-1]) for digits in numbers)
    near = sum(after - before <= _STEP for before, after in pairwise(counted))
    return len(counted) >= _MANY and near >= _NEARLY_ALL * (len(counted) - 1)


def _groups(data: bytes, found: Sequence[re.Match[bytes]]) -> Iterable[list[re.Match[bytes]]]:
    """By key in JSON, by column where the first line has a delimiter."""
    if len(found) < _ENOUGH:
        return ()
    places = [match.start() for match in found]
    delimiter, _ = header_of(data)
    labels: Iterable[int | bytes]
    if data.lstrip()[:1] in {b"{", b"["}:
        labels = keys_of(data, places)
    else:
        labels = columns_of(data, places, delimiter) if delimiter else repeat(0)
    grouped: dict[int | bytes, list[re.Match[bytes]]] = defaultdict(list)
    for label, match in zip(labels, found, strict=False):
        grouped[label].append(match)
    return grouped.values()


def _made(match: re.Match[bytes], digits: bytes) -> Hit:
    severity = Severity.LOW if is_issued(digits) else Severity.INFO
    return nhs_number_hit(match, severity, Confidence.LOW, MADE_UP)


def _hit(match: re.Match[bytes], digits: bytes) -> Hit:
    if is_test_number(digits):
        # Not critical, since the range is never issued; but a file of them must be looked at: generated look-alikes
        # and real rows occur side by side.
        return nhs_number_hit(match, Severity.HIGH, Confidence.HIGH, "in a column of valid numbers; test range")
    return nhs_number_hit(match, Severity.CRITICAL, Confidence.HIGH, "in a file or column where most numbers are valid")


_MANY = 10  # different numbers
_STEP = 2  # without the check digit: of eleven numbers one has none
_NEARLY_ALL = 0.75
_SAME = 6  # digits that numbers of a range for tests begin with
_ROWS = sample_numbers(999_123_400, 7)

DETECTOR = ContentDetector(
    Card(
        id="data.nhs-number-ratio",
        title="File or column of NHS numbers",
        category=Category.DATA,
        severity=Severity.CRITICAL,
        scope=Scope.CONTENT,
        why="At least five different ten-digit numbers, four of five with the right check digit: by chance it "
        "would be one in "
        "eleven. Numbers of the test range are high, since generated and real rows occur side by side.",
        remedy="Treat as a data breach: tell the information governance team and remove the file from the whole "
        "history.",
        reference="facts: data 3, ratio rule",
        examples=(
            Example(("row,nhs\n", *(f"{at},{number}\n" for at, number in enumerate(_ROWS))), (_ROWS[0],), "p.csv"),
            Example(
                ("stamp,nhs\n", *(f"15000000{at:02d},{number}\n" for at, number in enumerate(_ROWS))),
                (_ROWS[0],),
                "p.csv",
            ),
        ),
        non_examples=(
            Example(("id\n", *(f"{1_500_000_000 + 13 * at}\n" for at in range(40))), path="p.csv"),
            Example(("nhs\n", *(f"{number}\n" for number in _ROWS[:3])), path="p.csv"),
            Example(("id\n", *(f"{digit * 10}\n" for digit in "1234567")), path="p.csv"),
        ),
    ),
    _look,
    (TRIGGER,),
)
