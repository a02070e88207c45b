"""The same decisions about the same source give the same commits, whoever's case it is and whatever its key."""

from fixtures.kit.plain_git import git
from tests.journey.journey_commands import run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD, Trip


def test_two_cases_of_one_source_give_the_same_ids(stage: Stage) -> None:
    trip = stage("approved")
    trip.rewrite()
    other = Trip(trip.source, trip.source.with_name("other.opensafe"))
    opened = run("--case", str(other.case), "start", str(trip.source), "--organisation", "Another", "--by", LEAD)
    assert opened.code == 0, opened.err
    assert (other.case / "key").read_bytes() != (trip.case / "key").read_bytes()
    other.audit()
    other.decide_everything()
    other.plan()
    other.rewrite()
    assert git(other.public, "for-each-ref") == git(trip.public, "for-each-ref")
