"""The end of the journey: what a release waits for, which version it is, and what comes after it."""

import importlib
from typing import Any

import pytest

from fixtures.kit.plain_git import git
from fixtures.kit.story import Tell
from opensafe.errors import ExitCode
from tests.journey.journey_commands import Ran, assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import IG_LEAD, LEAD, Trip


def _release(trip: Trip, *words: str) -> Ran:
    return run("--no-input", "--case", str(trip.case), "release", *words)


def test_a_release_refuses_and_names_everything_that_is_missing(stage: Stage) -> None:
    trip = stage("scaffolded")
    rows = trip.ask("check", code=ExitCode.NOT_READY)["rows"]
    missing = [row["id"] for row in rows if row["level"] == "mandatory" and row["answer"] != "met"]
    assert len(missing) > 3
    refused = _release(trip)
    assert_refused(refused, ExitCode.NOT_READY, "not ready to release", "3 credentials not rotated")
    assert "sign-off of the lead-developer" in refused.err
    assert "sign-off of the ig-lead" in refused.err
    assert [row for row in missing if f"row {row}:" not in refused.err] == []
    assert git(trip.public, "tag", "--list").split() == [b"v0.2.0"]


@pytest.mark.parametrize("without", ["rotation", "a sign-off", "an attestation"])
def test_a_release_refuses_when_one_thing_is_missing_and_names_only_that(stage: Stage, without: str) -> None:
    trip = stage("scaffolded")
    trip.sign()
    if without != "rotation":
        trip.rotate_everything()
    if without == "a sign-off":
        trip.say("release", "--prepare", "--version", "0.3.0")
        _attest_again(trip)
        trip.say("signoff", "--role", "lead-developer", "--by", LEAD)
    if without == "an attestation":
        trip.say("attest", "B23", "--answer", "not-met", "--role", "ig-lead", "--by", IG_LEAD, "--evidence", "not yet")
    refused = _release(trip)
    missing = [line for line in refused.err.splitlines() if line.startswith("  - ")]
    expected = {"rotation": "credentials not rotated", "a sign-off": "ig-lead", "an attestation": "row B23"}
    assert refused.code == ExitCode.NOT_READY
    assert len(missing) == 1
    assert expected[without] in missing[0]


def _attest_again(trip: Trip) -> None:
    """Answers were given for another commit: each is given again."""
    attest = ("--answer", "met", "--role", "ig-lead", "--by", IG_LEAD, "--evidence", "as before")
    rows = trip.ask("check", code=ExitCode.NOT_READY)["rows"]
    for row in rows:
        if row["level"] == "mandatory" and (row.get("stale") or row["answer"] not in {"met", "not-applicable"}):
            trip.say("attest", row["id"], *attest)


def test_what_was_said_about_another_commit_does_not_count(stage: Stage) -> None:
    trip = stage("scaffolded")
    trip.rotate_everything()
    trip.sign()
    trip.say("release", "--prepare", "--version", "0.9.0")
    rows = trip.ask("check", code=ExitCode.NOT_READY)["rows"]
    assert {row["id"] for row in rows if row["stale"]} >= {"B10", "B11", "B22", "B23"}
    refused = _release(trip)
    assert refused.code == ExitCode.NOT_READY
    assert "sign-off of the ig-lead" in refused.err


def test_a_release_needs_the_proof_of_the_very_commit(stage: Stage) -> None:
    """A commit that somebody else put on top is covered by no proof."""
    trip = stage("scaffolded")
    trip.rotate_everything()
    trip.sign()
    tree = git(trip.public, "rev-parse", "main^{tree}").decode().strip()
    stranger = git(trip.public, "commit-tree", tree, "-p", "main", "-m", "By hand").decode().strip()
    git(trip.public, "update-ref", "refs/heads/main", stranger)
    assert _release(trip).code == ExitCode.USAGE
    failed = trip.ask("verify", code=ExitCode.VERIFICATION_FAILED)
    assert [check["id"] for check in failed["checks"] if not check["passed"]] == ["added-by-opensafe"]


def test_a_release_comes_after_its_preparation(stage: Stage) -> None:
    trip = stage("verified")
    assert_refused(_release(trip), ExitCode.USAGE, "opensafe release --prepare")
    assert_refused(run("--case", str(stage("approved").case), "release"), ExitCode.USAGE, "opensafe rewrite")


def test_a_version_is_prepared_once(stage: Stage) -> None:
    trip = stage("scaffolded")
    before = git(trip.public, "for-each-ref")
    trip.say("release", "--prepare")
    assert git(trip.public, "for-each-ref") == before


def test_a_version_is_tagged_once(stage: Stage) -> None:
    trip = stage("released")
    before = git(trip.public, "for-each-ref")
    assert_refused(_release(trip), ExitCode.USAGE, "this version is tagged already: v0.2.1", "release --prepare")
    assert git(trip.public, "for-each-ref") == before


@pytest.mark.parametrize("killed_in", ["annotated_tag", "Case.save_document"])
def test_a_release_that_was_killed_is_done_by_the_next(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, killed_in: str
) -> None:
    trip = stage("scaffolded")
    trip.rotate_everything()
    trip.sign()
    done = importlib.import_module("opensafe.steps.release")
    owner, _, name = killed_in.rpartition(".")
    place = getattr(done, owner) if owner else done
    original = getattr(place, name)

    def kill(*words: Any, **options: Any) -> None:
        original(*words, **options)
        if not owner or words[1] == "release.json":
            raise KeyboardInterrupt

    monkeypatch.setattr(place, name, kill)
    assert _release(trip).code == ExitCode.INTERRUPTED
    assert b"v0.2.1" in git(trip.public, "tag", "--list")
    monkeypatch.undo()
    again = _release(trip)
    assert again.code == (ExitCode.USAGE if owner else ExitCode.DONE), again  # it was done to the end, or is done now
    heads = [entry["hash"] for entry in trip.ask("log", "show")["entries"]]
    assert any(head.encode() in git(trip.public, "cat-file", "tag", "v0.2.1") for head in heads[-3:])
    trip.say("verify")
    assert trip.ask("status")["steps"][-1]["state"] == "done"


def test_after_the_release_next_gives_the_steps_of_publication(stage: Stage) -> None:
    trip = stage("released")
    told = trip.say("next").out
    assert "To publish: push public.git to a new, empty repository" in told
    assert "git push --mirror" in told
    assert "git clone --mirror URL CLONE, and opensafe verify --against CLONE" in told
    assert trip.ask("next")["next"]["step"] == ""
    assert run("--case", str(trip.case)).out == told


def test_the_version_line_of_the_source_is_continued(stage: Stage) -> None:
    """Tagged 0.2.0, so the next is 0.2.1; a version that a person names is taken if it is free."""
    trip = stage("verified")
    trip.scaffold()
    assert trip.ask("status")["steps"][8] == {"name": "prepare", "state": "done", "detail": "Version 0.2.1."}
    assert git(trip.public, "show", "main:DESCRIPTION").count(b"Version: 0.2.1\n") == 1
    assert b"0.2.1" in git(trip.public, "show", "main:NEWS.md")
    assert_refused(_release(trip, "--prepare", "--version", "0.2.0"), ExitCode.USAGE, "0.2.0 is tagged already")
    assert_refused(_release(trip, "--prepare", "--version", "two"), ExitCode.USAGE, "semantic version", "1.0.1")
    assert_refused(_release(trip, "--version", "0.4.0"), ExitCode.USAGE, "the prepared version is 0.2.1")


def test_a_source_without_any_version_begins_at_0_1_0(story: Tell) -> None:
    trip = Trip.start(story("utf16_sql").path)
    trip.go_all_the_way()
    assert git(trip.public, "tag", "--list").split() == [b"v0.1.0"]
    assert git(trip.public, "cat-file", "-t", "v0.1.0") == b"tag\n"
