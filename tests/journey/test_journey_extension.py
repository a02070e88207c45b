"""The source goes on after a release: the public history is extended, and replaced only when somebody approves it."""

import json
import shutil
from pathlib import Path

import pytest

from fixtures.kit.evidence import digest_tree
from fixtures.kit.plain_git import git
from opensafe.casefile.folder import Case
from opensafe.casefile.plans import load_claim
from opensafe.casework.former_result import recover
from opensafe.errors import ExitCode
from opensafe.stories.builder import MAIN, History, Person
from opensafe.stories.fakes import Fakes
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import EVIDENCE, IG_LEAD, LEAD, Trip

FIELDS = "--format=%(objectname) %(refname)"


def grow(source: Path) -> None:
    """Two more commits on main by a newcomer, the first with a password."""
    history = History(Person(b"Pat Nobody", b"pat.nobody@example.org"), start=1_700_000_000)
    password = Fakes("after the release").password()
    history.commit(b"Add a second ward\n", {b"R/second.R": b'password <- "%s"\n' % password})
    history.commit(b"Explain it\n", {b"R/second.R": b"# the second ward\n"})
    whole = history.stream().replace(b"reset %s\n\n" % MAIN, b"")
    head, file_command, rest = whole.partition(b"M 100644")
    git(source / ".git", "fast-import", "--quiet", stdin=head + b"from %s^0\n" % MAIN + file_command + rest)


def go_on(trip: Trip) -> None:
    trip.audit("--since-last")
    trip.decide_everything()
    trip.rotate_everything()
    trip.plan()


def release_again(trip: Trip) -> None:
    """What was attested for the release before does not count for this one."""
    trip.say("release", "--prepare")
    attest = ("--answer", "met", "--role", "ig-lead", "--by", IG_LEAD, "--evidence", EVIDENCE)
    for row in trip.ask("check", code={ExitCode.DONE, ExitCode.NOT_READY})["rows"]:
        if row["stale"]:
            trip.say("attest", row["id"], *attest)
    trip.sign()
    trip.say("release")


def test_a_release_is_extended_and_released_again(stage: Stage) -> None:
    trip = stage("released")
    was = git(trip.public, "for-each-ref", FIELDS).decode().splitlines()
    tip = git(trip.public, "rev-parse", "main").decode().strip()
    grow(trip.source)
    before = digest_tree(trip.source)
    go_on(trip)
    assert trip.ask("plan")["reach"] == {"first": "", "commits": 0, "refs": 0, "documents": 0}
    trip.say("plan", "--approve", "--by", LEAD)
    extended = trip.ask("rewrite")["details"]
    assert (extended["extends"], extended["new_commits"], extended["displaced"]) == (True, 2, [])
    verified = trip.ask("verify")
    assert verified["passed"]
    assert "documents-carried" in {check["id"] for check in verified["checks"]}
    assert git(trip.public, "log", "-2", "--format=%s", "main") == b"Explain it\nAdd a second ward\n"
    assert git(trip.public, "rev-parse", "main~2").decode().strip() == tip
    kept = [line for line in was if not line.endswith("refs/heads/main")]
    now = git(trip.public, "for-each-ref", FIELDS).decode().splitlines()
    assert set(kept) <= set(now)
    release_again(trip)
    assert git(trip.public, "tag", "--points-at", "main") != b""
    assert newest_notes(trip) == ["- Added: Add a second ward", "- Changed: Explain it"]
    assert digest_tree(trip.source) == before


def newest_notes(trip: Trip) -> list[str]:
    """What the changelog says of the newest version, below its heading."""
    _, section, *_ = git(trip.public, "show", "main:NEWS.md").decode().split("# ", 2)
    return [line for line in section.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("option", ["squash", "new-repository"])
def test_what_came_since_a_squash_is_one_commit_on_top_of_it(stage: Stage, option: str) -> None:
    trip = stage("decided")
    options = ("--option", option, "--reason", "nobody can vouch for the early commits")
    trip.plan(*options)
    trip.rewrite()
    trip.scaffold()
    tip = git(trip.public, "rev-parse", "main").decode().strip()
    grow(trip.source)
    trip.audit("--since-last")
    trip.decide_everything()
    trip.rotate_everything()
    assert trip.ask("plan", *options)["reach"]["commits"] == 0
    trip.say("plan", "--approve", "--by", LEAD)
    made = trip.ask("rewrite")
    assert (made["details"]["extends"], made["details"]["new_commits"]) == (True, 1)
    assert trip.ask("verify")["passed"]
    assert git(trip.public, "rev-parse", "main^").decode().strip() == tip
    assert b"LICENCE" in git(trip.public, "ls-tree", "--name-only", "main")
    assert b"\n\nCommits: 2\nAuthors: 1\n" in git(trip.public, "log", "-1", "--format=%B", "main")


def test_the_notes_of_a_version_after_a_squash_tell_what_came_since_the_one_before(stage: Stage) -> None:
    trip = stage("decided")
    options = ("--option", "squash", "--reason", "nobody can vouch for the early commits")
    trip.plan(*options)
    trip.rewrite()
    trip.release()
    first = newest_notes(trip)
    trip.say("release", "--prepare", "--version", "0.8.0")
    assert newest_notes(trip) == []
    grow(trip.source)
    trip.audit("--since-last")
    trip.decide_everything()
    trip.rotate_everything()
    trip.plan(*options)
    trip.rewrite()
    trip.say("release", "--prepare", "--version", "0.9.0")
    assert newest_notes(trip) == ["- Added: Add a second ward", "- Changed: Explain it"]
    assert len(first) > 3


def test_the_same_run_again_changes_nothing(stage: Stage) -> None:
    trip = stage("scaffolded")
    refs = git(trip.public, "for-each-ref")
    claim = load_claim(Case.open(trip.case))
    trip.say("rewrite")
    assert git(trip.public, "for-each-ref") == refs
    assert load_claim(Case.open(trip.case)) == claim
    trip.say("verify")


def test_a_decision_that_reaches_back_is_told_and_has_to_be_approved(stage: Stage) -> None:
    trip = stage("scaffolded")
    named = next(f for f in trip.findings(category="name") if f["state"] == "rename" and f["occurrences"] > 3)
    trip.say("decide", named["id"], "--action", "rename", "--to", "Somebody Else", "--by", LEAD)
    planned = trip.ask("plan")
    assert planned["reach"]["commits"] > 0
    assert planned["reach"]["documents"] == 2
    assert git(trip.public, "cat-file", "-t", planned["reach"]["first"]) == b"commit\n"
    trip.say("plan", "--approve", "--by", LEAD)
    assert trip.ask("rewrite")["details"]["extends"] is False
    assert trip.ask("verify")["passed"]
    assert b"LICENCE" not in git(trip.public, "ls-tree", "--name-only", "main")
    assert trip.ask("plan")["reach"]["commits"] == 0


def test_more_than_was_approved_is_refused(stage: Stage) -> None:
    """Documents that came after the approval are not given up by it."""
    trip = stage("verified")
    named = next(f for f in trip.findings(category="name") if f["state"] == "rename" and f["occurrences"] > 3)
    trip.say("decide", named["id"], "--action", "rename", "--to", "Somebody Else", "--by", LEAD)
    trip.plan()
    trip.scaffold()
    refs = git(trip.public, "for-each-ref")
    refused = run("--case", str(trip.case), "rewrite")
    assert_refused(refused, ExitCode.USAGE, "not what was approved", "2 commits that opensafe added")
    assert git(trip.public, "for-each-ref") == refs


def test_what_somebody_put_into_the_new_history_is_not_taken_for_ours(stage: Stage) -> None:
    trip = stage("scaffolded")
    tree = git(trip.public, "rev-parse", "main^{tree}").decode().strip()
    stranger = git(trip.public, "commit-tree", tree, "-p", "main", "-m", "By hand").decode().strip()
    git(trip.public, "update-ref", "refs/heads/main", stranger)
    assert_refused(run("--case", str(trip.case), "rewrite"), ExitCode.USAGE, "1 commit that opensafe did not make")


@pytest.mark.parametrize("point", ["before", "between", "after"])
def test_a_switch_that_is_killed_leaves_one_history_with_its_claim(stage: Stage, tmp_path: Path, point: str) -> None:
    """The states that a kill can leave, made by hand: nothing renamed yet, the former one aside, both renamed."""
    trip = stage("scaffolded")
    claim, added = ((trip.case / name).read_bytes() for name in ("claim.json", "added.json"))
    shutil.copytree(trip.public, tmp_path / "scaffolded.git")
    grow(trip.source)
    go_on(trip)
    trip.say("rewrite")
    extended = (trip.case / "claim.json").read_bytes()
    refs = (line.split(" ") for line in git(trip.public, "for-each-ref", FIELDS).decode().splitlines())
    switched = {"all_refs": {name.encode().hex(): oid for oid, name in refs}, "afresh": False, "joined": None}
    (trip.case / "claim-next.json").write_text(json.dumps({**json.loads(extended), **switched}))
    (trip.case / "claim.json").write_bytes(claim)
    if point == "before":
        shutil.rmtree(trip.public)
        shutil.copytree(tmp_path / "scaffolded.git", trip.public)
    else:
        shutil.copytree(tmp_path / "scaffolded.git", trip.case / "former.git")
    if point == "between":
        shutil.rmtree(trip.public)

    case = Case.open(trip.case)
    with case.writing("test"):
        recover(case)
    assert (trip.case / "claim.json").read_bytes() == (extended if point == "after" else claim)
    assert (trip.case / "added.json").read_bytes() == added
    assert not (trip.case / "former.git").exists()
    assert not (trip.case / "claim-next.json").exists()
    trip.say("rewrite")
    assert (trip.case / "claim.json").read_bytes() == extended
    trip.say("verify")
