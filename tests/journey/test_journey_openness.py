"""Categories at the release, and the risk register in the reports."""

from datetime import UTC, datetime, timedelta

import pytest

from opensafe.errors import ExitCode
from tests.journey.journey_commands import Ran, assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD, Trip

TODAY = datetime.now(UTC).date()
THREAT = ("--attacker", "somebody", "--adds", "thresholds", "--harm", "claims below them")
SECURED = ("secured", "--duty", "an Act, section 3")
COOLING = ("closed", "--delivered", TODAY.isoformat(), "--delay", "delivery")


def categorise(trip: Trip, *words: str, path: str = "R/*") -> Ran:
    return trip.say("category", "set", *words, "--path", path, "--reason", "a reason", "--by", LEAD)


def ready(stage: Stage) -> Trip:
    trip = stage("scaffolded")
    trip.rotate_everything()
    trip.sign()
    return trip


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (SECURED, "R/*: Secured: an Act, section 3 (opensafe category list)"),
        ((*COOLING, "--opens", (TODAY + timedelta(days=9)).isoformat()), "R/*: Closed until"),
        (("closed", "--expires", (TODAY + timedelta(days=9)).isoformat(), *THREAT), "R/*: Closed by an exception"),
    ],
)
def test_a_release_waits_while_a_path_is_kept_back_and_only_for_that(
    stage: Stage, words: tuple[str, ...], says: str
) -> None:
    trip = ready(stage)
    categorise(trip, *words)
    refused = run("--no-input", "--case", str(trip.case), "release")
    assert_refused(refused, ExitCode.NOT_READY, says, "not to be published yet")
    assert refused.err.count("\n  - ") == 1
    waiting = trip.ask("report")["verdict"]["outstanding"]
    assert [item["duty"] for item in waiting] == ["openness"]
    categorise(trip, "open-source")
    trip.say("release")
    assert "push" in trip.say("next").out
    assert "matches --path" not in categorise(trip, *words).err
    told = trip.ask("status")
    assert told["steps"][-1]["state"] == "open"
    assert "Not to be published yet: 5 paths in R/*" in told["next"]["why"]
    assert run("--case", str(trip.case), "status", "--exit-code").code == ExitCode.NOT_READY


def test_a_category_of_paths_that_are_not_there_keeps_nothing_back(stage: Stage) -> None:
    trip = ready(stage)
    assert "no file of the new history" in categorise(trip, *SECURED, path="nowhere/*").err
    categorise(trip, *COOLING, "--opens", TODAY.isoformat(), path="data/*")
    assert "Tagged" in trip.say("release").out


def test_a_path_of_an_older_version_counts_as_well(stage: Stage) -> None:
    trip = ready(stage)
    assert "tests/smoke.R" not in trip.say("category", "list").out
    categorise(trip, *SECURED, path="*")
    refused = run("--no-input", "--case", str(trip.case), "release")
    assert_refused(refused, ExitCode.NOT_READY, "paths in *: Secured")


def test_risks_and_categories_stand_in_the_report(stage: Stage) -> None:
    trip = stage("audited")
    texts = ("--description", "A key may work", "--subject", "Archive", "--treatment", "Reads only", "--by", LEAD)
    numbers = ("--likelihood", "3", "--severity", "8", "--new-likelihood", "1", "--new-severity", "8")
    trip.say("risk", "add", *texts, *numbers)
    trip.say("risk", "add", *texts, *numbers[:-1], "2", "--corrects", "R-1")
    categorise(trip, *SECURED)
    report = trip.ask("report")
    assert [(risk["id"], risk["score"], risk["new_score"]) for risk in report["risks"]] == [("R-1", 24, 2)]
    assert [(line["path"], line["forbids"]) for line in report["categories"]] == [("R/*", "Secured: an Act, section 3")]
    assert "A key may work" in trip.say("risk", "list").out
    for wrong in ("0", "11"):
        ran = run("--case", str(trip.case), "risk", "add", *texts, *numbers[:-1], wrong)
        assert_refused(ran, ExitCode.USAGE, f"--new-severity is {wrong}")
