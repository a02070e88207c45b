"""`plan --show`: before anything is rewritten, what a commit, a tag or a file will be, without a value in it."""

import pytest

from fixtures.kit.evidence import digest_tree, forms_of
from fixtures.kit.plain_git import git
from opensafe.errors import ExitCode
from opensafe.stories.demo_files import Cast
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD, Trip

CAST = Cast.chosen()
PEOPLE = (CAST.lead, CAST.analyst, CAST.scientist, CAST.consultant)
PLANTED = (
    *(CAST.token, CAST.password, CAST.test_password),
    *(patient.nhs_number.encode() for patient in CAST.patients),
    *(part for person in PEOPLE for part in (person.name, person.email)),
)


def _lines(source_log: bytes) -> list[str]:
    return source_log.decode().split()


def _everything(trip: Trip) -> list[str]:
    """Every commit and tag of the source, and every file of some commits."""
    dot_git = trip.source / ".git"
    commits = _lines(git(dot_git, "rev-list", "--all"))
    tags = _lines(git(dot_git, "for-each-ref", "--format=%(refname)", "refs/tags"))
    files = [
        f"{commit}:{path}"
        for commit in _lines(git(dot_git, "rev-list", "--branches"))[::3]
        for path in git(dot_git, "ls-tree", "-r", "--name-only", commit).decode().splitlines()
    ]
    return [*commits, *tags, *files]


@pytest.mark.parametrize("at", ["audited", "decided"])
def test_whatever_is_shown_holds_no_value_and_nothing_is_written(stage: Stage, at: str) -> None:
    trip = stage(at)
    before = digest_tree(trip.source), digest_tree(trip.case)
    printed = [trip.say("plan", "--show", what).out.encode() for what in _everything(trip)]
    told = b"".join(printed)
    assert [value for value in PLANTED if any(form in told for form in forms_of(value))] == []
    assert len(printed) > 40
    assert (digest_tree(trip.source), digest_tree(trip.case)) == before


def test_values_that_are_kept_are_masked_too(stage: Stage) -> None:
    """A preview goes into mails and tickets; that somebody agreed to stand in the history does not change that."""
    trip = stage("audited")
    keep = ("--action", "keep", "--reason", "wants the credit", "--by", LEAD)
    trip.say("decide", "--all", "--category", "name", *keep)
    told = trip.say("plan", "--show", "main").out
    assert "author: Person " in told
    assert all(person.name.decode() not in told for person in PEOPLE)


def test_a_commit_is_told_with_its_people_its_message_and_its_files(stage: Stage) -> None:
    trip = stage("decided")
    dot_git = trip.source / ".git"
    commit = git(dot_git, "log", "-1", "--format=%H", "--grep=Remove the sample", "--branches").decode().strip()
    shown = trip.ask("plan", "--show", commit)
    assert (shown["kind"], shown["oid"], shown["changes"]) == ("commit", commit, True)
    assert [person["role"] for person in shown["people"]] == ["author", "committer"]
    assert shown["people"][0]["before"] == "Person 2 (name) <Person 2 (e-mail address)>"
    assert shown["people"][0]["after"] == "Person 2 <person-2@example.invalid>"
    assert shown["message"][:3] == [
        "@ line 1",
        "- Remove the sample, Person 1 (name) says it must not be in here",
        "+ Remove the sample, Person 1 says it must not be in here",
    ]
    assert shown["files"] == []
    assert "R/connect.R" in shown["inherited"]


def test_a_file_is_told_at_the_tip_and_in_a_commit(stage: Stage) -> None:
    trip = stage("decided")
    told = trip.say("plan", "--show", "main:R/connect.R").out
    assert told == trip.say("plan", "--show", "R/connect.R").out
    (file,) = trip.ask("plan", "--show", "R/connect.R")["files"]
    assert (file["path"], file["fate"], file["becomes"]) == ("R/connect.R", "changed", None)
    assert any(line.startswith("+ # Person ") for line in file["parts"][0]["lines"])


def test_files_that_go_and_files_that_stay_are_called_so(stage: Stage) -> None:
    trip = stage("decided")
    dot_git = trip.source / ".git"
    commit = git(dot_git, "log", "-1", "--format=%H", "--grep=Sample to check", "--branches").decode().strip()
    (gone,) = trip.ask("plan", "--show", f"{commit}:data/readmissions_sample.csv")["files"]
    assert (gone["fate"], gone["why"], gone["parts"]) == ("removed", "that was decided", [])
    (kept,) = trip.ask("plan", "--show", "R/occupancy.R")["files"]
    assert (kept["fate"], kept["parts"]) == ("kept", [])


def test_the_lines_that_are_announced_are_those_of_the_new_history(stage: Stage) -> None:
    """Where nothing is kept, each `+` line of a file at the tip stands in the rewritten file."""
    trip = stage("approved")
    announced = {
        path: [line[2:] for part in file["parts"] for line in part["lines"] if line.startswith("+ ")]
        for path in ("R/connect.R", "R/upload.R", "DESCRIPTION")
        for file in trip.ask("plan", "--show", path)["files"]
    }
    trip.say("rewrite")
    for path, lines in announced.items():
        written = git(trip.public, "show", f"main:{path}").decode().splitlines()
        assert [line for line in lines if line not in written] == []
    assert sum(map(len, announced.values())) >= 2


def test_an_option_that_gives_the_commit_up_says_so(stage: Stage) -> None:
    trip = stage("decided")
    trip.say("plan", "--option", "squash", "--reason", "too many early commits")
    assert "The planned option (squash) does not keep it" in trip.say("plan", "--show", "main").out
    assert "does not keep it" not in trip.say("plan", "--show", "DESCRIPTION").out


def test_what_nobody_knows_is_refused_without_repeating_it(stage: Stage) -> None:
    trip = stage("decided")
    refused = run("--case", str(trip.case), "plan", "--show", "no/such:thing")
    assert_refused(refused, ExitCode.USAGE, "no commit, no tag and no file", "COMMIT:path/to/file")
    assert "no/such" not in refused.err


@pytest.mark.parametrize("other", [("--approve", "--by", LEAD), ("--option", "rewrite")])
def test_looking_is_not_mixed_with_deciding(stage: Stage, other: tuple[str, ...]) -> None:
    trip = stage("decided")
    refused = run("--case", str(trip.case), "plan", "--show", "HEAD", *other)
    assert_refused(refused, ExitCode.USAGE, "--show only looks")
    assert not (trip.case / "approval.json").exists()


def test_a_line_of_a_reflog_does_not_hide_the_message_of_its_commit(stage: Stage) -> None:
    """Whoever works in a repository has one line for each commit there, with their name."""
    trip = stage("started")
    tip = git(trip.source / ".git", "rev-parse", "main").decode().strip()
    who = f"{CAST.lead.name.decode()} <{CAST.lead.email.decode()}> 1700000000 +0000"
    log = trip.source / ".git" / "logs" / "HEAD"
    log.parent.mkdir(exist_ok=True)
    with log.open("a", encoding="utf-8", newline="\n") as lines:
        lines.write(f"{'0' * 40} {tip} {who}\tcommit: by {CAST.lead.name.decode()}\n")
    trip.audit()
    trip.decide_everything()
    message = trip.ask("plan", "--show", tip)["message"]
    assert message
    assert not any("cannot be shown" in line for line in message)


def test_a_commit_that_is_dropped_is_said_to_go(stage: Stage) -> None:
    trip = stage("decided")
    dropped, after = _lines(git(trip.source / ".git", "rev-list", "--first-parent", "main"))[3:1:-1]
    assert trip.ask("plan", "--show", dropped)["goes"] is False
    trip.say("plan", "--drop-commit", dropped, "--reason", "it says nothing")
    assert trip.ask("plan", "--show", dropped)["goes"] is True
    assert "goes: the commit after it takes up its changes" in trip.say("plan", "--show", dropped).out
    assert trip.ask("plan", "--show", after)["goes"] is False
