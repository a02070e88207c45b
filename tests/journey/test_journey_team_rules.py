"""The team's own rules, from the file in the case to the proof."""

import shutil
import subprocess
from pathlib import Path

import pytest

from fixtures.kit.evidence import search_bytes
from opensafe.errors import ExitCode
from opensafe.stories.builder import History
from opensafe.stories.fakes import Fakes
from opensafe.stories.workshop import Workshop
from tests.detectors.team_rule_files import GOOD, changed
from tests.guard.guard_kit import OpenRepository
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_trip import LEAD, Trip

_NUMBER = b"48" + b"2017"
_LINE = b"# seen: RXK" + _NUMBER + b"\n"
_TEAM = "team.hospital-number"


@pytest.fixture
def trip(tmp_path: Path) -> Trip:
    """A case whose source holds a number of the team's own: in a deleted line, a message and a file in UTF-16."""
    history = History(Fakes("team rules").person())
    history.commit(b"Begin\n", {b"load.R": b"x <- 1\n" + _LINE, b"README.md": b"# Work\n"})
    wide = _LINE.decode().encode("utf-16")
    history.commit(b"Take RXK" + _NUMBER + b" out\n", {b"load.R": b"x <- 1\n", b"wide.sql": wide})
    Workshop.with_history(tmp_path / "source", history)
    return Trip.start(tmp_path / "source")


def _give_rules(trip: Trip, data: bytes = GOOD.encode()) -> None:
    (trip.case / "rules.yaml").write_bytes(data)


def _team_findings(trip: Trip) -> list[tuple[str, str, int]]:
    found = trip.findings(detector=_TEAM)
    return [(finding["masked"], finding["severity"], finding["occurrences"]) for finding in found]


def test_a_rule_finds_through_all_of_history_and_only_when_it_is_there(trip: Trip) -> None:
    trip.audit()
    assert _team_findings(trip) == []
    _give_rules(trip)
    trip.audit("--since-last")
    assert _team_findings(trip) == [("[value, up to 8 characters]", "high", 3)]
    assert trip.ask("log", "show")["entries"][-1]["details"]["team_rules"] == 1
    kinds = {place["kind"] for place in trip.findings(detector=_TEAM)[0]["places"]}
    assert kinds == {"blob", "commit-message"}
    _give_rules(trip, changed("severity: high", "severity: low"))
    trip.audit("--since-last")
    assert [severity for _, severity, _ in _team_findings(trip)] == ["low"]
    (trip.case / "rules.yaml").unlink()
    trip.audit("--since-last")
    assert _team_findings(trip) == []


def test_its_value_is_shown_planned_taken_out_and_proven_gone(trip: Trip) -> None:
    _give_rules(trip)
    trip.audit()
    finding = trip.findings(detector=_TEAM)[0]["id"]
    assert "what to do: Tell the information governance team" in trip.say("show", finding).out
    trip.decide_everything()
    trip.plan()
    trip.rewrite()
    packed = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"], cwd=trip.public, capture_output=True, check=True
    )
    assert _NUMBER not in packed.stdout
    assert _NUMBER.decode().encode("utf-16-le") not in packed.stdout
    assert "x <- 1\n# seen: RXK" in packed.stdout.decode("latin-1")
    said = "".join(ran.out + ran.err for ran in trip.said)
    assert _NUMBER.decode() not in said
    shutil.rmtree(trip.public)
    assert search_bytes(trip.case, [_NUMBER]) == []


def test_what_people_type_is_read_by_the_rules_of_the_team(trip: Trip) -> None:
    _give_rules(trip)
    trip.audit()
    finding = trip.findings(detector=_TEAM)[0]["id"]
    words = ("decide", finding, "--action", "keep", "--by", LEAD, "--reason", "RXK" + _NUMBER.decode() + " is mine")
    assert_refused(run("--case", str(trip.case), *words), ExitCode.USAGE, "the text of --reason seems to hold")


@pytest.mark.parametrize("command", ["audit", "detectors", "findings"])
def test_a_file_that_cannot_be_used_stops_what_needs_it(trip: Trip, command: str) -> None:
    trip.audit()
    _give_rules(trip, changed("\\d{6}", "\\d{6,}"))
    ran = run("--no-input", "--case", str(trip.case), command)
    if command == "findings":
        assert ran.code == ExitCode.DONE
    else:
        assert_refused(ran, ExitCode.USAGE, "rules.yaml, line 6: pattern, character 22: a repeat without an end")


def test_a_file_in_the_repository_is_not_obeyed(tmp_path: Path) -> None:
    history = History(Fakes("team rules").person())
    rules = GOOD.encode()
    history.commit(b"Begin\n", {b"load.R": _LINE, b"rules.yaml": rules, b".opensafe/rules.yaml": rules})
    Workshop.with_history(tmp_path / "source", history)
    trip = Trip.start(tmp_path / "source")
    trip.audit()
    assert _team_findings(trip) == []


def test_the_guard_goes_by_the_case_and_by_a_file_that_is_named(tmp_path: Path) -> None:
    repository = OpenRepository.make(tmp_path / "open")
    repository.stage({"load.R": _LINE, "rules.yaml": GOOD.encode(), ".opensafe/rules.yaml": GOOD.encode()})
    assert repository.guard("--staged").code == ExitCode.DONE
    rules = tmp_path / "ours.yaml"
    rules.write_text(GOOD, encoding="utf-8")
    ran = repository.guard("--staged", "--rules", str(rules))
    assert ran.code == ExitCode.FINDINGS_OPEN
    assert "load.R:1: Hospital number of our trust (high)" in ran.out
    assert "what to do: Tell the information governance team, then redact." in ran.out
    assert _NUMBER.decode() not in ran.out + ran.err
    trip = Trip.start(repository.path)
    assert repository.guard("--staged").code == ExitCode.DONE
    _give_rules(trip)
    assert repository.guard("--staged").code == ExitCode.FINDINGS_OPEN
    assert_refused(repository.guard("--rules", str(tmp_path / "none.yaml")), ExitCode.USAGE, "cannot be read")
