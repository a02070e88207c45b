"""`opensafe log show`: all of it, or its end."""

from tests.journey.journey_stages import Stage


def test_the_last_entries_are_shown_and_that_they_are_not_all(stage: Stage) -> None:
    trip = stage("decided")
    whole = trip.say("log", "show").out.splitlines()
    told, *last = trip.say("log", "show", "--limit", "2").out.splitlines()
    assert told == f"The last 2 of {len(whole) - 1} entries; without --limit, all are shown."
    assert last == whole[-3:]
    assert trip.say("log", "show", "--limit", "5000").out.splitlines() == whole
    document = trip.ask("log", "show")
    assert trip.ask("log", "show", "--limit", "2") == {**document, "entries": document["entries"][-2:]}
