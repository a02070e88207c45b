"""The public statement: counts and dates, no kinds, and no live text of anybody."""

import re

from syrupy.assertion import SnapshotAssertion

from opensafe.reports.statement import public_statement
from tests.reports import reports_factory as factory


def test_a_settled_case(snapshot: SnapshotAssertion) -> None:
    assert public_statement(factory.finished()) == snapshot


def test_an_unfinished_case_is_marked_as_a_draft(snapshot: SnapshotAssertion) -> None:
    assert public_statement(factory.midway()) == snapshot


def test_an_unread_case_claims_nothing(snapshot: SnapshotAssertion) -> None:
    assert public_statement(factory.unread()) == snapshot


def test_nothing_that_helps_an_attacker() -> None:
    statement = public_statement(factory.finished())
    for told in ("NHS number", "token", "Password", "R/load_data.R", "Okafor", "Lindqvist", "Data platform", "4711"):
        assert told not in statement


def test_no_text_of_the_case_becomes_markup() -> None:
    hostile = factory.everywhere(factory.finished(), lambda _: "](x)<img src=x onerror=alert(1)>`\n# \u202e")
    statement = public_statement(hostile)
    assert not re.search(r"[<>\[\]()\u202e]", statement)
    assert len(statement.splitlines()) == len(public_statement(factory.finished()).splitlines())
