"""Invented values have the right shape, are valid where the real ones are, and are the same each time."""

import re

from hypothesis import given
from hypothesis import strategies as st
from nhs_number.validate import is_valid

from opensafe.stories.fakes import Fakes

SHAPES = {
    "github_token": rb"ghp_[A-Za-z0-9]{36}",
    "password": rb"[A-Za-z0-9]{16}",
    "private_key": rb"-----BEGIN RSA PRIVATE KEY-----\n([A-Za-z0-9+/]{64}\n)+[A-Za-z0-9+/=]{1,64}\n-----END .*\n",
}


@given(st.text())
def test_values_have_the_shape_of_the_real_thing(seed: str) -> None:
    for method, shape in SHAPES.items():
        assert re.fullmatch(shape, getattr(Fakes(seed), method)())
    key_id, secret_key = Fakes(seed).aws_pair()
    assert re.fullmatch(rb"AKIA[A-Z2-7]{16}", key_id)
    assert re.fullmatch(rb"[A-Za-z0-9+/]{40}", secret_key)


@given(st.text())
def test_nhs_numbers_are_valid_and_from_the_range_that_is_never_issued(seed: str) -> None:
    number = Fakes(seed).nhs_number()
    assert number.startswith("999")
    assert is_valid(number)


@given(st.text())
def test_postcodes_and_addresses_have_the_grammar_of_the_real_ones(seed: str) -> None:
    fakes = Fakes(seed)
    assert re.fullmatch(r"[A-Z]{2}\d{1,2} \d[ABD-HJLNP-UW-Z]{2}", fakes.postcode())
    assert re.fullmatch(r"07700 900\d{3}", fakes.phone())
    assert re.fullmatch(rb"[a-z]+\.[a-z]+\d\d@nhs\.net", fakes.person().email)


@given(st.text(), st.text())
def test_the_seed_alone_decides(one: str, other: str) -> None:
    assert Fakes(one).password() == Fakes(one).password()
    assert (Fakes(one).password() == Fakes(other).password()) == (one == other)
