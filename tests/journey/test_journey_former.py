"""What a squash and a new repository leave of the history: credit by consent, notes, a statement."""

import json

import pytest

from fixtures.kit.plain_git import git
from opensafe.stories.demo_files import Cast
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD, Trip

CAST = Cast.chosen()
REASON = "nobody can say what the early commits hold"


def _name_findings(trip: Trip, name: bytes) -> list[str]:
    """The findings about a person whose name this is: by the mask of their author line."""
    line = git(trip.source / ".git", "log", "--all", "--format=%H", f"--author={name.decode()}", "-1").decode().strip()
    shown = trip.ask("plan", "--show", line)["people"][0]["before"]
    person = shown.partition(" (name)")[0]
    return [f["id"] for f in trip.findings(category="name") if f["masked"].startswith(f"{person} (")]


def _credit(trip: Trip, name: bytes) -> None:
    """Somebody agreed to be named."""
    keep = ("--action", "keep", "--reason", "agreed to be named", "--by", LEAD)
    trip.say("decide", *_name_findings(trip, name), *keep)


def _given_up(stage: Stage, option: str, reason: str = REASON) -> Trip:
    """The demo, with credit for its lead, after this option and the documents for it."""
    trip = stage("audited")
    _credit(trip, CAST.lead.name)
    trip.decide_everything()
    trip.plan("--option", option, "--reason", reason)
    trip.rewrite()
    trip.scaffold()
    return trip


def _file(trip: Trip, path: str) -> str:
    return git(trip.public, "show", f"main:{path}").decode()


def _everything(trip: Trip) -> bytes:
    return git(trip.public, "cat-file", "--batch-all-objects", "--batch", "--buffer")


def test_a_squash_credits_who_agreed_and_counts_the_others(stage: Stage) -> None:
    trip = _given_up(stage, "squash")
    told = _file(trip, "CONTRIBUTORS.md")
    assert f"- {CAST.lead.name.decode()}\n" in told
    assert "2 more people contributed" in told
    everything = _everything(trip)
    assert [p.name for p in (CAST.analyst, CAST.scientist) if p.name in everything] == []
    assert git(trip.public, "ls-tree", "--name-only", "main", "PROVENANCE.md") == b""


def test_the_notes_of_the_first_version_are_made_of_the_lost_messages(stage: Stage) -> None:
    trip = _given_up(stage, "squash")
    notes = _file(trip, "NEWS.md")
    for line in ("Weekly plot", "Token from the environment", "Move the password to the environment"):
        assert line in notes
    assert "Publish" not in notes, "our own commits are no news"
    assert "[`NEWS.md`](NEWS.md)" in _file(trip, "README.md")


def test_what_was_added_is_covered_by_the_proof(stage: Stage) -> None:
    trip = _given_up(stage, "squash")
    checks = {check["id"]: check for check in trip.ask("verify")["checks"]}
    assert "CONTRIBUTORS.md" in checks["added-files"]["figure"]
    assert all(check["passed"] for check in checks.values())


def test_a_new_repository_states_where_it_comes_from_and_leads_nowhere(stage: Stage) -> None:
    trip = _given_up(stage, "new-repository")
    told = _file(trip, "PROVENANCE.md")
    assert f"for this reason: {REASON}\n" in told
    assert "| Commits before | 16 |\n" in told
    old = git(trip.source / ".git", "rev-list", "--all").decode().split()
    everything = _everything(trip)
    assert [oid for oid in old if oid.encode() in everything or oid[:7].encode() in told.encode()] == []
    assert b"Weekly plot" not in everything
    trip.finish()


@pytest.mark.parametrize(
    "reason",
    [
        "see https://git.trust.example/wards/issues/12",
        "the commit 0123abc shows why",
        f"{CAST.analyst.name.decode()} asked for it",
    ],
)
def test_a_reason_that_leads_back_stays_in_the_record(stage: Stage, reason: str) -> None:
    trip = _given_up(stage, "new-repository", reason)
    told = _file(trip, "PROVENANCE.md")
    assert reason not in told
    assert "stand in the record of the opening" in told
    assert reason in trip.say("log", "show").out


def test_a_history_that_is_kept_leaves_nothing_to_make_up_for(stage: Stage) -> None:
    trip = stage("scaffolded")
    assert json.loads((trip.case / "former.json").read_text())["former"] is None
    assert git(trip.public, "ls-tree", "--name-only", "main", "CONTRIBUTORS.md", "PROVENANCE.md") == b""


def test_nobody_is_credited_without_having_been_asked(stage: Stage) -> None:
    trip = stage("decided")
    trip.plan("--option", "squash", "--reason", REASON)
    trip.rewrite()
    trip.scaffold()
    assert git(trip.public, "ls-tree", "--name-only", "main", "CONTRIBUTORS.md") == b""
