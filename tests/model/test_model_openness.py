"""Openness categories: which line holds for a path, what it forbids, and what it must say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.errors import UsageError
from opensafe.model.openness import Categorised, Delay, Openness, category_of, months_later, standing_categories
from opensafe.model.openness_rules import check_category

TODAY = date(2026, 5, 31)
OPEN = Categorised("*", Openness.OPEN_SOURCE, "training", "Anna", TODAY)
COOLING = replace(
    OPEN, category=Openness.CLOSED, delivered=date(2026, 3, 31), delay=Delay.DELIVERY, opens=date(2026, 9, 30)
)
EXCEPTION = replace(
    OPEN,
    path="fraud/*",
    category=Openness.CLOSED,
    expires=TODAY + timedelta(days=90),
    attacker="who files false claims",
    adds="the thresholds",
    harm="claims just below them",
)
SECURED = replace(OPEN, path="keys/*", category=Openness.SECURED, duty="an Act, section 3")


def test_the_newest_line_that_covers_a_path_holds() -> None:
    lines = (OPEN, EXCEPTION, SECURED)
    assert category_of("fraud/rules.R", lines) == EXCEPTION
    assert category_of("fraud/rules.R", (*lines, OPEN)) == OPEN
    assert category_of("R/load.R", lines) == OPEN
    assert category_of("R/load.R", (SECURED,)) is None
    assert standing_categories((OPEN, SECURED, replace(OPEN, reason="again"))) == (
        replace(OPEN, reason="again"),
        SECURED,
    )


@pytest.mark.parametrize(
    ("line", "today", "says"),
    [
        (OPEN, TODAY, ""),
        (replace(OPEN, category=Openness.CODED_IN_THE_OPEN), TODAY, ""),
        (COOLING, date(2026, 9, 29), "Closed until 2026-09-30"),
        (COOLING, date(2026, 9, 30), ""),
        (EXCEPTION, TODAY, "Closed by an exception"),
        (EXCEPTION, TODAY + timedelta(days=91), "Closed by an exception that ended on 2026-08-29: decide again"),
        (SECURED, date.max, "Secured: an Act, section 3"),
    ],
)
def test_what_a_category_forbids(line: Categorised, today: date, says: str) -> None:
    assert line.forbids(today) == says


@pytest.mark.parametrize(
    "line",
    [
        OPEN,
        COOLING,
        EXCEPTION,
        SECURED,
        replace(COOLING, delay=Delay.OFFICIAL_STATISTICS, opens=date(2026, 12, 31)),
        replace(COOLING, opens=date(2027, 6, 30), agreed_by="a central body"),
        replace(COOLING, delay=Delay.COMMERCIAL, opens=date(2027, 9, 30), agreed_by="a central body"),
    ],
)
def test_what_counts(line: Categorised) -> None:
    check_category(line, TODAY)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (replace(OPEN, reason=" "), "needs its reason"),
        (replace(OPEN, by=""), "needs its by"),
        (replace(OPEN, path=""), "needs its path"),
        (replace(OPEN, opens=TODAY), "open-source has no --opens"),
        (replace(OPEN, attacker="x"), "open-source has no --attacker"),
        (replace(SECURED, duty=""), "Secured needs the law"),
        (replace(COOLING, opens=date(2026, 10, 1)), "2026-10-01 is more than 6 months after the delivery: 2026-09-30"),
        (replace(COOLING, delay=Delay.UNRELEASED_POLICY, opens=date(2027, 1, 1)), "more than 9 months"),
        (replace(COOLING, agreed_by="a body", opens=date(2027, 7, 1)), "more than 15 months"),
        (replace(COOLING, delivered=None), "counts from the delivery"),
        (replace(COOLING, delay=None), "counts from the delivery"),
        (replace(COOLING, expires=TODAY), "has an opening date, or is an exception"),
        (replace(EXCEPTION, attacker=""), "short threat model: who would use it"),
        (replace(EXCEPTION, adds=" "), "short threat model: what publication adds"),
        (replace(EXCEPTION, harm=""), "short threat model: the path to harm"),
        (replace(EXCEPTION, expires=None), "ends within a year"),
        (replace(EXCEPTION, expires=TODAY), "ends within a year"),
        (replace(EXCEPTION, expires=TODAY + timedelta(days=367)), "ends within a year"),
    ],
)
def test_what_does_not_count_is_refused_with_what_it_lacks(line: Categorised, says: str) -> None:
    with pytest.raises(UsageError) as refused:
        check_category(line, TODAY)
    assert says in refused.value.cause


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 12, 1), 9, date(2027, 9, 1)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_months_end_where_the_calendar_says(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 40))
def test_months_later_lies_in_the_right_month_and_never_after_the_same_day(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
