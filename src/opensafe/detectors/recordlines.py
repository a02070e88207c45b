"""Lines that hold a valid NHS number or a National Insurance number: what else stands there is of the same person."""

from opensafe.detectors.nhsnumbers import TRIGGER, candidates, digits_of, is_valid
from opensafe.model.expressions import expression

MOST = 2_000  # bytes of such a line
_STAMP = expression(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


_INSURED = expression(rb"(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)")
_MOST_NUMBERS = 2
TRIGGERS = (TRIGGER, rb"\b[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b")


def is_of_one(data: bytes, start: int, end: int) -> bool:
    """Whether the line holds no two numbers of a kind, and so is about one patient."""
    numbers, insured = _numbers(data, start, end)
    return len(numbers) <= 1 and len(insured) <= 1


def _numbers(data: bytes, start: int, end: int) -> tuple[set[bytes], set[bytes]]:
    """The NHS numbers of the line, valid or not, and its National Insurance numbers."""
    numbers = {digits_of(found.group()) for found in candidates(data, start, end)}
    return numbers, {found.group() for found in _INSURED.finditer(data, start, end)}


def is_of_patient(data: bytes, start: int, end: int) -> bool:
    """Whether the line holds one or two valid numbers, and no list of them or of other numbers."""
    numbers, insured = _numbers(data, start, end)
    return 0 < len(numbers | insured) <= _MOST_NUMBERS and all(map(is_valid, numbers)) and end - start <= MOST


def after_stamp(data: bytes, start: int, end: int) -> int:
    """Where the line goes on after the time that a log begins its lines with."""
    stamp = _STAMP.match(data, start, end)
    return stamp.end() if stamp else start
