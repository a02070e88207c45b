"""The team's list of people stays where it is; a case that had one needs it again, or it would miss names."""

from pathlib import Path

import pytest

from fixtures.kit.evidence import search_bytes
from opensafe.errors import ExitCode
from opensafe.stories.demo_files import Cast
from opensafe.stories.fakes import Fakes
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import Trip

CONSULTANT = Cast.chosen().consultant.name
STRANGER = Fakes("a stranger on the roster").person()


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "team.csv"
    rows = [b"name,email", CONSULTANT + b",", STRANGER.name + b"," + STRANGER.email, b""]
    file.write_bytes(b"\n".join(rows))
    return file


def _of_the_consultant(trip: Trip) -> list[str]:
    """Where the findings that belong to somebody on the roster stand."""
    people = trip.ask("report")["people"]
    listed = {id_ for person in people if person["person"] is not None for id_ in person["findings"]}
    in_messages = [f for f in trip.findings(category="name") if f["places"][0]["kind"] == "commit-message"]
    return [f["masked"] for f in in_messages if f["id"] in listed]


def test_a_name_on_the_roster_belongs_to_a_person(stage: Stage, roster: Path) -> None:
    trip = stage("started")
    trip.audit()
    without = _of_the_consultant(trip)
    trip.audit("--roster", str(roster))
    assert len(_of_the_consultant(trip)) == len(without) + 1


def test_it_is_remembered_by_path_and_digest_and_not_copied(stage: Stage, roster: Path) -> None:
    trip = stage("started")
    trip.audit("--roster", str(roster))
    trip.audit()
    assert str(roster) in (trip.case / "case.toml").read_text(encoding="utf-8")
    assert search_bytes(trip.case, [STRANGER.name, STRANGER.email, CONSULTANT]) == []


def test_a_roster_that_names_nobody_is_refused(stage: Stage, roster: Path) -> None:
    trip = stage("started")
    roster.write_bytes(b"name,email\n")
    refused = run("--no-input", "--case", str(trip.case), "audit", "--roster", str(roster))
    assert_refused(refused, ExitCode.USAGE, "names nobody", "one person a line")


def test_a_roster_that_has_changed_is_audited_before_it_is_verified(stage: Stage, roster: Path) -> None:
    trip = stage("started")
    trip.audit("--roster", str(roster))
    trip.decide_everything()
    trip.plan()
    trip.rewrite()
    roster.write_bytes(roster.read_bytes() + b"Some Body,\n")
    refused = run("--no-input", "--case", str(trip.case), "verify")
    assert_refused(refused, ExitCode.USAGE, "roster is not as it was", "--since-last")


@pytest.mark.parametrize("command", ["audit", "verify"])
def test_without_the_roster_a_run_fails_closed(stage: Stage, roster: Path, command: str) -> None:
    trip = stage("started")
    trip.audit("--roster", str(roster))
    trip.decide_everything()
    trip.plan()
    trip.rewrite()
    before = (trip.case / "log.jsonl").read_bytes()
    roster.rename(roster.with_name("moved.csv"))
    refused = run("--no-input", "--case", str(trip.case), command)
    assert_refused(refused, ExitCode.USAGE, "team.csv cannot be read", "--roster FILE")
    assert (trip.case / "log.jsonl").read_bytes() == before
    trip.say(command, "--roster", str(roster.with_name("moved.csv")), code={ExitCode.DONE, ExitCode.FINDINGS_OPEN})
