"""Sources with damage: what could not be read is named, settled by a person, and stays on the record for ever."""

from pathlib import Path

import pytest

from fixtures.kit.damage import object_at
from fixtures.kit.evidence import digest_tree
from fixtures.kit.plain_git import fsck, git, texts
from fixtures.kit.story import BuiltStory, Tell
from fixtures.repos import corrupt_object, missing_object
from opensafe.errors import ExitCode
from opensafe.stories.workshop import Workshop
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_trip import IG_LEAD, LEAD, Trip

DAMAGED = {"corrupt_object": corrupt_object.DAMAGED.decode(), "missing_object": missing_object.ABSENT.decode()}
REASONS = {"corrupt_object": "corrupt", "missing_object": "missing"}


def _damaged_oid(built: BuiltStory, name: str) -> str:
    workshop = Workshop.open(built.path.with_name("asked"), bare=True)
    workshop.repository.borrow_objects([built.git_dir / "objects"])
    branch = git(built.git_dir, "rev-parse", "wards").decode().strip()
    return object_at(workshop, f"{branch}:{DAMAGED[name]}")


@pytest.mark.parametrize("name", DAMAGED)
def test_an_audit_names_the_damaged_object_and_reads_all_others(story: Tell, name: str) -> None:
    built = story(name)
    trip = Trip.start(built.path)
    audited = trip.say("audit", code=ExitCode.INCOMPLETE)
    assert "Incomplete: what was skipped is not known to be clean." in audited.out
    coverage = trip.ask("findings")["coverage"]
    (skip,) = coverage["skipped"]
    oid = _damaged_oid(built, name)
    assert (skip["oid"], skip["path"], skip["reason"]) == (oid, DAMAGED[name], REASONS[name])
    assert (skip["state"], coverage["complete"]) == ("open", False)
    assert coverage["read"] == coverage["objects"] - 1
    assert f"{skip['id']}  {REASONS[name]}  {DAMAGED[name]} {oid}" in audited.out
    assert trip.findings(category="secret")[0]["places"][0]["path"] == "R/upload.R"


@pytest.mark.parametrize("action", ["accept", "remove-file"])
@pytest.mark.parametrize("name", DAMAGED)
def test_a_person_settles_it_and_the_journey_goes_on_to_a_release_that_says_so(
    story: Tell, name: str, action: str, tmp_path: Path
) -> None:
    built = story(name)
    before = digest_tree(built.path)
    trip = Trip.start(built.path)
    trip.audit()
    trip.say("status", "--exit-code", code=ExitCode.INCOMPLETE)
    skip = trip.skips()[0]["id"]
    trip.say("decide", skip, "--action", action, "--reason", "only counts", "--by", IG_LEAD)
    trip.decide_everything()
    coverage = trip.ask("findings")["coverage"]
    settled = {"accept": "accepted", "remove-file": "remove-file"}[action]
    assert (coverage["complete"], coverage["skipped"][0]["state"]) == (False, settled)
    trip.plan()
    trip.rewrite()
    trip.release()

    sentence = f"The reading was incomplete, accepted by {IG_LEAD}."
    assert trip.ask("report")["verdict"]["sentence"].endswith(sentence)
    assert not trip.ask("report")["audit"]["coverage"]["complete"]
    trip.say("report", "--output", str(tmp_path / "report.html"))
    assert sentence in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert DAMAGED[name].encode() not in {text.path for text in texts(trip.public)}
    assert fsck(trip.public) == frozenset()
    assert digest_tree(built.path) == before


@pytest.mark.parametrize("name", DAMAGED)
def test_a_skip_that_nobody_settled_stops_the_approval(story: Tell, name: str) -> None:
    trip = Trip.start(story(name).path)
    trip.audit()
    trip.say("decide", "--all", "--state", "open", "--action", "redact", "--by", LEAD)
    trip.say("plan")
    refused = run("--case", str(trip.case), "plan", "--approve", "--by", LEAD)
    assert_refused(refused, ExitCode.INCOMPLETE, "1 skip not settled", "opensafe decide S-")


def test_a_skip_is_accepted_with_a_reason_and_by_a_name_and_only_a_skip(story: Tell) -> None:
    trip = Trip.start(story("missing_object").path)
    trip.audit()
    skip, finding = trip.skips()[0]["id"], trip.findings()[0]["id"]
    case = ("--no-input", "--case", str(trip.case), "decide")
    assert_refused(run(*case, skip, "--action", "accept", "--by", LEAD), ExitCode.USAGE, "--reason TEXT")
    assert_refused(run(*case, skip, "--action", "accept", "--reason", "counts"), ExitCode.USAGE, "--by NAME")
    assert_refused(run(*case, skip, "--action", "redact", "--by", LEAD), ExitCode.USAGE, skip)
    wrong = run(*case, finding, "--action", "accept", "--reason", "counts", "--by", LEAD)
    assert_refused(wrong, ExitCode.USAGE, f"{finding} is a finding, not a skip")
    assert trip.skips()[0]["state"] == "open"
