"""The options that give up the history: allowed with a reason only, and proven like every other."""

import pytest

from fixtures.kit.evidence import digest_tree
from fixtures.kit.plain_git import fsck, git
from fixtures.kit.story import Tell
from opensafe.errors import ExitCode
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD, Trip

REASON = ("--reason", "nobody can say what the early commits hold")
GIVE_UP_HISTORY = ("squash", "new-repository")


@pytest.mark.parametrize("option", GIVE_UP_HISTORY)
def test_giving_up_the_history_needs_a_reason(stage: Stage, option: str) -> None:
    trip = stage("decided")
    refused = run("--case", str(trip.case), "plan", "--option", option)
    assert_refused(refused, ExitCode.USAGE, "--reason TEXT", option)
    planned = trip.ask("plan", "--option", option, *REASON)
    assert (planned["option"], planned["recommended"], planned["justification"]) == (option, "rewrite", REASON[1])


@pytest.mark.parametrize("option", GIVE_UP_HISTORY)
def test_one_commit_is_left_it_is_proven_and_goes_on_to_a_release(stage: Stage, option: str) -> None:
    trip = stage("decided")
    before = digest_tree(trip.source)
    trip.plan("--option", option, *REASON)
    trip.rewrite()
    assert git(trip.public, "rev-list", "--all", "--count") == b"1\n"
    assert fsck(trip.public) == frozenset()
    trip.release()
    assert REASON[1] in trip.say("log", "show").out
    assert digest_tree(trip.source) == before


def test_publishing_as_it_is_is_refused_while_decisions_change_something(stage: Stage) -> None:
    trip = stage("decided")
    refused = run("--case", str(trip.case), "plan", "--option", "review")
    assert_refused(refused, ExitCode.USAGE, "--option review is not possible here")


def test_a_history_without_anything_to_remove_is_published_with_the_same_ids(story: Tell) -> None:
    trip = Trip.start(story("clean_repository").path)
    trip.audit()
    keep = ("--action", "keep", "--source", "the author", "--reason", "the author wants the credit", "--by", LEAD)
    trip.say("decide", "--all", "--state", "open", *keep)
    trip.plan()
    trip.rewrite()
    assert trip.ask("report")["plan"]["option"] == "review"
    refs = ("for-each-ref", "--format=%(objectname) %(refname)", "refs/heads", "refs/tags")
    assert git(trip.public, *refs) == git(trip.source / ".git", *refs)


def test_a_copy_is_handed_out_and_never_over_something(stage: Stage) -> None:
    trip = stage("approved")
    output = trip.source.with_name("handed-out.git")
    trip.say("rewrite", "--output", str(output))
    assert git(output, "for-each-ref") == git(trip.public, "for-each-ref")
    refused = run("--case", str(trip.case), "rewrite", "--output", str(output))
    assert_refused(refused, ExitCode.USAGE, "exists already")


def test_a_sha256_history_is_squashed_and_goes_all_the_way(story: Tell) -> None:
    trip = Trip.start(story("sha256_repository").path)
    trip.go_all_the_way("--option", "squash", *REASON)
    assert trip.ask("verify")["passed"]
    assert len(git(trip.public, "rev-parse", "main").strip()) == 64


def test_a_plan_for_a_sha256_history_says_why_a_milder_option_is_not_possible(story: Tell) -> None:
    trip = Trip.start(story("sha256_repository").path)
    trip.audit()
    trip.decide_everything()
    refused = run("--case", str(trip.case), "plan")
    assert_refused(refused, ExitCode.USAGE, "rewrite: not for repositories with SHA-256 ids", "--reason TEXT")
