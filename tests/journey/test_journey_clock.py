"""A clock that goes back: what was said last holds, what ran out stays so, and the log says what the clock said."""

import pytest

from opensafe.errors import ExitCode
from tests.journey.journey_clock_kit import Timed, at_moments
from tests.journey.journey_commands import assert_refused
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import EVIDENCE, IG_LEAD, LEAD, Trip

SAID, LAST, AFTER = "2030-01-04 12:00", "2030-01-05 12:00", "2030-01-06 12:00"
"""When people say what is tested here, the last day on which it holds, and the day after."""

WRITE = ("rotate", "public", "--never", "--by", LEAD)
_UNTIL = ("--by", LEAD, "--expires", LAST[:10])
_DECIDE = ("decide", "--all", "--category", "secret", "--second", IG_LEAD, "--reason", "of no use", *_UNTIL, "--action")
_RISK = ("--description", "It may work", "--subject", "Archive", "--treatment", "Reads only", "--by", LEAD)
_SCORES = ("--likelihood", "1", "--severity", "1", "--new-likelihood", "1", "--new-severity", "1")
_ACCEPT = ("--state", "accepted-risk", "--risk", "R-1", "--evidence", EVIDENCE, "--second", IG_LEAD, *_UNTIL)
_THREAT = ("--attacker", "somebody", "--adds", "thresholds", "--harm", "claims below them", "--reason", "a reason")
RUNS_OUT = {
    "keep": (((*_DECIDE, "keep"),), ("status",), "which has run out"),
    "suppression": (((*_DECIDE, "not-a-finding"),), ("status",), "which has run out"),
    "accepted risk": (
        (("risk", "add", *_RISK, *_SCORES), ("rotate", "record", "ID", *_ACCEPT)),
        ("rotate", "list"),
        "(over)",
    ),
    "category exception": (
        (("category", "set", "closed", *_THREAT, *_UNTIL),),
        ("category", "list"),
        f"Closed by an exception that ended on {LAST[:10]}",
    ),
}
"""What people say until a day, the command that shows it, and what that says once the day is over."""

NEXT = (
    "  next: set the clock; if it is right, another one was ahead: opensafe log verify, then opensafe log correct-day\n"
)


def _late(clock: str, reached: str) -> str:
    return f"the clock of this computer is at {clock[:10]}, and the record of this case has reached {reached[:10]}"


def _warning(clock: str, reached: str) -> str:
    return f"warning: {_late(clock, reached)}, which is the day that counts\n{NEXT}"


def _said(trip: Trip, what: str) -> list[Timed]:
    credential = next(row["finding"] for row in trip.ask("rotate", "list")["rotations"] if row["severity"] == "high")
    return [(SAID, tuple(credential if word == "ID" else word for word in words)) for words in RUNS_OUT[what][0]]


@pytest.mark.parametrize("what", RUNS_OUT)
def test_what_ran_out_stays_so_when_the_clock_is_set_back(stage: Stage, what: str) -> None:
    trip = stage("audited")
    _, ask, over = RUNS_OUT[what]
    *said, holds, wrote, ended, back, wrote_again, far_back, forward = at_moments(
        trip,
        *_said(trip, what),
        (LAST, ask),
        (AFTER, WRITE),
        (AFTER, ask),
        (LAST, ask),
        (LAST, WRITE),
        (SAID, ask),
        (AFTER, ask),
    )
    assert {ran.code for ran in (*said, holds, wrote, ended, back, wrote_again, far_back, forward)} == {0}, said
    assert over not in holds.out
    assert over in ended.out
    assert [ran.out for ran in (back, far_back, forward)] == [ended.out] * 3
    assert [ran.err for ran in (holds, ended, forward)] == [ended.err] * 3
    assert back.err == _warning(LAST, AFTER) + ended.err
    assert far_back.err == _warning(SAID, AFTER) + ended.err  # an entry on a clock that went back proves no less
    assert [entry["details"].get("reached") for entry in trip.ask("log", "show")["entries"][-2:]] == [None, AFTER[:10]]


@pytest.mark.parametrize("what", RUNS_OUT)
def test_where_the_record_has_not_reached_a_day_the_clock_counts(stage: Stage, what: str) -> None:
    trip = stage("audited")
    _, ask, over = RUNS_OUT[what]
    *_, ended, back = at_moments(trip, *_said(trip, what), (AFTER, ask), (LAST, ask))
    assert (over in ended.out, over in back.out) == (True, False)
    assert "the clock" not in ended.err + back.err


def test_a_new_decision_may_not_end_before_the_day_that_the_record_has_reached(stage: Stage) -> None:
    trip = stage("audited")
    past, *_, last = at_moments(trip, (AFTER, WRITE), (LAST, (*_DECIDE, "keep")), (SAID, (*_DECIDE, "keep")))
    assert past.code == 0
    assert last.code == ExitCode.USAGE
    assert last.err == _warning(SAID, AFTER) + (
        "error: the decision would have run out already\n  next: --expires takes the last day of it\n"
    )


def test_a_clock_that_was_ahead_is_told_stops_a_release_and_is_corrected_by_name(stage: Stage) -> None:
    trip = stage("audited")
    correct = ("log", "correct-day", "--by", IG_LEAD)
    why = ("--reason", "the laptop of a colleague was a year ahead")
    kept, ahead, status, verified, bare, corrected, after, again, once = at_moments(
        trip,
        (SAID, (*_DECIDE, "keep")),
        ("2031-03-01 09:00", WRITE),
        (SAID, ("--quiet", "status")),
        (SAID, ("log", "verify")),
        (SAID, correct),
        (SAID, ("--json", *correct, *why)),
        (SAID, ("status",)),
        (AFTER, ("status",)),
        (AFTER, (*correct, *why)),
    )
    assert (kept.code, ahead.code) == (0, 0)
    assert status.err == _warning(SAID, "2031-03-01")
    assert "which has run out" in status.out
    number = len(trip.ask("log", "show")["entries"]) - 1
    later = f"Later than the clock of this computer: {number}. This clock is behind, or another one was ahead"
    assert later in verified.out
    assert verified.err.startswith(_warning(SAID, "2031-03-01"))
    assert (bare.code, corrected.code) == (ExitCode.USAGE, 0)
    assert "a correction needs a person and a reason" in bare.err
    told = corrected.document()
    assert told["what"] == "Corrected the day from 2031-03-01 to 2030-01-04."
    assert told["details"] == {"before": "2031-03-01", "day": "2030-01-04"}
    assert ("which has run out" in after.out, "the clock" in after.err) == (False, False)
    assert ("which has run out" in again.out, "the clock" in again.err) == (True, False)
    assert_refused(once, ExitCode.USAGE, "there is nothing to correct")
    entry = trip.ask("log", "show")["entries"][-1]
    assert (entry["by"], entry["why"]) == (IG_LEAD, why[1])
    assert entry["details"] == {"reached": "2030-01-04", "corrected": "2031-03-01"}
    assert f"Older than the entry before: {number + 1}." in trip.say("log", "verify").out


def test_nothing_is_prepared_or_tagged_while_the_clock_is_behind(stage: Stage) -> None:
    trip = stage("scaffolded")
    trip.rotate_everything()
    trip.sign()
    before = trip.ask("status")
    _, prepared, tagged, status = at_moments(
        trip,
        (AFTER, WRITE),
        (LAST, ("release", "--prepare", "--version", "7.0.0")),
        (LAST, ("release",)),
        (LAST, ("--json", "status")),
    )
    for refused in (prepared, tagged):
        assert (refused.code, refused.out) == (ExitCode.USAGE, "")
        assert refused.err == _warning(LAST, AFTER) + f"error: {_late(LAST, AFTER)}\n{NEXT}"
    assert status.document() == before
    (done,) = at_moments(trip, (AFTER, ("release",)))
    assert (done.code, "the clock" in done.err) == (0, False)


def test_order_is_that_of_the_record_not_of_the_clock(stage: Stage) -> None:
    trip = stage("audited")
    decide = ("decide", "--all", "--category", "secret", "--by", LEAD, "--action")
    done = at_moments(
        trip,
        ("2022-06-01 12:00", (*decide, "redact")),
        ("2021-06-01 12:00", (*decide, "not-a-finding", "--reason", "said later, on a clock that had gone back")),
        ("2021-06-01 12:01", WRITE),
        ("2020-02-29 23:59", ("plan",)),
        ("2022-06-02 12:00", ("report",)),
    )
    assert [ran.code for ran in done] == [0] * 5, done
    assert {finding["state"] for finding in trip.findings(category="secret")} == {"not-a-finding"}
    entries = [entry for entry in trip.ask("log", "show")["entries"] if entry["os_user"] == "ddemo"]
    assert [(entry["time"][:10], entry["step"]) for entry in entries] == [
        ("2022-06-01", "decide"),
        ("2021-06-01", "decide"),
        ("2021-06-01", "rotate"),
        ("2020-02-29", "plan"),
        ("2022-06-02", "report"),
    ]
    told = trip.say("log", "verify").out
    decided = next(entry["seq"] for entry in trip.ask("log", "show")["entries"] if entry["time"].startswith("2022"))
    assert f"Older than the entry before: {decided}, {decided + 1}, {decided + 3}. A clock went back" in told
    assert trip.ask("log", "verify")["details"]["clock_went_back"] == [str(decided + more) for more in (0, 1, 3)]
    trip.say("status")
