"""Decisions narrowed to paths, withdrawn, run out or changed; and what stands between them and a rewrite."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from fixtures.kit.plain_git import git
from opensafe.casefile.folder import Case
from opensafe.errors import ExitCode
from opensafe.model.decision import Action, Decision
from opensafe.stories.demo_files import Cast
from tests.journey.journey_commands import Ran, assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import IG_LEAD, LEAD, Trip

CAST = Cast.chosen()
NOTEBOOK, SAMPLE = "notebooks/length_of_stay.ipynb", "data/readmissions_sample.csv"


def _refused(trip: Trip, *words: str) -> Ran:
    return run("--no-input", "--case", str(trip.case), *words)


def _patient_in_both_files(trip: Trip) -> str:
    """The finding of an NHS number that stands in the notebook and in the table."""
    for finding in trip.findings(category="data"):
        if {NOTEBOOK, SAMPLE} <= {place["path"] for place in finding["places"]} and "NHS" in finding["title"]:
            return str(finding["id"])
    raise LookupError("no patient stands in both files")


def _states(trip: Trip, finding: str) -> tuple[str, set[tuple[str, str]]]:
    """The state of a finding, and those of its places by path."""
    found = next(f for f in trip.findings() if f["id"] == finding)
    return found["state"], {(place["path"], place.get("state", found["state"])) for place in found["places"]}


def test_a_narrowed_decision_settles_its_places_and_leaves_the_others_open(stage: Stage) -> None:
    trip = stage("audited")
    patient = _patient_in_both_files(trip)
    trip.say("decide", patient, "--action", "redact", "--path", "data/*", "--by", LEAD)
    assert _states(trip, patient) == ("open", {(SAMPLE, "redact"), (NOTEBOOK, "open")})
    trip.say("decide", patient, "--action", "keep", "--path", NOTEBOOK, "--reason", "invented", "--by", LEAD)
    assert _states(trip, patient) == ("open", {(SAMPLE, "redact"), (NOTEBOOK, "open")})
    trip.say("decide", patient, "--second", IG_LEAD)
    assert _states(trip, patient) == ("redact", {(SAMPLE, "redact"), (NOTEBOOK, "keep")})


def test_a_narrowed_decision_changes_only_the_files_that_it_names(stage: Stage) -> None:
    """The name of the scientist goes from the R files and stays on the author lines and in the messages."""
    trip = stage("audited")
    finding = next(
        f
        for f in trip.findings(category="name")
        if any(place["path"] == "R/connect.R" for place in f["places"]) and f["masked"].endswith("(name)")
    )
    trip.say("decide", finding["id"], "--action", "keep", "--reason", "wants the credit", "--by", LEAD)
    trip.say("decide", finding["id"], "--action", "redact", "--path", "R/*.R", "--by", LEAD)
    trip.decide_everything()
    trip.plan()
    trip.rewrite()
    assert CAST.scientist.name not in git(trip.public, "show", "main:R/connect.R")
    assert CAST.scientist.name in git(trip.public, "log", "--all", "--format=%an")


def test_a_withdrawn_decision_leaves_the_finding_open_again(stage: Stage) -> None:
    trip = stage("decided")
    secret = next(f["id"] for f in trip.findings(category="secret") if f["places"][0]["published"])
    trip.say("decide", secret, "--undo", "--by", LEAD, "--reason", "too early")
    assert [f["id"] for f in trip.findings(state="open")] == [secret]
    assert "decided" not in trip.say("findings", "--state", "open").out
    assert "withdrew the decision" in trip.say("show", secret).out
    trip.say("plan")
    assert_refused(
        _refused(trip, "plan", "--approve", "--by", LEAD), ExitCode.FINDINGS_OPEN, "to be decided", "1 finding"
    )


def test_there_is_nothing_to_withdraw_where_nothing_was_decided(stage: Stage) -> None:
    trip = stage("audited")
    first, second, *_ = (finding["id"] for finding in trip.findings(category="secret"))
    undo = ("--undo", "--by", LEAD)
    assert_refused(_refused(trip, "decide", first, *undo), ExitCode.USAGE, "nothing was decided about these")
    trip.say("decide", first, "--action", "redact", "--by", LEAD)
    document = trip.ask("decide", "--all", "--category", "secret", *undo)
    assert document["details"]["findings"] == [first]
    assert_refused(_refused(trip, "decide", first, second, *undo), ExitCode.USAGE, "nothing was decided about these")


def test_a_decision_for_files_that_hold_nothing_of_it_says_so(stage: Stage) -> None:
    trip = stage("audited")
    secret = trip.findings(category="secret")[0]["id"]
    narrowed = ("decide", secret, "--action", "redact", "--by", LEAD, "--path")
    assert "none of these stands in a file that --path matches" in trip.say(*narrowed, "nowhere/*").err
    assert "warning" not in trip.say(*narrowed, "*").err


def test_a_decision_holds_until_the_day_it_expires_and_not_a_day_longer(stage: Stage) -> None:
    trip = stage("audited")
    first, second, *_ = (finding["id"] for finding in trip.findings(category="secret"))
    today = datetime.now(UTC).date()
    trip.say("decide", first, "--action", "redact", "--expires", today.isoformat(), "--by", LEAD)
    Case.open(trip.case).decisions.append(_expired(second, today))
    assert {f["id"]: f["state"] for f in trip.findings() if f["id"] in {first, second}} == {
        first: "redact",
        second: "open",
    }
    yesterday = (today - timedelta(days=1)).isoformat()
    for wrong, telling in (("tomorrow", "YYYY-MM-DD"), (yesterday, "would have run out already")):
        refused = _refused(trip, "decide", first, "--action", "redact", "--expires", wrong, "--by", LEAD)
        assert_refused(refused, ExitCode.USAGE, "--expires", telling)


def _expired(finding: str, today: date) -> Decision:
    """A decision of last week that held until yesterday: the command takes no day but today for its own."""
    last_week, yesterday = today - timedelta(days=7), today - timedelta(days=1)
    return Decision(finding, Action.KEEP, LEAD, last_week, reason="until the new system", expires=yesterday)


@pytest.mark.parametrize("change", ["--undo", "--action keep --reason public", "--expires"])
def test_a_changed_decision_makes_the_plan_stale_and_the_rewrite_refuses(stage: Stage, change: str) -> None:
    trip = stage("approved")
    finding = trip.findings(category="name")[0]["id"]
    words = ["--action", "rename", change, "2100-01-01"] if change == "--expires" else change.split()
    trip.say("decide", finding, *words, "--by", LEAD)
    assert ("plan", "stale") in {(step["name"], step["state"]) for step in trip.ask("status")["steps"]}
    refused = _refused(trip, "rewrite")
    codes = {"--undo": ExitCode.FINDINGS_OPEN}
    assert_refused(refused, codes.get(change, ExitCode.USAGE))
    assert not trip.public.exists()
    if change != "--undo":
        assert "opensafe plan" in refused.err
        trip.plan()
        trip.rewrite()


def test_a_source_that_changed_makes_the_plan_worthless(stage: Stage) -> None:
    trip = stage("approved")
    git(trip.source / ".git", "update-ref", "refs/heads/new", "main")
    refused = _refused(trip, "rewrite")
    assert_refused(refused, ExitCode.USAGE, "the source has changed since it was audited", "audit --since-last")
    assert not trip.public.exists()


def test_a_rewrite_needs_a_plan_and_its_approval_by_name(stage: Stage) -> None:
    trip = stage("decided")
    assert_refused(_refused(trip, "rewrite"), ExitCode.USAGE, "no plan yet", "opensafe plan")
    trip.say("plan")
    assert_refused(_refused(trip, "rewrite"), ExitCode.NOT_READY, "nobody has approved this plan")
    assert_refused(_refused(trip, "plan", "--approve"), ExitCode.USAGE, "--by NAME")
    trip.say("plan", "--approve", "--by", LEAD)
    trip.say("plan", "--option", "squash", "--reason", "nobody needs the past")
    assert_refused(_refused(trip, "rewrite"), ExitCode.NOT_READY, "nobody has approved this plan")
    assert not trip.public.exists()


def test_an_action_that_means_nothing_for_a_finding_is_refused(stage: Stage) -> None:
    trip = stage("audited")
    of = {category: trip.findings(category=category)[0]["id"] for category in ("secret", "name", "file", "data")}
    table = trip.findings(detector="data.data-file")[0]["id"]
    refused = {
        ("decide", of["secret"], "--action", "rename", "--by", LEAD): "is not a name",
        ("decide", of["file"], "--action", "redact", "--by", LEAD): "a question about a whole file",
        ("decide", of["secret"], "--action", "keep", "--by", LEAD): "--reason TEXT",
        ("decide", of["secret"], "--action", "strip-outputs", "--by", LEAD): "--detector data.notebook-outputs",
        ("decide", table, "--action", "strip-outputs", "--by", LEAD): "not a question about the outputs of a notebook",
        ("decide", of["secret"], "--by", LEAD): "--action redact",
        ("decide", "--action", "redact", "--by", LEAD): "nothing was chosen",
        ("decide", "--category", "secret", "--action", "redact", "--by", LEAD): "--all",
    }
    for words, telling in refused.items():
        assert_refused(_refused(trip, *words), ExitCode.USAGE, telling)
    assert {finding["state"] for finding in trip.findings()} == {"open"}


def test_a_decision_that_would_not_be_taken_any_more_stops_the_plan(stage: Stage) -> None:
    """An earlier version took it, and the whole file went: the plan names the finding instead."""
    trip = stage("decided")
    table = trip.findings(detector="data.data-file")[0]["id"]
    Case.open(trip.case).decisions.append(Decision(table, Action.STRIP_OUTPUTS, LEAD, datetime.now(UTC).date()))
    assert_refused(_refused(trip, "plan"), ExitCode.USAGE, f"{table} is not a question", f"opensafe decide {table}")
    trip.say("decide", table, "--action", "remove-file", "--by", LEAD)
    trip.plan()


def test_what_people_type_holds_no_finding(stage: Stage) -> None:
    """The log, the ledgers and the reports repeat it for ever: a value in it is refused and not repeated."""
    trip = stage("audited")
    before = (trip.case / "log.jsonl").read_bytes()
    secret = trip.findings(category="secret")[0]["id"]
    token, bare = CAST.token.decode(), CAST.password.decode()  # the second looks like any other word
    typed = [
        ("decide", secret, "--action", "keep", "--reason", f"it is {token}", "--by", LEAD),
        ("decide", secret, "--action", "redact", "--to", token, "--by", LEAD),
        ("rotate", "record", secret, "--state", "rotated", "--evidence", f"was {token}", "--by", LEAD),
        ("rotate", "record", secret, "--state", "found", "--owner", token, "--by", LEAD),
        ("plan", "--option", "squash", "--reason", f"because of {token}"),
        ("decide", secret, "--action", "keep", "--reason", f"it was '{bare}', long ago", "--by", LEAD),
        ("rotate", "record", secret, "--state", "found", "--opens", f"the server ({bare})", "--by", LEAD),
        ("category", "set", "open-source", "--reason", bare, "--by", LEAD),
        ("close", "--reason", f"nobody uses {bare}.", "--by", LEAD, "--yes"),
    ]
    for words in typed:
        refused = _refused(trip, *words)
        assert_refused(refused, ExitCode.USAGE, "seems to hold a [secret")
        assert token not in refused.err
        assert bare not in refused.err
    assert (trip.case / "log.jsonl").read_bytes() == before


@pytest.mark.parametrize("text", ['x"', "O'Neill", "a\\b", "<x>", "a: b", "a,b", "-x", "x ", "two\nlines", "#1", "é|"])
def test_a_text_that_could_break_a_file_is_refused(stage: Stage, text: str) -> None:
    trip = stage("audited")
    secret = trip.findings(category="secret")[0]["id"]
    words = ("decide", secret, "--action", "redact", f"--to={text}", "--by", LEAD)
    assert_refused(run("--case", str(trip.case), *words), ExitCode.USAGE, "--to may hold letters")


def test_a_plain_text_is_taken(stage: Stage) -> None:
    trip = stage("audited")
    named = trip.findings(category="name")[0]["id"]
    trip.say("decide", named, "--action", "rename", "--to", "Zoë Team-3", "--by", LEAD)
    (decision,) = (trip.case / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(decision)["to"] == "Zoë Team-3"
