"""Deciding at a terminal: one group after the other, in plain lines, and nothing lost however it ends."""

import re
import sys

import pytest

from opensafe.errors import ExitCode
from opensafe.stories.demo_files import Cast
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_terminal import AtTerminal
from tests.journey.journey_trip import IG_LEAD, LEAD, Trip

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
CAST = Cast.chosen()
CHOICE, WHY, SECOND = "Your choice", "Why? It goes on the record", "Name of a second person"
SOURCE, OWNER, DAY, EVIDENCE = "Open or synthetic source", "Who owns the data", "When was that allowed", "What shows it"


def _walk(trip: Trip, *words: str) -> AtTerminal:
    return AtTerminal("--case", str(trip.case), "findings", "--walk", "--by", LEAD, *words)


def _states(trip: Trip, category: str) -> list[str]:
    return [finding["state"] for finding in trip.findings(category=category)]


def _heads(terminal: AtTerminal) -> list[str]:
    return re.findall(r"^Group (\d+ of \d+): ", terminal.printed, re.MULTILINE)


def test_groups_are_shown_and_decided_one_after_the_other(stage: Stage) -> None:
    trip = stage("audited")
    terminal = _walk(trip, "--category", "secret")
    for _ in trip.findings(category="secret"):
        terminal.choose(CHOICE, "redact")
    assert terminal.end() == ExitCode.DONE
    assert _states(trip, "secret") == ["redact"] * 3
    assert _heads(terminal) == ["1 of 3", "2 of 3", "3 of 3"]
    assert "suggested: redact: a credential, found with high confidence (strong)" in terminal.printed
    assert "█████" in terminal.printed
    assert {d["reason"] for d in trip.ask("report")["decisions"]} == {
        "suggested: a credential, found with high confidence"
    }


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"NO_COLOR": "", "TERM": "xterm-256color"}])
def test_no_value_but_names_is_shown_and_nothing_that_a_screen_reader_cannot_say(
    stage: Stage, environment: dict[str, str]
) -> None:
    """Neither what was found, nor what stands beside it in a table; no cursor moves, and colour is never needed.

    The exception are names: nobody can say of "Person 3" whether they want the credit.
    """
    trip = stage("audited")
    words = ("--case", str(trip.case), "findings", "--walk", "--by", LEAD)
    terminal = AtTerminal(*words, environment=environment)
    terminal.until(CHOICE)
    groups = int(_heads(terminal)[0].split()[-1])
    for _ in range(groups - 1):
        terminal.type_number("skip")
        terminal.until(CHOICE)
    terminal.type_number("stop here")
    assert terminal.end() == ExitCode.DONE
    assert len(_heads(terminal)) == groups
    values = [CAST.token.decode(), *(patient.born for patient in CAST.patients)]
    assert [value for value in values if value in terminal.printed] == []
    assert f"  reads: {CAST.scientist.name.decode()}" in terminal.printed
    plain = re.sub(r"\x1b\[[0-9;]*m", "", terminal.printed)
    assert all(line.isprintable() for line in plain.splitlines())
    assert ("\x1b" in terminal.printed) == ("TERM" in environment)


def test_an_answer_is_undone_and_given_again(stage: Stage) -> None:
    trip = stage("audited")
    first = trip.findings(category="secret")[0]["id"]
    trip.say("decide", first, "--action", "keep", "--path", "R/none.R", "--reason", "of before", "--by", IG_LEAD)
    before = [d for d in trip.ask("report")["decisions"] if not d["undo"]]
    terminal = _walk(trip, "--category", "secret")
    terminal.choose(CHOICE, "redact")
    terminal.choose(CHOICE, "undo the last answer")
    terminal.choose(CHOICE, "stop here")
    assert terminal.end() == ExitCode.DONE
    assert _heads(terminal) == ["1 of 3", "2 of 3", "1 of 3"]
    assert _states(trip, "secret") == ["open"] * 3
    history = [line for line in trip.say("show", first).out.splitlines() if line.startswith("  decided")]
    assert [line.partition(": ")[2].split()[0] for line in history] == ["keep", "redact", "withdrew", "keep"]
    assert trip.ask("report")["decisions"][-1] == before[0]


def test_what_was_skipped_comes_at_the_end_of_the_next_session(stage: Stage) -> None:
    trip = stage("audited")
    terminal = _walk(trip, "--category", "secret")
    terminal.choose(CHOICE, "skip for now")
    terminal.choose(CHOICE, "redact")
    terminal.choose(CHOICE, "stop here")
    assert terminal.end() == ExitCode.DONE
    assert "goes on from here" in terminal.printed
    skipped = re.findall(r"^Group 1 of 3: (.*)", terminal.printed, re.MULTILINE)[0]
    again = _walk(trip, "--category", "secret")
    again.choose(CHOICE, "redact")
    assert again.end() == ExitCode.DONE
    assert "1 group to decide about. 1 group skipped before" in again.printed
    last = _walk(trip, "--category", "secret")
    last.choose(CHOICE, "redact")
    assert last.end() == ExitCode.DONE
    assert f"Group 1 of 1: {skipped}" in last.printed
    assert _states(trip, "secret") == ["redact"] * 3
    assert "Nothing waits" in _end(_walk(trip, "--category", "secret"))


def _end(terminal: AtTerminal) -> str:
    assert terminal.end() == ExitCode.DONE
    return terminal.printed


@pytest.mark.parametrize("how", ["Ctrl-C", "Ctrl-D", "kill -9"])
def test_an_end_in_the_middle_loses_no_answer(stage: Stage, how: str) -> None:
    trip = stage("audited")
    terminal = _walk(trip, "--category", "secret")
    terminal.choose(CHOICE, "redact")
    if how == "Ctrl-C":
        assert terminal.interrupt(CHOICE) == ExitCode.INTERRUPTED
    elif how == "Ctrl-D":
        assert terminal.end_of_input(CHOICE) == ExitCode.INTERRUPTED
    else:
        terminal.kill(CHOICE)
    assert sorted(_states(trip, "secret")) == ["open", "open", "redact"]
    assert trip.ask("log", "verify")["details"]
    again = _walk(trip, "--category", "secret")
    again.choose(CHOICE, "stop here")
    assert _heads(again) == ["1 of 2"]
    again.end()


def test_what_stays_needs_a_reason_and_maybe_a_second_person(stage: Stage) -> None:
    trip = stage("audited")
    terminal = _walk(trip, "--detector", "data.data-file")
    terminal.answer(CHOICE, "99")
    terminal.choose(CHOICE, "keep")
    terminal.answer(WHY, "invented for a course")
    terminal.answer(SOURCE, "the course")
    terminal.answer(SECOND, LEAD.upper())
    terminal.until("Not taken: the second person is the first one")
    terminal.choose(CHOICE, "keep")
    terminal.answer(WHY, "invented for a course")
    terminal.answer(SOURCE, "none")
    terminal.answer(OWNER, "Bed team")
    terminal.answer(DAY, "2026-11-01")
    terminal.answer(EVIDENCE, "ticket 7")
    terminal.answer(SECOND, IG_LEAD)
    terminal.choose(CHOICE, "keep")
    terminal.answer(WHY, f"shows {CAST.token.decode()}")
    terminal.answer(SOURCE, "the course")
    terminal.until("Not taken: the text of --reason seems to hold")
    terminal.choose(CHOICE, "stop here")
    assert terminal.end() == ExitCode.DONE
    assert "That is no number from 1 to" in terminal.printed
    (kept,) = trip.ask("report")["decisions"]
    assert (kept["action"], kept["by"], kept["second"]) == ("keep", LEAD, IG_LEAD)


@pytest.mark.parametrize("question", [WHY, SOURCE, SECOND])
def test_an_end_between_two_questions_decides_nothing(stage: Stage, question: str) -> None:
    """Half an answer is none: the group waits as before, and the record holds."""
    trip = stage("audited")
    terminal = _walk(trip, "--detector", "data.data-file")
    terminal.choose(CHOICE, "keep")
    for asked, said in ((WHY, "invented for a course"), (SOURCE, "the course"), (SECOND, IG_LEAD)):
        if asked == question:
            break
        terminal.answer(asked, said)
    assert terminal.end_of_input(question) == ExitCode.INTERRUPTED
    assert trip.ask("report")["decisions"] == []
    assert trip.ask("log", "verify")["details"]


def test_a_group_is_decided_one_by_one_where_its_members_differ(stage: Stage) -> None:
    trip = stage("audited")
    terminal = _walk(trip, "--category", "name")
    terminal.until(CHOICE)
    groups = int(_heads(terminal)[0].split()[-1])
    members = int(re.findall(r"^  (\d+) findings", terminal.printed, re.MULTILINE)[0])
    terminal.type_number("decide one by one")
    terminal.choose(CHOICE, "rename")
    terminal.choose(CHOICE, "undo the last answer")
    terminal.choose(CHOICE, "undo the last answer")
    terminal.choose(CHOICE, "decide one by one")
    terminal.choose(CHOICE, "rename")
    terminal.choose(CHOICE, "stop here")
    assert terminal.end() == ExitCode.DONE
    split = groups - 1 + members
    several = [f"1 of {groups}", f"1 of {split}", f"2 of {split}", f"1 of {split}"]
    assert _heads(terminal) == [*several, f"1 of {groups}", f"1 of {split}", f"2 of {split}"]
    assert _states(trip, "name").count("rename") == 1


def test_of_a_line_in_a_table_the_shape_is_shown(stage: Stage) -> None:
    """How it is built, and no word or number of it."""
    trip = stage("audited")
    inside = next(f["id"] for f in trip.findings(category="data") if f.get("covered_by"))
    told = trip.say("show", inside).out
    shape = next(line for line in told.splitlines() if "letters as x, digits as 9" in line)
    words = re.split(r":\d+: ", shape.partition("  (letters")[0], maxsplit=1)[1]
    assert "█████" in words
    assert set(re.sub(r"[x9█\W_]", "", words)) == set()


@pytest.mark.parametrize("flag", ["--no-input", "--json"])
def test_without_a_terminal_the_flags_are_named(stage: Stage, flag: str) -> None:
    refused = run(flag, "--case", str(stage("audited").case), "findings", "--walk")
    assert refused.code == ExitCode.USAGE
    assert "opensafe decide --all" in refused.err
    if flag == "--no-input":
        assert_refused(refused, ExitCode.USAGE, "nobody is there to answer")
