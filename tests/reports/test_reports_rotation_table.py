"""One row for each credential, recorded or not."""

from dataclasses import replace

from opensafe.model.finding import Category, Severity, State
from opensafe.model.rotation import RotationState
from opensafe.reports.rotation_table import rotation_rows
from tests.reports import reports_factory as factory


def test_a_credential_without_a_line_is_found_and_open() -> None:
    (row,) = rotation_rows([], [factory.finding("x")])
    assert (row.state, row.settled, row.fields()["owner"]) == (RotationState.FOUND, False, None)


def test_the_last_line_holds() -> None:
    finding = factory.finding("x")
    lines = [factory.rotation(finding, RotationState.ROTATING), factory.rotation(finding, RotationState.REVOKED)]
    assert [row.state for row in rotation_rows(lines, [finding])] == [RotationState.REVOKED]


def test_what_is_no_credential_or_no_finding_needs_no_rotation() -> None:
    name = factory.finding("n", Category.NAME)
    nothing = factory.finding("x", state=State.NOT_A_FINDING)
    assert rotation_rows([], [name, nothing]) == []
    assert len(rotation_rows([factory.rotation(nothing)], [name, nothing])) == 1


def test_a_line_outlives_its_finding() -> None:
    (row,) = rotation_rows([factory.rotation(factory.finding("gone"))], [])
    assert row.finding is None
    assert row.fields()["title"] is None


def test_open_rows_come_first_then_the_gravest() -> None:
    low = factory.finding("low", severity=Severity.LOW)
    grave = factory.finding("grave", severity=Severity.CRITICAL)
    done = replace(grave, id=factory.finding("done").id)
    rows = rotation_rows([factory.rotation(done)], [low, grave, done])
    assert [row.id for row in rows] == [grave.id, low.id, done.id]
