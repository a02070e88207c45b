"""A data file stays only with permission, and the permission stands on the checklist."""

from typing import Any

import pytest

from opensafe.errors import ExitCode
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import IG_LEAD, LEAD, Trip

KEEP = ("--action", "keep", "--reason", "readers need it", "--by", LEAD, "--second", IG_LEAD)


def data_file(trip: Trip) -> dict[str, Any]:
    found: dict[str, Any] = next(f for f in trip.findings(category="file") if f["detector"] == "data.data-file")
    return found


@pytest.mark.parametrize(
    "some",
    [
        (),
        ("--owner", "Bed team"),
        ("--owner", "Bed team", "--evidence", "ticket 7"),
        ("--permission-date", "2026-11-01"),
    ],
)
def test_without_a_whole_permission_it_is_refused(some: tuple[str, ...], stage: Stage) -> None:
    trip = stage("audited")
    refused = run("--no-input", "--case", str(trip.case), "decide", data_file(trip)["id"], *KEEP, *some)
    assert_refused(
        refused, ExitCode.USAGE, "kept only with permission", "--owner NAME --permission-date DATE --evidence TEXT"
    )


def test_with_one_it_stays_and_so_does_what_it_holds(stage: Stage) -> None:
    trip = stage("audited")
    question = data_file(trip)
    inside = [f["id"] for f in trip.findings(category="data") if f.get("covered_by") == [question["id"]]]
    given = ("--owner", "Bed team", "--permission-date", "2026-11-01", "--evidence", "ticket 7")
    trip.say("decide", question["id"], *KEEP, *given)
    assert data_file(trip)["state"] == "keep"
    assert inside
    assert {f["state"] for f in trip.findings(category="data") if f["id"] in inside} == {"keep"}
