"""Who counts as a second person, and where a profile asks for one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.model.decision import Action
from opensafe.model.finding import Category, Confidence, Finding, Form, Severity
from opensafe.model.identifiers import FindingId
from opensafe.model.same_person import same_person
from opensafe.model.second_person import TwoPeople, asks_second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Tester", "ann tester"),
        ("Ann Tester", "  ANN   TESTER "),
        ("Zoë Tester", "Zoe Tester"),
        ("Tester, Ann", "Ann Tester"),
        ("A. Tester", "A Tester"),
        ("Strasse", "Straße"),
        ("\uff21nn Tester", "Ann Tester"),
    ],
)
def test_one_person_spelt_twice(one: str, other: str) -> None:
    assert same_person(one, other)


@pytest.mark.parametrize(("one", "other"), [("Ann Tester", "Anne Tester"), ("Ann Tester", "Ann"), ("Bo", "")])
def test_two_people(one: str, other: str) -> None:
    assert not same_person(one, other)


@given(st.text(max_size=20))
def test_everybody_is_themselves_in_any_case(name: str) -> None:
    assert same_person(name, name)
    assert same_person(name, f" {name} ")


NUMBER = Finding(
    FindingId("F-1"), Category.DATA, "d", ("d",), "t", Severity.HIGH, Confidence.HIGH, Form.NHS_NUMBER, "[…]", "why",
    None, 1, published=True, in_head=True,
)  # fmt: skip
TABLE = replace(NUMBER, category=Category.FILE, form=Form.FILE)
KEY = replace(NUMBER, category=Category.SECRET, form=Form.PRIVATE_KEY, severity=Severity.CRITICAL)
ALL = tuple(TwoPeople)


@pytest.mark.parametrize("finding", [NUMBER, TABLE, KEY])
@pytest.mark.parametrize("action", [Action.KEEP, Action.NOT_A_FINDING])
def test_what_is_grave_stays_by_the_word_of_two(finding: Finding, action: Action) -> None:
    assert asks_second(ALL, finding, action)
    assert not asks_second((), finding, action)


@pytest.mark.parametrize("action", [Action.REDACT, Action.REMOVE_FILE, Action.STRIP_OUTPUTS, Action.RENAME, None])
def test_one_person_may_take_anything_away(action: Action | None) -> None:
    assert not asks_second(ALL, NUMBER, action)


@pytest.mark.parametrize(
    "finding",
    [
        replace(NUMBER, severity=Severity.INFO),
        replace(NUMBER, form=Form.EMAIL),
        replace(TABLE, severity=Severity.MEDIUM),
        replace(KEY, severity=Severity.HIGH),
        replace(NUMBER, category=Category.NAME, form=Form.PERSON_NAME),
    ],
)
def test_the_rest_stays_by_the_word_of_one(finding: Finding) -> None:
    assert not asks_second(ALL, finding, Action.KEEP)


def test_a_profile_may_ask_for_one_of_the_two() -> None:
    assert asks_second((TwoPeople.CRITICAL_SECRETS,), KEY, Action.KEEP)
    assert not asks_second((TwoPeople.CRITICAL_SECRETS,), NUMBER, Action.KEEP)
