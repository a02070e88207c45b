"""Records with fields changed: the same as `dataclasses.replace` makes of them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.model.changed import changed
from tests.casefile import casefile_kit as kit


@settings(max_examples=60, deadline=None)
@given(kit.FINDINGS, st.text(max_size=5), st.booleans())
def test_it_changes_what_replace_changes(record: Any, title: str, published: bool) -> None:
    assert changed(record, title=title, published=published) == replace(record, title=title, published=published)
    assert changed(record) == record


def test_a_field_that_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError):
        changed(kit.finding("a"), unheard_of=1)
