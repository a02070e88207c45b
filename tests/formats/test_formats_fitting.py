"""A replacement is fitted to JSON, and to nothing else."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.formats.fitting import fitted
from opensafe.formats.reencode import rewrite
from opensafe.model.plan import SpanEdit


def edit(data: bytes, value: bytes, text: bytes = b"REDACTED-1") -> SpanEdit:
    at = data.index(value)
    return SpanEdit((), at, at + len(value), text)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"a": 123}', b'{"a": "REDACTED-1"}'),
        (b'{"a": "123"}', b'{"a": "REDACTED-1"}'),
        (b'["x, 123, y"]', b'["x, REDACTED-1, y"]'),
        (b"[1,\n 123 ]", b'[1,\n "REDACTED-1" ]'),
        (b"[1, 123", b"[1, REDACTED-1"),  # not JSON before
        (b"x = [1, 123]", b"x = [1, REDACTED-1]"),
        (b"[12345]", b"[REDACTED-145]"),  # half a number: there is no way to make it fit
    ],
)
def test_bare_values_of_a_json_text_become_strings(data: bytes, expected: bytes) -> None:
    assert rewrite(data, [edit(data, b"123")]) == expected


values = st.recursive(
    st.integers(100, 999) | st.text("ab, 1:[", max_size=6) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(values, min_size=1, max_size=4), st.integers(100, 999))
@settings(deadline=None, max_examples=60)
def test_json_stays_json_and_fitting_twice_is_fitting_once(value: list[object], number: int) -> None:
    data = json.dumps([*value, number]).encode()
    edits = (SpanEdit((), len(data) - 4, len(data) - 1, b"REDACTED-1"),)
    once = fitted(data, edits)
    assert json.loads(rewrite(data, edits)) == [*value, "REDACTED-1"]
    assert fitted(data, once) == once
