"""NHS numbers: check digit, context, test range, columns and the ratio."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.detectors.nhsnumbers import is_test_number, is_valid, sample_numbers
from opensafe.model.finding import Confidence, Hit, Severity

Sees = Callable[..., list[Hit]]
_TEN = sample_numbers(999_200_000, 10)


def _as_issued(number: str) -> str:
    """A number outside the test range with the same check digit: 9 and 4 differ, so the ninth digit makes up for it."""
    return next(
        candidate for last in range(100) if is_valid((candidate := f"4{number[1:7]}{last:02d}{number[9]}").encode())
    )


@given(st.integers(min_value=0, max_value=10**10 - 1))
def test_check_digit_agrees_with_the_definition(number: int) -> None:
    digits = f"{number:010d}"
    total = sum(int(digit) * (10 - at) for at, digit in enumerate(digits[:9]))
    expected = (11 - total % 11) % 11
    assert is_valid(digits.encode()) == (expected == int(digits[9]) and len(set(digits)) > 1)


def test_repeated_digits_are_never_valid() -> None:
    assert not any(is_valid(digit.encode() * 10) for digit in "0123456789")


def test_samples_are_valid_and_of_the_test_range() -> None:
    assert len(set(_TEN)) == 10
    assert all(is_valid(number.encode()) and is_test_number(number.encode()) for number in _TEN)


@pytest.mark.parametrize(
    ("text", "severity", "confidence"),
    [
        ("patient {issued}", Severity.HIGH, Confidence.HIGH),
        ("the row {issued} of a table", Severity.LOW, Confidence.LOW),
        ("the row {grouped} of a table", Severity.MEDIUM, Confidence.MEDIUM),
        ("the row {joined} of a table", Severity.LOW, Confidence.LOW),
        ("checking {issued} Gareth Hughes", Severity.MEDIUM, Confidence.LOW),
        ("checking {issued} Rose Bell\nGareth Hughes", Severity.LOW, Confidence.LOW),
        ("nhs_no {test}", Severity.INFO, Confidence.LOW),
    ],
)
def test_context_and_range_decide(text: str, severity: Severity, confidence: Confidence, sees: Sees) -> None:
    issued = _as_issued(_TEN[0])
    parts = (issued[:3], issued[3:6], issued[6:])
    filled = text.format(issued=issued, test=_TEN[0], grouped=" ".join(parts), joined="-".join(parts))
    assert [(h.severity, h.confidence) for h in sees("data.nhs-number", filled)] == [(severity, confidence)]


@pytest.mark.parametrize("written", ["{0} {1} {2}", "{0}-{1}-{2}", "{0}{1}{2}", "{0}{1}{2}.0", '"{0}{1}{2}"'])
def test_ways_of_writing_are_one_value(written: str, sees: Sees) -> None:
    number = _TEN[0]
    text = "nhs " + written.format(number[:3], number[3:6], number[6:])
    assert [h.value.reveal().decode() for h in sees("data.nhs-number", text)] == [number]


@pytest.mark.parametrize(
    "written", ["{0}-{1} {2}", "x{0}{1}{2}", "{0}{1}{2}5", "{0}{1}{2}.5", "1.{0}{1}{2}", "a-{0}{1}{2}"]
)
def test_part_of_something_longer_is_none(written: str, sees: Sees) -> None:
    number = _TEN[0]
    assert sees("data.nhs-number", "nhs no " + written.format(number[:3], number[3:6], number[6:])) == []


def test_ratio_is_critical_for_issued_numbers_and_high_for_test_numbers(sees: Sees) -> None:
    issued = [_as_issued(number) for number in _TEN[:6]]
    rows = "id,n\n" + "".join(f"{at},{number}\n" for at, number in enumerate([*issued, *_TEN]))
    found = {h.value.reveal().decode(): h.severity for h in sees("data.nhs-number-ratio", rows, "p.csv")}
    assert found == {**dict.fromkeys(issued, Severity.CRITICAL), **dict.fromkeys(_TEN, Severity.HIGH)}


def test_ratio_holds_for_a_column_or_a_key_beside_others(sees: Sees) -> None:
    noise = [f"15000{at:05d}" for at in range(0, 1000, 97)]
    table = "t\tn\n" + "".join(f"{stamp}\t{number}\n" for stamp, number in zip(noise, _TEN, strict=False))
    objects = ",".join(f'{{"t": {stamp}, "n": "{number}"}}' for stamp, number in zip(noise, _TEN, strict=False))
    for text in (table, f"[{objects}]"):
        assert {h.value.reveal().decode() for h in sees("data.nhs-number-ratio", text, "p.txt")} == set(_TEN)


def test_four_numbers_or_mostly_invalid_ones_are_no_ratio(sees: Sees) -> None:
    four = "\n".join(_TEN[:4])
    diluted = "\n".join([*_TEN[:5], *(f"999300{at:04d}" for at in range(0, 40, 2))])
    assert sees("data.nhs-number-ratio", four) == []
    assert sees("data.nhs-number-ratio", diluted) == []


def test_a_number_among_others_that_are_none_is_chance(sees: Sees) -> None:
    issued = _as_issued(_TEN[0])
    others = [str(int(_as_issued(number)) + 1) for number in _TEN[1:6]]
    assert sees("data.nhs-number", "\n".join([*others, issued])) == []
    assert sees("data.nhs-number", "\n".join([*others[:2], issued])) != []
    assert sees("data.nhs-number", "\n".join([*others, f"patient {issued}"])) != []


def test_other_numbers_that_begin_with_nine_need_a_word(sees: Sees) -> None:
    (number,) = sample_numbers(912_345_600, 1)
    assert sees("data.nhs-number", f"row {number}") == []
    assert [hit.severity for hit in sees("data.nhs-number", f"nhs no {number}")] == [Severity.INFO]
