"""Where the profile asks for two people, what stays waits for the second one; and nothing goes on before."""

import json

import pytest

from opensafe.errors import ExitCode
from tests.journey.journey_commands import Ran, assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import IG_LEAD, LEAD, Trip

KEEP = ("--action", "keep", "--source", "a course", "--reason", "invented for a course", "--by", LEAD)


def _refused(trip: Trip, *words: str) -> Ran:
    return run("--no-input", "--case", str(trip.case), *words)


def _patient(trip: Trip) -> str:
    """A table that looks like one row a person."""
    return str(
        next(f["id"] for f in trip.findings(category="file", severity="high") if f["detector"] == "data.data-file")
    )


def _state(trip: Trip, finding: str) -> str:
    return str(next(f["state"] for f in trip.findings() if f["id"] == finding))


def _decide_step(trip: Trip) -> str:
    return str(next(step["detail"] for step in trip.ask("status")["steps"] if step["name"] == "decide"))


@pytest.fixture
def waiting(stage: Stage) -> tuple[Trip, str]:
    """Everything is decided, and one number of a patient is to stay by the word of one person."""
    trip = stage("decided")
    patient = _patient(trip)
    told = trip.say("decide", patient, *KEEP)
    assert "once a second person confirms it" in told.err
    return trip, patient


def test_one_word_leaves_it_open_and_the_plan_unapproved(waiting: tuple[Trip, str]) -> None:
    trip, patient = waiting
    trip.say("plan")
    assert _state(trip, patient) == "open"
    assert _decide_step(trip) == "To be decided: 1 finding (1 to be confirmed by a second person)."
    refused = _refused(trip, "plan", "--approve", "--by", LEAD)
    assert_refused(refused, ExitCode.FINDINGS_OPEN, "1 finding to stay by the word of one person", "--second NAME")
    assert patient in refused.err


def test_a_second_person_confirms_later(waiting: tuple[Trip, str]) -> None:
    trip, patient = waiting
    assert patient in trip.say("findings", "--awaiting-second").out
    assert trip.say("decide", "--all", "--second", IG_LEAD).out.startswith("Confirmed 1 finding.")
    assert _state(trip, patient) == "keep"
    assert trip.say("findings", "--awaiting-second").out == "No findings match.\n"
    trip.plan()
    history = [line for line in trip.say("show", patient).out.splitlines() if line.startswith("  decided")]
    assert [f"by {LEAD}: keep, to be confirmed" in history[-2], f"by {IG_LEAD}: confirmed" in history[-1]] == [True] * 2
    entry = next(e for e in trip.ask("log", "show")["entries"] if e["what"].startswith("Confirmed"))
    assert (entry["by"], entry["details"]["findings"]) == (IG_LEAD, 1)


@pytest.mark.parametrize("name", [LEAD, LEAD.upper(), f" {LEAD} ", "Tester, Dana"])
def test_nobody_confirms_their_own_word(waiting: tuple[Trip, str], name: str) -> None:
    trip, patient = waiting
    before = (trip.case / "decisions.jsonl").read_bytes()
    assert_refused(_refused(trip, "decide", patient, "--second", name), ExitCode.USAGE, "is the one who decided")
    assert_refused(_refused(trip, "decide", patient, *KEEP, "--second", name), ExitCode.USAGE, "is the first one")
    assert (trip.case / "decisions.jsonl").read_bytes() == before


def test_both_at_once(stage: Stage) -> None:
    trip = stage("audited")
    patient = _patient(trip)
    trip.say("decide", patient, *KEEP, "--second", IG_LEAD)
    assert _state(trip, patient) == "keep"


def test_a_reason_on_the_record_stands_in_for_the_second_person(stage: Stage) -> None:
    trip = stage("audited")
    patient = _patient(trip)
    trip.say("decide", patient, *KEEP, "--without-second", "the service has one analyst")
    assert _state(trip, patient) == "keep"
    entry = trip.ask("log", "show")["entries"][-1]
    assert entry["details"]["without_second"] == "the service has one analyst"
    assert "without a second person (the service has one analyst)" in trip.say("show", patient).out


def test_the_switch_is_for_what_asks_for_two_people(stage: Stage) -> None:
    trip = stage("audited")
    named = trip.findings(category="name")[0]["id"]
    refused = {
        ("decide", named, *KEEP, "--without-second", "alone"): "no second person is asked for",
        ("decide", _patient(trip), *KEEP, "--without-second", "alone", "--second", IG_LEAD): "say the opposite",
        ("decide", named, "--second", IG_LEAD): "does not wait for a second person",
        ("decide", "--all", "--second", IG_LEAD): "nothing here waits",
    }
    for words, telling in refused.items():
        assert_refused(_refused(trip, *words), ExitCode.USAGE, telling)


def test_what_was_decided_before_the_profile_asked_is_refused_at_the_approval(stage: Stage) -> None:
    """As a line of an earlier version stands in the ledger: without the field that says so."""
    trip = stage("decided")
    line = {"subject": _patient(trip), "action": "keep", "by": LEAD, "on": "2026-01-05", "reason": "invented"}
    with (trip.case / "decisions.jsonl").open("a", encoding="utf-8", newline="\n") as ledger:
        ledger.write(json.dumps(line) + "\n")
    trip.say("plan")
    refused = _refused(trip, "plan", "--approve", "--by", LEAD)
    assert_refused(refused, ExitCode.FINDINGS_OPEN, "by the word of one person")
    trip.say("decide", line["subject"], *KEEP, "--second", IG_LEAD)
    trip.plan()


def test_taking_a_value_away_needs_nobody_else(stage: Stage) -> None:
    trip = stage("audited")
    patient = _patient(trip)
    trip.say("decide", patient, "--action", "remove-file", "--by", LEAD)
    assert _state(trip, patient) == "remove-file"
