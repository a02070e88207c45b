"""Changes of the team's own, from the command line to the proof."""

import pytest

from fixtures.kit.plain_git import git
from opensafe.errors import ExitCode
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD

REASON = ("--reason", "not part of what is opened")


def test_files_and_refs_are_left_out_as_planned_and_proven(stage: Stage) -> None:
    trip = stage("decided")
    own = ("--remove-path", "notebooks", "--remove-type", "csv", "--drop-ref", "refs/tags/*")
    planned = trip.ask("plan", *own, *REASON)
    assert planned["choices"] == [
        {"option": "--remove-path", "value": "notebooks"},
        {"option": "--remove-type", "value": "csv"},
        {"option": "--drop-ref", "value": "refs/tags/*"},
    ]
    assert "--remove-path notebooks" in trip.say("plan", *own, *REASON).out
    trip.say("plan", "--approve", "--by", LEAD)
    trip.rewrite()
    checks = {check["id"]: check["passed"] for check in trip.ask("verify")["checks"]}
    assert checks["files-chosen"]
    assert checks["refs-chosen"]
    assert git(trip.public, "tag") == b""
    assert b"notebooks/" not in git(trip.public, "log", "--all", "--name-only", "--format=")


def test_another_choice_is_another_plan_and_needs_another_approval(stage: Stage) -> None:
    trip = stage("decided")
    plain = trip.ask("plan")["digests"]
    chosen = trip.ask("plan", "--remove-path", "notebooks", *REASON)["digests"]
    assert plain["plan"] != chosen["plan"]
    assert plain["spec"] != chosen["spec"]
    trip.say("plan", "--approve", "--by", LEAD)
    trip.say("plan", "--remove-path", "data", *REASON)
    refused = run("--no-input", "--case", str(trip.case), "rewrite")
    assert_refused(refused, ExitCode.NOT_READY, "nobody has approved this plan")


@pytest.mark.parametrize(
    ("words", "telling"),
    [
        (("--remove-path", "notebooks"), "--reason TEXT"),
        (("--remove-path", "nothing/*", *REASON), "matches no published file"),
        (("--remove-larger", "big", *REASON), "--remove-larger is not a size"),
        (("--to-root", *REASON), "--only-path DIR"),
        (("--only-path", "/", *REASON), "--only-path DIR"),
        (("--drop-ref", "main", *REASON), "default branch would not be published"),
    ],
)
def test_what_cannot_be_chosen_is_refused(stage: Stage, words: tuple[str, ...], telling: str) -> None:
    trip = stage("decided")
    assert_refused(run("--no-input", "--case", str(trip.case), "plan", *words), ExitCode.USAGE, telling)
    assert not (trip.case / "plan.json").exists()


def test_a_mailmap_must_be_the_one_that_was_planned_with(stage: Stage) -> None:
    """Refused while it is another one or gone; carried out and proven once it is back."""
    trip = stage("decided")
    mailmap = trip.source.with_name("people.mailmap")
    told = b"Somebody Else <else@trust.example> <nobody@trust.example>\n"
    mailmap.write_bytes(told)
    trip.plan("--mailmap", str(mailmap), "--pseudonyms", "--no-reply", "trust.example", *REASON)
    assert "Somebody" not in (trip.case / "plan.json").read_text("utf-8")
    words = ("--no-input", "--case", str(trip.case))
    mailmap.write_bytes(told + b"\n")
    assert_refused(run(*words, "rewrite"), ExitCode.USAGE, "is not what the plan was made with", "opensafe plan")
    mailmap.unlink()
    assert_refused(run(*words, "rewrite"), ExitCode.USAGE, "cannot be read", "--mailmap FILE")
    mailmap.write_bytes(told)
    trip.rewrite()
    checks = {check["id"]: check["passed"] for check in trip.ask("verify")["checks"]}
    assert checks["people-chosen"]
    emails = set(git(trip.public, "log", "--all", "--format=%ae%n%ce").split())
    assert all(email.endswith((b"@example.invalid", b"@users.noreply.trust.example")) for email in emails)


def test_values_of_the_teams_own_go_and_stand_in_no_file_of_the_case(stage: Stage) -> None:
    trip = stage("decided")
    values = trip.source.with_name("values.txt")
    values.write_bytes(b"literal:summarise==>collect\nregex:(?i)wards?\\b==>unit\n")
    trip.plan("--replace-file", str(values), *REASON)
    assert b"summarise" not in (trip.case / "plan.json").read_bytes()
    lines = git(trip.source / ".git", "log", "--all", "-S", "summarise", "--format=%H").decode().split()
    shown = "".join(trip.say("plan", "--show", line).out for line in lines)
    assert "summarise" not in shown
    assert "+ " in shown
    assert "collect" in shown
    assert "[matched by --replace-file]" in shown
    trip.rewrite()
    checks = {check["id"]: check["passed"] for check in trip.ask("verify")["checks"]}
    assert checks["text-chosen"]
    assert b"summarise" not in git(trip.public, "log", "--all", "-p", "--format=%B")
    values.write_bytes(b"x\n")
    refused = run("--no-input", "--case", str(trip.case), "verify")
    assert_refused(refused, ExitCode.USAGE, "is not what the plan was made with")


def test_a_bad_line_of_a_replace_file_is_named_and_not_shown(stage: Stage) -> None:
    trip = stage("decided")
    values = trip.source.with_name("values.txt")
    values.write_bytes(b"fine\nregex:(hidden\n")
    refused = run("--no-input", "--case", str(trip.case), "plan", "--replace-file", str(values), *REASON)
    assert_refused(refused, ExitCode.USAGE, "line 2 of the file of --replace-file")
    assert "hidden" not in refused.err


def test_commits_are_dropped_reworded_and_squashed_and_the_release_goes_on(stage: Stage) -> None:
    trip = stage("decided")
    lines = git(trip.source / ".git", "log", "--first-parent", "--format=%H %cs", "main").decode().splitlines()
    history = [line.split() for line in lines]
    message = trip.source.with_name("message.txt")
    message.write_text("Count beds by month\n\nIn place of a message that said nothing.\n", encoding="utf-8")
    boundary = history[-3][1]
    words = ("--squash-before", boundary, "--drop-commit", history[1][0][:10])
    planned = trip.ask("plan", *words, "--reword", history[0][0][:10], "--message-file", str(message), *REASON)
    assert {choice["option"] for choice in planned["choices"]} == {"--squash-before", "--drop-commit", "--reword"}
    trip.say("plan", "--approve", "--by", LEAD)
    trip.rewrite()
    checks = {check["id"]: check["passed"] for check in trip.ask("verify")["checks"]}
    assert checks["commits-chosen"]
    log = git(trip.public, "log", "--format=%s", "main").decode().splitlines()
    assert log[0] == "Count beds by month"
    assert log[-1].startswith("Publish ")
    assert git(trip.public, "rev-parse", "main^{tree}") != b""
    trip.release()


@pytest.mark.parametrize(
    ("words", "telling"),
    [
        (("--squash-before", "last year", *REASON), "--squash-before is not a date"),
        (("--drop-commit", "0123456789", *REASON), "means no commit"),
        (("--reword", "0123456789", *REASON), "one --message-file FILE for each"),
        (("--squash-before", "2090-01-01", "--option", "squash", *REASON), "--option rewrite"),
    ],
)
def test_commits_that_cannot_be_chosen_are_refused(stage: Stage, words: tuple[str, ...], telling: str) -> None:
    trip = stage("decided")
    assert_refused(run("--no-input", "--case", str(trip.case), "plan", *words), ExitCode.USAGE, telling)


def test_every_notebook_is_stripped_without_a_decision_about_it(stage: Stage) -> None:
    trip = stage("audited")
    keep = ("--action", "keep", "--source", "invented for the demo", *REASON, "--by", LEAD)
    trip.say("decide", "--all", "--state", "open", "--category", "file", *keep)
    trip.decide_everything()
    trip.plan("--strip-notebooks", *REASON)
    trip.rewrite()
    checks = {check["id"]: check["passed"] for check in trip.ask("verify")["checks"]}
    assert checks["notebooks-chosen"]
