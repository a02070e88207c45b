"""Every story that can be rewritten is: what was planted is gone from the new history, as plain git reads it."""

from itertools import product

import pytest

from fixtures import repos
from fixtures.kit.evidence import digest_tree, forms_of
from fixtures.kit.plain_git import fsck, texts, unpacked
from fixtures.kit.story import BuiltStory, Planted, Tell
from opensafe.errors import ExitCode
from opensafe.model.finding import Category
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_trip import Trip

ELSEWHERE = {"corrupt_object", "missing_object", "hostile_source", "long_history"}  # in files of their own here
NOTHING_TO_PUBLISH = {"empty_repository"}
REWRITABLE = sorted(set(repos.names()) - ELSEWHERE - NOTHING_TO_PUBLISH)

OPTIONS = {"borrowed_objects": ("--follow-alternates",)}
PLANS = {"sha256_repository": ("--option", "squash", "--reason", "git-filter-repo cannot rewrite SHA-256 ids")}
COMPLAINTS = {"nulInCommit", "badTimezone", "badDateOverflow"}
"""What the proof allows to stay: an oddity of a commit of the source that says nothing."""


def _roster(built: BuiltStory) -> tuple[str, ...]:
    """The names in the names of files, as the team's list: nothing in the repository says that they are people."""
    people = [p.value.decode() for p in built.planted if p.category is Category.NAME and p.kind == "path"]
    if not people:
        return ()
    roster = built.path.with_name("roster.csv")
    roster.write_text("\n".join(["name", *people, ""]), encoding="utf-8", newline="\n")
    return ("--roster", str(roster))


def _left(built: BuiltStory, trip: Trip) -> list[Planted]:
    """The published values that still stand in the new history in any form: in a file, a message, a name."""
    everything = [layer for text in texts(trip.public) for layer in unpacked(text.data)]
    published = [planted for planted in built.planted if planted.published and planted.value]
    return [p for p in published if any(f in layer for f, layer in product(forms_of(p.value), everything))]


@pytest.mark.parametrize("name", REWRITABLE)
def test_what_was_planted_is_gone_and_the_source_is_as_it_was(story: Tell, name: str) -> None:
    built = story(name)
    before = digest_tree(built.path)
    trip = Trip.start(built.path, *OPTIONS.get(name, ()))
    trip.audit(*_roster(built))
    trip.decide_everything()
    trip.plan(*PLANS.get(name, ()))
    trip.rewrite()

    assert _left(built, trip) == []
    assert fsck(trip.public) <= COMPLAINTS
    assert digest_tree(built.path) == before


@pytest.mark.parametrize("name", sorted(NOTHING_TO_PUBLISH))
def test_a_repository_without_a_commit_has_nothing_to_rewrite(story: Tell, name: str) -> None:
    trip = Trip.start(story(name).path)
    trip.audit()
    (finding,) = trip.findings()
    assert [(place["kind"], place["published"]) for place in finding["places"]] == [("index", False)]
    trip.decide_everything()
    refused = run("--case", str(trip.case), "plan")
    assert_refused(refused, ExitCode.USAGE, "no branch with a commit would be published")
