"""Rows of equal findings: what merges, what does not, and that nothing is lost or counted twice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opensafe.model.finding import Category, Confidence, Finding, Form, Severity, State
from opensafe.model.place import PlaceKind
from opensafe.reports.finding_groups import FindingGroup, grouped
from tests.reports import reports_factory as factory

HERE, THERE = factory.place("data/a.csv", 2), factory.place("data/b.csv", 2)
MESSAGE = factory.place(None, 1, kind=PlaceKind.COMMIT_MESSAGE)
ONE, OTHER = factory.finding("one", places=(HERE,)), factory.finding("other", places=(HERE,))

EQUAL: dict[str, dict[str, Any]] = {
    "another value": {},
    "another line": {"places": (factory.place("data/a.csv", 9),)},
    "another commit": {"places": (replace(HERE, first_commit=factory.oid("later"), oid=factory.oid("later")),)},
    "more places in the same file": {"places": (HERE, factory.place("data/a.csv", 9)), "occurrences": 2},
    "the working copy of the same file": {"places": (replace(HERE, kind=PlaceKind.WORKTREE),)},
    "another decoding": {"places": (replace(HERE, via=("base64",)),)},
    "another reason": {"why": "in a column of valid numbers"},
    "another detector": {"detector": "secrets.other", "witnesses": ("secrets.other",)},
}

DIFFERENT: dict[str, dict[str, Any]] = {
    "category": {"category": Category.DATA},
    "form": {"form": Form.OTHER},
    "person": {"person": 4},
    "title": {"title": "Service token"},
    "mask": {"masked": "[token, up to 64 characters]"},
    "severity": {"severity": Severity.CRITICAL},
    "confidence": {"confidence": Confidence.LOW},
    "decision": {"state": State.REDACT},
    "not in the latest version": {"in_head": False},
    "unpublished": {"published": False},
    "another file": {"places": (THERE,)},
    "one more file": {"places": (HERE, THERE), "occurrences": 2},
    "a file that is shown alike": {"places": (replace(HERE, path_key="another"),)},
    "the name of the file": {"places": (replace(HERE, kind=PlaceKind.PATH),)},
    "a message as well": {"places": (HERE, MESSAGE), "occurrences": 2},
    "places that are not listed": {"occurrences": 2},
}


@pytest.mark.parametrize("changes", EQUAL.values(), ids=EQUAL)
def test_findings_that_say_the_same_are_one_row(changes: dict[str, Any]) -> None:
    (group,) = grouped([ONE, replace(OTHER, **changes)])
    assert {finding.id for finding in group.findings} == {ONE.id, OTHER.id}


@pytest.mark.parametrize("changes", DIFFERENT.values(), ids=DIFFERENT)
def test_findings_that_differ_in_one_thing_are_two_rows(changes: dict[str, Any]) -> None:
    assert len(grouped([ONE, replace(OTHER, **changes)])) == 2


def test_a_row_counts_values_places_and_reasons() -> None:
    wide = replace(OTHER, places=(HERE, factory.place("data/a.csv", 9)), occurrences=2, why="w", witnesses=("z", "a"))
    third = factory.finding("third", places=(HERE,), why="w", witnesses=())
    (group,) = grouped([ONE, wide, third])
    assert (group.occurrences, group.reasons) == (4, {"w": 2, ONE.why: 1})
    assert group.witnesses == ("a", "secrets.generic_assignment", "secrets.kingfisher", "z")


def test_files_come_by_name_and_other_texts_once_each() -> None:
    tags = [factory.place(None, 1, kind=PlaceKind.TAG_MESSAGE, ref=f"refs/tags/v{n}", ref_key=f"{n}") for n in (2, 1)]
    (group,) = grouped([factory.finding("one", places=(*tags, MESSAGE, THERE, HERE, replace(THERE, line=7)))])
    assert group.files == ("data/a.csv", "data/b.csv")
    assert group.other_texts == (PlaceKind.COMMIT_MESSAGE, PlaceKind.TAG_MESSAGE)
    assert [spot.name for spot in group.spots] == ["data/a.csv", "data/b.csv", "", "refs/tags/v1", "refs/tags/v2"]


def test_two_files_that_are_shown_alike_are_two_files() -> None:
    masked = (factory.place("[name]/a.csv", path_key="1"), factory.place("[name]/a.csv", path_key="2"))
    (group,) = grouped([factory.finding("one", places=masked)])
    assert group.files == ("[name]/a.csv", "[name]/a.csv")


def test_the_larger_of_two_equally_grave_rows_comes_first() -> None:
    few, many = factory.nhs_numbers(2, "a.csv"), factory.nhs_numbers(3, "b.csv")
    assert [len(group.findings) for group in grouped([*few, *many])] == [3, 2]


PLACES = st.lists(st.sampled_from([HERE, THERE, MESSAGE]), max_size=3).map(tuple)
FINDINGS = st.lists(
    st.builds(
        factory.finding,
        st.uuids().map(str),
        st.sampled_from([Category.DATA, Category.NAME]),
        severity=st.sampled_from([Severity.CRITICAL, Severity.LOW]),
        state=st.sampled_from([State.OPEN, State.REDACT]),
        published=st.booleans(),
        person=st.sampled_from([None, 1, 2]),
        places=PLACES,
        occurrences=st.integers(3, 5),
    ),
    max_size=25,
)


def _counts(findings: Iterable[Finding]) -> Counter[tuple[object, ...]]:
    """Values and places by everything that the report counts them by."""
    total: Counter[tuple[object, ...]] = Counter()
    for it in findings:
        by = (it.category, it.severity, it.state, it.published, it.person)
        total.update({("values", *by): 1, ("places", *by): it.occurrences})
    return total


def _group_counts(groups: Iterable[FindingGroup]) -> Counter[tuple[object, ...]]:
    total: Counter[tuple[object, ...]] = Counter()
    for group in groups:
        it = group.first
        by = (it.category, it.severity, it.state, it.published, it.person)
        total.update({("values", *by): len(group.findings), ("places", *by): group.occurrences})
    return total


@given(FINDINGS)
@settings(deadline=None, max_examples=60)
def test_the_counts_over_the_rows_are_the_counts_of_the_findings(findings: list[Finding]) -> None:
    groups = grouped(findings)
    assert _group_counts(groups) == _counts(findings)
    assert sorted(f.id for group in groups for f in group.findings) == sorted(f.id for f in findings)
    assert sum(sum(group.reasons.values()) for group in groups) == len(findings)


@given(FINDINGS.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
@settings(deadline=None, max_examples=40)
def test_the_rows_do_not_depend_on_the_order_of_the_input(orders: tuple[list[Finding], list[Finding]]) -> None:
    one, other = orders
    assert grouped(one) == grouped(other)
