"""What is taken out of messages before they make up for a lost history."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.casework.former import without_leads


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("See https://git.trust.example/team/repo/issues/7 for more", "See … for more"),
        ("see www.intranet.trust.example/page", "see …"),
        ("ssh://git@host/x and git@host.example:team/repo", "… and …"),
        ("Reverts 1234567 and abcdef0123456789abcdef0123456789abcdef01", "Reverts … and …"),
        ("mail ann@trust.example about it", "mail … about it"),
    ],
)
def test_addresses_and_ids_are_taken_out(text: str, left: str) -> None:
    assert without_leads(text) == left


@pytest.mark.parametrize("text", ["Add feedback form", "Use 3.11", "Beds: 12 of 40", "defaced", "a@ b", "1:2"])
def test_words_and_numbers_stay(text: str) -> None:
    assert without_leads(text) == text


@given(st.text(max_size=80))
def test_nothing_is_left_that_would_be_taken_out(text: str) -> None:
    once = without_leads(text)
    assert without_leads(once) == once
