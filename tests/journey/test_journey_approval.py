"""An approval is by a person, of one plan: whatever changes the plan takes the approval away."""

import json
import re

import pytest

from fixtures.kit.plain_git import git
from opensafe.errors import ExitCode
from tests.journey.journey_commands import Ran, assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import IG_LEAD, LEAD, Trip

REASON = "nobody can say what the early commits hold"


def _refused(trip: Trip, *words: str) -> Ran:
    return run("--no-input", "--case", str(trip.case), *words)


def _document(trip: Trip, name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((trip.case / name).read_text(encoding="utf-8"))
    return found


def _plan_state(trip: Trip) -> str:
    return str(next(step["state"] for step in trip.ask("status")["steps"] if step["name"] == "plan"))


def test_an_approval_names_the_person_the_moment_and_the_plan(stage: Stage) -> None:
    trip = stage("approved")
    digest = trip.ask("report")["plan"]["digests"]["plan"]
    approval = _document(trip, "approval.json")
    assert re.fullmatch(r"[0-9a-f]{64}", digest)
    assert (approval["plan"], approval["by"]) == (digest, LEAD)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", str(approval["on"]))
    entry = next(e for e in trip.ask("log", "show")["entries"] if e["what"].startswith("Approved"))
    assert (entry["by"], entry["details"]["plan"]) == (LEAD, digest)


def test_the_same_plan_made_again_stays_approved(stage: Stage) -> None:
    trip = stage("approved")
    before = _document(trip, "plan.json")
    trip.say("plan")
    assert _document(trip, "plan.json") == before
    assert _plan_state(trip) == "done"
    trip.say("rewrite")


def test_a_changed_decision_takes_the_approval_away(stage: Stage) -> None:
    trip = stage("approved")
    finding = trip.findings(category="name", state="rename")[0]["id"]
    trip.say("decide", finding, "--action", "keep", "--reason", "agreed to be named", "--by", IG_LEAD)
    assert _plan_state(trip) == "stale"
    assert_refused(_refused(trip, "rewrite"), ExitCode.USAGE, "changed after this plan was made", "opensafe plan")
    again = _refused(trip, "plan", "--approve", "--by", LEAD)
    assert_refused(again, ExitCode.USAGE, "changed after this plan was made")
    trip.say("plan")
    assert _plan_state(trip) == "open"
    assert_refused(_refused(trip, "rewrite"), ExitCode.NOT_READY, "nobody has approved this plan")
    trip.say("plan", "--approve", "--by", IG_LEAD)
    trip.say("rewrite")


def test_another_option_needs_another_approval(stage: Stage) -> None:
    trip = stage("approved")
    trip.say("plan", "--option", "squash", "--reason", REASON)
    assert_refused(_refused(trip, "rewrite"), ExitCode.NOT_READY, "nobody has approved this plan")
    assert not trip.public.exists()


def test_another_reason_is_another_plan(stage: Stage) -> None:
    trip = stage("decided")
    trip.plan("--option", "squash", "--reason", REASON)
    trip.say("plan", "--option", "squash", "--reason", f"{REASON}, again")
    assert_refused(_refused(trip, "rewrite"), ExitCode.NOT_READY, "nobody has approved this plan")


@pytest.mark.parametrize(
    ("key", "value"), [("option", "squash"), ("justification", "as agreed"), ("recommended", "new-repository")]
)
def test_a_plan_that_was_changed_by_hand_is_not_carried_out(stage: Stage, key: str, value: str) -> None:
    trip = stage("approved")
    plan = _document(trip, "plan.json") | {key: value}
    (trip.case / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    assert_refused(
        _refused(trip, "rewrite"), ExitCode.VERIFICATION_FAILED, "plan.json is not the plan that opensafe wrote"
    )
    assert_refused(_refused(trip, "plan", "--approve", "--by", LEAD), ExitCode.VERIFICATION_FAILED, "opensafe plan")
    assert not trip.public.exists()
    trip.plan()
    trip.say("rewrite")


@pytest.mark.parametrize("reason", [(), ("--reason", ""), ("--reason", "  ")])
def test_a_new_repository_needs_a_justification(stage: Stage, reason: tuple[str, ...]) -> None:
    trip = stage("decided")
    refused = _refused(trip, "plan", "--option", "new-repository", *reason)
    assert_refused(refused, ExitCode.USAGE, "the policy allows only when it is needed", "--reason TEXT")
    assert not (trip.case / "plan.json").exists()


def test_the_justification_is_on_the_record_wherever_people_look(stage: Stage) -> None:
    trip = stage("decided")
    trip.plan("--option", "new-repository", "--reason", REASON)
    assert trip.ask("report")["plan"]["justification"] == REASON
    assert REASON in trip.say("log", "show").out
    page = trip.source.with_name("report.html")
    trip.say("report", "--output", str(page))
    assert REASON in page.read_text(encoding="utf-8")


def test_the_plan_tells_the_same_in_words_and_as_a_document(stage: Stage) -> None:
    trip = stage("decided")
    told, document = trip.say("plan").out, trip.ask("plan")
    assert [row["option"] for row in document["measures"]] == ["review", "rewrite", "squash", "new-repository"]
    assert all(len(line) <= 80 for line in told.splitlines())
    flat = " ".join(told.split())
    assert [reason for reason in document["reasons"] if " ".join(reason.split()) not in flat] == []
    lines = {line[:24].strip(): line[24:].split() for line in told.splitlines()}
    assert lines["commits lost"] == [f"{row['commits_lost']:,}" for row in document["measures"]]
    assert lines["files gone from history"] == [str(row["files_gone"]) for row in document["measures"]]
    assert lines["first commit to change"][1] == document["measures"][1]["first_changed"][:10]


def test_measures_are_what_the_claim_then_says(stage: Stage) -> None:
    trip = stage("approved")
    row = trip.ask("report")["plan"]["measures"][1]
    trip.say("rewrite")
    commits = json.loads((trip.case / "claim.json").read_text())["commits"]
    assert row["commits_changed"] == sum(old != new for old, new in commits.items())
    log = ("log", "--branches", "--tags", "--format=", "--name-only")
    before = set(git(trip.source / ".git", *log).split())
    after = set(git(trip.public, *log).split())
    assert row["files_gone"] == len(before - after)
