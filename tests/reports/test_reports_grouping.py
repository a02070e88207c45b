"""Findings and decisions in the groups that people think in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.model.finding import Category, Finding, Severity, State
from opensafe.reports.grouping import by_person, by_value, decided, in_batches, in_review_order, tallies
from tests.reports import reports_factory as factory

FINDINGS = factory.midway().findings


def test_what_is_open_comes_first_then_what_is_grave() -> None:
    order = [(f.state is State.OPEN, f.severity) for f in in_review_order(FINDINGS)]
    assert order[:4] == [
        (True, Severity.CRITICAL),
        (True, Severity.HIGH),
        (True, Severity.MEDIUM),
        (False, Severity.CRITICAL),
    ]


@given(st.permutations(FINDINGS))
@settings(deadline=None, max_examples=20)
def test_the_order_does_not_depend_on_the_input(shuffled: list[Finding]) -> None:
    assert in_review_order(shuffled) == in_review_order(FINDINGS)


def test_every_finding_is_in_exactly_one_group() -> None:
    people = [f for group in by_person(FINDINGS) for f in group.findings]
    values = [f for group in by_value(FINDINGS).values() for f in group]
    assert sorted(f.id for f in people + values) == sorted(f.id for f in FINDINGS)


def test_a_person_is_one_group() -> None:
    group, other = by_person(FINDINGS)
    assert (other.person, other.states) == (7, (State.OPEN,))
    assert (group.person, group.kinds, group.occurrences, group.states) == (
        3,
        "name, e-mail address",
        3,
        (State.RENAME,),
    )


def test_a_tally_counts_what_awaits_a_decision() -> None:
    (secrets,) = [tally for tally in tallies(FINDINGS) if tally.category is Category.SECRET]
    assert (secrets.total, secrets.occurrences, secrets.open, secrets.open_unpublished) == (4, 69, 1, 1)
    assert secrets.by_severity == {Severity.CRITICAL: 1, Severity.HIGH: 2, Severity.LOW: 1}


def test_decided_findings_do_not_hold_open_ones() -> None:
    assert State.OPEN not in decided(FINDINGS)
    assert sum(len(group) for group in decided(FINDINGS).values()) == 8


def test_decisions_taken_in_one_go_are_one_batch() -> None:
    decisions = factory.midway().decisions
    batches = in_batches(decisions)
    assert [len(batch.subjects) for batch in batches] == [2, 1, 2, 1, 1, 1, 1, 1, 1]
    assert sum(len(batch.subjects) for batch in batches) == len(decisions)
