"""Findings and decisions in the groups that people think in."""

from opensafe.model.census import Census
from opensafe.model.finding import Category, Form, Severity, State
from opensafe.reports.grouping import by_person, by_value, decided, in_batches, tallies
from tests.reports import reports_factory as factory

FINDINGS = factory.midway().findings
CENSUS = Census.of(FINDINGS)


def test_every_finding_is_in_exactly_one_group() -> None:
    people = [f for person in by_person(FINDINGS) for f in person.findings]
    values = [f for groups in by_value(FINDINGS).values() for group in groups for f in group.findings]
    assert sorted(f.id for f in people + values) == sorted(f.id for f in FINDINGS)


def test_a_person_is_one_group_the_most_urgent_first() -> None:
    waiting, renamed = by_person(FINDINGS)
    assert (waiting.person, waiting.states) == (7, (State.OPEN,))
    assert (renamed.person, renamed.occurrences, renamed.states) == (3, 3, (State.RENAME,))
    assert renamed.titles == ("E-mail address of a team member", "Name of a team member")


def test_a_person_is_as_grave_and_as_public_as_the_worst_about_them() -> None:
    mild, grave = (
        factory.finding("a", Category.NAME, person=1, severity=Severity.LOW),
        factory.finding("b", Category.NAME, person=1, severity=Severity.HIGH, published=False, in_head=False),
    )
    (person,) = by_person([mild, grave])
    assert (person.severity, person.published, person.in_head) == (Severity.HIGH, True, True)
    (hidden,) = by_person([grave])
    assert (hidden.published, hidden.in_head) == (False, False)


def test_what_differs_about_a_person_stays_apart() -> None:
    about = next(person for person in by_person(factory.crowded().findings) if person.person == 3)
    assert [(group.first.form, len(group.findings)) for group in about.groups] == [
        (Form.EMAIL, 2),
        (Form.PERSON_NAME, 1),
    ]


def test_categories_come_in_the_order_of_the_most_urgent_in_them() -> None:
    assert list(by_value(FINDINGS)) == [Category.DATA, Category.SECRET, Category.FILE, Category.SETTING]


def test_a_tally_counts_what_awaits_a_decision() -> None:
    (secrets,) = [tally for tally in tallies(CENSUS) if tally.category is Category.SECRET]
    assert (secrets.total, secrets.occurrences, secrets.open, secrets.open_unpublished) == (4, 69, 1, 1)
    assert secrets.by_severity == {Severity.CRITICAL: 1, Severity.HIGH: 2, Severity.LOW: 1}


def test_decided_findings_do_not_hold_open_ones() -> None:
    assert State.OPEN not in decided(CENSUS)
    assert sum(count.findings for count in decided(CENSUS).values()) == 8


def test_decisions_taken_in_one_go_are_one_batch() -> None:
    decisions = factory.midway().decisions
    batches = in_batches(decisions)
    assert [len(batch.subjects) for batch in batches] == [2, 1, 2, 1, 1, 1, 1, 1, 1]
    assert sum(len(batch.subjects) for batch in batches) == len(decisions)
