"""One row for each credential, recorded or not."""

from dataclasses import replace
from datetime import date, timedelta

from opensafe.model.exposure import Exposure, Reach
from opensafe.model.finding import Category, Severity, State
from opensafe.model.rotation import RotationState
from opensafe.reports.rotation_table import rotation_rows
from tests.reports import reports_factory as factory


def test_a_credential_without_a_line_is_found_and_open() -> None:
    (row,) = rotation_rows([], [factory.finding("x")], factory.DAY)
    assert (row.state, row.settled, row.fields()["owner"]) == (RotationState.FOUND, False, None)


def test_the_last_line_holds() -> None:
    finding = factory.finding("x")
    lines = [factory.rotation(finding, RotationState.ROTATING), factory.rotation(finding, RotationState.REVOKED)]
    assert [row.state for row in rotation_rows(lines, [finding], factory.DAY)] == [RotationState.REVOKED]


def test_what_is_no_credential_or_no_finding_needs_no_rotation() -> None:
    name = factory.finding("n", Category.NAME)
    nothing = factory.finding("x", state=State.NOT_A_FINDING)
    assert rotation_rows([], [name, nothing], factory.DAY) == []
    assert len(rotation_rows([factory.rotation(nothing)], [name, nothing], factory.DAY)) == 1


def test_a_line_outlives_its_finding() -> None:
    (row,) = rotation_rows([factory.rotation(factory.finding("gone"))], [], factory.DAY)
    assert row.finding is None
    assert row.fields()["title"] is None


def test_open_rows_come_first_then_the_gravest() -> None:
    low = factory.finding("low", severity=Severity.LOW)
    grave = factory.finding("grave", severity=Severity.CRITICAL)
    done = replace(grave, id=factory.finding("done").id)
    rows = rotation_rows([factory.rotation(done)], [low, grave, done], factory.DAY)
    assert [row.id for row in rows] == [grave.id, low.id, done.id]


def test_among_equals_the_wider_reach_comes_first_and_then_the_longer_time() -> None:
    names = ("public", "shared for long", "shared", "not known", "local")
    found = {name: factory.finding(name) for name in names}
    day = factory.DAY
    exposures = {
        found["public"].id: Exposure(day, day, Reach.PUBLIC),
        found["shared for long"].id: Exposure(date(2019, 3, 1), day, Reach.SHARED),
        found["shared"].id: Exposure(day - timedelta(days=3), day, Reach.SHARED),
        found["not known"].id: Exposure(None, day, Reach.SHARED),
        found["local"].id: Exposure(date(2001, 1, 1), day, Reach.LOCAL),
    }
    rows = rotation_rows([], reversed(found.values()), day, exposures)
    assert [row.id for row in rows] == [found[name].id for name in names]


def test_an_accepted_risk_is_open_again_after_its_last_day() -> None:
    finding = factory.finding("x")
    line = factory.rotation(finding, RotationState.ACCEPTED_RISK)._replace(expires=factory.DAY)
    (on_the_day,) = rotation_rows([line], [finding], factory.DAY)
    (day_after,) = rotation_rows([line], [finding], factory.DAY + timedelta(days=1))
    assert (on_the_day.settled, on_the_day.lapsed) == (True, False)
    assert (day_after.settled, day_after.lapsed) == (False, True)
