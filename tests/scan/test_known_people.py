"""What is said of a person who is known is said once."""

import pytest

from opensafe.model.finding import Category, Confidence, Form, Severity
from opensafe.model.identifiers import FindingId
from opensafe.model.match import Match, Verdict
from opensafe.scan.known_people import known_people_once


def _match(form: Form, start: int, end: int, *, person: int | None = None, via: tuple[str, ...] = ()) -> Match:
    category = Category.DATA if form is Form.EMAIL and person is None else Category.NAME
    severity = Severity.LOW if person else Severity.HIGH
    verdict = Verdict(FindingId("F-1"), category, "d", "t", severity, Confidence.HIGH, form, "masked", "why", person)
    return Match(verdict, via, start, end, 1, 1)


_KNOWN = _match(Form.PERSON_NAME, 10, 24, person=7)


@pytest.mark.parametrize("span", [(10, 24), (10, 14), (17, 24)])
def test_name_of_somebody_known_is_not_told_again(span: tuple[int, int]) -> None:
    assert list(known_people_once([_KNOWN, _match(Form.PERSON_NAME, *span)])) == [_KNOWN]


@pytest.mark.parametrize(
    "other",
    [
        _match(Form.PERSON_NAME, 10, 30),
        _match(Form.PERSON_NAME, 4, 24),
        _match(Form.PERSON_NAME, 30, 40),
        _match(Form.PERSON_NAME, 10, 24, via=("base64",)),
        _match(Form.TOKEN, 10, 24),
        _match(Form.PERSON_NAME, 10, 24, person=8),
    ],
    ids=["longer", "begins before", "elsewhere", "in a decoding", "a password", "another person"],
)
def test_what_says_more_stays(other: Match) -> None:
    assert list(known_people_once([_KNOWN, other])) == [_KNOWN, other]


def test_address_of_somebody_known_is_as_grave_as_an_address() -> None:
    address = _match(Form.EMAIL, 10, 24, person=7)
    (only,) = known_people_once([address, _match(Form.EMAIL, 10, 24)])
    assert (only.verdict.person, only.verdict.severity) == (7, Severity.HIGH)


def test_nobody_known_changes_nothing() -> None:
    found = [_match(Form.EMAIL, 10, 24), _match(Form.PERSON_NAME, 10, 24)]
    assert list(known_people_once(found)) == found
