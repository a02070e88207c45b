"""The page about coverage says what this run found. To write it anew: python -m docs.generate."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from docs.generate.coverage import coverage_page
from fixtures import hostile, places
from fixtures.kit.ordeal import Ordeal

PAGE = Path(__file__).parents[2] / "docs" / "coverage.md"


@pytest.mark.skipif(os.name == "nt", reason="Windows has not all of the hostile files")
def test_the_page_is_what_this_run_found(
    found_at: Callable[[str], frozenset[str]], undergone: Callable[[str], Ordeal]
) -> None:
    found = {title: found_at(title) for title in places.spots()}
    came = {name: undergone(name) for name in hostile.names()}
    assert PAGE.read_text(encoding="utf-8") == coverage_page(found, came)
    assert "| programs run | 0 |" in coverage_page(found, came)
