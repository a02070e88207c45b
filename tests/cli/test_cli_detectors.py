"""`opensafe detectors`: the list with the team's own, one page of it, and the trial of all examples."""

from pathlib import Path

import pytest

from opensafe.errors import ExitCode
from tests.detectors.team_rule_files import GOOD, changed
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    file = tmp_path / "rules.yaml"
    file.write_text(GOOD, encoding="utf-8")
    return file


def test_the_list_says_who_brought_each_in(stage: Stage) -> None:
    trip = stage("started")
    (trip.case / "rules.yaml").write_text(GOOD, encoding="utf-8")
    lines = trip.say("detectors").out.splitlines()
    assert lines[-1].split(maxsplit=3) == ["team.hospital-number", "high", "team", "Hospital number of our trust"]
    listed = trip.ask("detectors")["detectors"]
    assert {one["origin"] for one in listed[:-1]} == {"opensafe"}
    assert (listed[-1]["origin"], listed[-1]["examples"], listed[-1]["non_examples"]) == ("team", 1, 1)


def test_without_a_case_it_lists_what_opensafe_brings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("detectors")
    assert (ran.code, "team" in ran.out) == (ExitCode.DONE, False)
    assert_refused(run("--case", "nowhere", "detectors"), ExitCode.USAGE, "is not a case")


def test_one_detector_is_explained(stage: Stage) -> None:
    trip = stage("started")
    (trip.case / "rules.yaml").write_text(GOOD, encoding="utf-8")
    assert trip.say("detectors", "team.hospital-number").out.splitlines() == [
        "team.hospital-number  Hospital number of our trust",
        "  category data, usual severity high, from team",
        "  why: It identifies a patient in our own systems.",
        "  what to do: Tell the information governance team, then redact.",
        "  reference: rules.yaml of the team",
        "  own tests: 1 example, 1 counter-example",
    ]
    assert [one["id"] for one in trip.ask("detectors", "data.nhs-number")["detectors"]] == ["data.nhs-number"]


@pytest.mark.parametrize(("name", "next_step"), [("hospital", "team.hospital-number?"), ("none", "lists the ids")])
def test_an_id_that_is_none_is_refused(stage: Stage, name: str, next_step: str) -> None:
    trip = stage("started")
    (trip.case / "rules.yaml").write_text(GOOD, encoding="utf-8")
    assert_refused(run("--case", str(trip.case), "detectors", name), ExitCode.USAGE, "no detector", next_step)


def test_every_detector_passes_its_own_examples(rules: Path) -> None:
    ran = run("detectors", "--check", str(rules))
    assert (ran.code, ran.err) == (ExitCode.DONE, "")
    assert {line.split()[0] for line in ran.out.splitlines()} == {"ok"}
    assert ran.out.splitlines()[-1].split(maxsplit=2)[1:] == ["team.hospital-number", "1 example, 1 counter-example"]


def test_a_rule_that_fails_its_examples_is_named_by_number_and_not_by_value(stage: Stage) -> None:
    trip = stage("started")
    data = changed("value: '123456'", "value: '654321'").replace(b"'seen RXK12345'", b"'seen RXK777888'")
    (trip.case / "rules.yaml").write_bytes(data)
    ran = trip.say("detectors", "--check", code=ExitCode.USAGE)
    last = ran.out.splitlines()[-1].split(maxsplit=2)
    assert last == ["FAILED", "team.hospital-number", "example 1 does not fire; counter-example 1 fires"]
    assert not [value for value in ("123456", "654321", "777888") if value in ran.out + ran.err]
    document = trip.ask("detectors", "--check", code=ExitCode.USAGE)
    assert document["schema"] == "opensafe/detector-check/v1"
    assert document["passed"] is False
    failed = [one for one in document["detectors"] if not one["passed"]]
    assert [(one["id"], one["silent"], one["loud"]) for one in failed] == [("team.hospital-number", [1], [1])]


def test_a_file_that_cannot_be_read_is_an_error_document_too(tmp_path: Path) -> None:
    ran = run("--json", "detectors", "--check", str(tmp_path))
    assert (ran.document()["schema"], ran.code) == ("opensafe/error/v1", ExitCode.USAGE)
    assert "Traceback" not in ran.err
