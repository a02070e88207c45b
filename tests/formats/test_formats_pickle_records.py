"""Keys of records are stored once in a pickle and fetched again: each record has them, so that columns can be told."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.formats.datafiles.picklevalues import values_in

RECORDS = [{"dob": "1957-03-14", "n": 70_000}, {"dob": "1961-05-03", "n": 80_000}]
SEEN = ["dob", "1957-03-14", "n", "70000", "dob", "1961-05-03", "n", "80000"]


@pytest.mark.parametrize("protocol", range(6))
def test_each_record_has_its_keys(protocol: int) -> None:
    data = pickle.dumps(RECORDS, protocol)
    assert [value for value in values_in(data) if isinstance(value, str)] == SEEN


@given(st.binary(max_size=200))
def test_any_bytes_end_quietly(data: bytes) -> None:
    assert all(isinstance(value, str | bytes) for value in values_in(data))
