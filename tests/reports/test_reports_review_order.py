"""The order of review: undecided, grave, published, in the latest version, sure."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.model.finding import Confidence, Finding, Severity, State
from opensafe.reports.review_order import in_review_order
from tests.reports import reports_factory as factory

FINDINGS = factory.crowded().findings
SAMPLE = factory.finding("one", severity=Severity.MEDIUM, confidence=Confidence.MEDIUM, state=State.KEEP)

# From the strongest reason to come first to the weakest, each with its opposite.
REASONS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"state": State.OPEN}, {"state": State.KEEP}),
    ({"severity": Severity.HIGH}, {"severity": Severity.LOW}),
    ({"published": True}, {"published": False}),
    ({"in_head": True}, {"in_head": False}),
    ({"confidence": Confidence.HIGH}, {"confidence": Confidence.LOW}),
    ({"title": "A"}, {"title": "B"}),
]


@pytest.mark.parametrize("at", range(len(REASONS)))
def test_each_reason_outweighs_all_that_follow(at: int) -> None:
    earlier, later = dict(REASONS[at][0]), dict(REASONS[at][1])
    for first, second in REASONS[at + 1 :]:
        earlier |= second
        later |= first
    one, other = replace(SAMPLE, **earlier), replace(SAMPLE, **later)
    assert in_review_order([other, one]) == in_review_order([one, other]) == [one, other]


@given(st.permutations(FINDINGS))
@settings(deadline=None, max_examples=20)
def test_the_order_does_not_depend_on_the_input(shuffled: list[Finding]) -> None:
    assert in_review_order(shuffled) == in_review_order(FINDINGS)
