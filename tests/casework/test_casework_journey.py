"""Where a case is, and the one thing to do next, at each stage of the demo's journey."""

from dataclasses import replace

import pytest

from opensafe.casefile.folder import Case
from opensafe.casework.journey import journey, next_step
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD

# Stage, the step that is next, and the beginning of the command that does it.
NEXT = {
    "started": ("audit", "opensafe audit"),
    "audited": ("decide", "opensafe findings --state open"),
    "decided": ("plan", "opensafe plan"),
    "approved": ("rewrite", "opensafe rewrite"),
    "verified": ("scaffold", "opensafe scaffold"),
    "scaffolded": ("check", "opensafe check"),
    "released": ("", ""),
}


@pytest.mark.parametrize("at", NEXT)
def test_the_next_step_follows_from_what_the_case_holds(stage: Stage, at: str) -> None:
    found = journey(Case.open(stage(at).case))
    step, command = NEXT[at]
    assert found.step == step
    assert found.next.command.startswith(command)
    assert bool(found.next.command) == bool(command)
    done = [state.name for state in found.steps if state.state == "done"]
    assert step not in done


def test_rotation_is_asked_for_when_nothing_else_stands_before_the_release(stage: Stage) -> None:
    trip = stage("scaffolded")
    trip.sign()
    assert journey(Case.open(trip.case)).step == "rotate"
    trip.rotate_everything()
    assert journey(Case.open(trip.case)).step == "release"


def test_what_was_done_for_another_state_is_stale_or_open_again(stage: Stage) -> None:
    trip = stage("released")
    name = trip.findings(category="name")[0]["id"]
    trip.say("decide", name, "--action", "keep", "--reason", "wants the credit", "--by", LEAD)
    assert {state.name: state.state for state in journey(Case.open(trip.case)).steps}["plan"] == "stale"
    trip.say("plan")
    states = {state.name: state.state for state in journey(Case.open(trip.case)).steps}
    assert (states["plan"], states["rewrite"]) == ("open", "stale")


def test_a_case_of_another_profile_is_judged_by_that_profile(stage: Stage) -> None:
    """A sign-off binds to the profile: under another one it is missing."""
    trip = stage("released")
    case = Case.open(trip.case)
    assert next_step(case).command == ""
    signed = case.signoffs.read()
    case.signoffs.path.write_bytes(b"")
    case.signoffs.append(*(replace(signoff, profile_digest="0" * 64) for signoff in signed))
    assert journey(case).step == "signoff"
