"""Global options: the same before the command and after it; quiet, plain, and never a question where none is wanted."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensafe.cli.globals import hoisted
from opensafe.errors import ExitCode
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD

FLAGS = ("--json", "--no-input", "--quiet", "--no-color")
WORDS = st.lists(st.sampled_from([*FLAGS, "--case", "x", "status", "--", "-", "", "--category"]), max_size=12)


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_before_the_command_is_the_same_as_after_it(stage: Stage, flag: str) -> None:
    case = ("--case", str(stage("audited").case))
    before, after = run(*case, flag, "findings"), run(*case, "findings", flag)
    assert (before.code, before.out, before.err) == (after.code, after.out, after.err)
    assert before.out


@pytest.mark.parametrize("words", ["--case {} status", "status --case {}", "--case={} status", "status --case={}"])
def test_the_case_is_named_before_or_after_the_command(stage: Stage, words: str) -> None:
    case = str(stage("audited").case)
    assert run(*words.format(case).split()).out == run("--case", case, "status").out
    assert run("rotate", "--case", case, "list").code == 0


def test_the_version_is_that_of_all_it_stands_on() -> None:
    told = run("--version")
    assert [line.split()[0] for line in told.out.splitlines()][:3] == ["opensafe", "Python", "git"]
    assert (told.code, run("status", "--version").out) == (0, told.out)
    assert run("--version", "--json").document()["details"]["opensafe"] in told.out


def test_the_version_of_a_release_is_an_option_of_its_own(stage: Stage) -> None:
    trip = stage("verified")
    prepared = trip.say("release", "--prepare", "--version", "4.0.0")
    assert "Prepared version 4.0.0" in prepared.out


def _takes_dashes_for_a_case(words: list[str]) -> bool:
    return ("--case", "--") in pairwise(words)


@given(WORDS.filter(lambda words: not _takes_dashes_for_a_case(words)))
def test_no_word_is_lost_and_nothing_behind_two_dashes_moves(words: list[str]) -> None:
    moved = hoisted(words)
    assert sorted(moved) == sorted(words)
    if "--" in moved:
        behind = moved[moved.index("--") :]
        assert behind == words[len(words) - len(behind) :]
    assert hoisted(moved) == moved


@given(WORDS)
def test_the_words_of_a_command_keep_their_order(words: list[str]) -> None:
    def own(listed: list[str]) -> list[str]:
        return [word for word in listed if word in {"status", "-", "", "--category"}]

    if "--case" not in words:
        assert own(hoisted(words)) == own(words)


MISSING = {
    ("decide", "F-", "--action", "redact"): "--by NAME",
    ("plan", "--approve"): "--by NAME",
    ("attest", "B10", "--answer", "met", "--role", "ig-lead", "--evidence", "seen"): "--by NAME",
    ("signoff", "--role", "ig-lead"): "--by NAME",
    ("rotate", "record", "F-", "--state", "found"): "--by NAME",
    ("guide",): "--yes",
}


@pytest.mark.parametrize("words", MISSING, ids=lambda words: words[0])
@pytest.mark.parametrize("flag", ["--no-input", "--json", ""])
def test_an_answer_that_is_missing_is_an_error_that_names_its_flag(
    stage: Stage, words: tuple[str, ...], flag: str
) -> None:
    """Also without the flag: nobody sits at a terminal here. Nothing is written before the answer is there."""
    trip = stage("scaffolded")
    secret = trip.findings(category="secret")[0]["id"]
    before = {path: path.read_bytes() for path in trip.case.glob("*.jsonl")}
    given = [secret if word == "F-" else word for word in words]
    ran = run("--case", str(trip.case), *given, *filter(None, [flag]))
    if flag == "--json" and words == ("guide",):
        assert ran.document()["schema"] == "opensafe/status/v1"  # a document is no question
    elif flag == "--json":
        assert ran.document()["exit_code"] == ran.code == ExitCode.USAGE
        assert MISSING[words] in ran.document()["remedy"]
    else:
        assert ran.code == ExitCode.USAGE
        assert MISSING[words] in ran.err
    assert {path: path.read_bytes() for path in trip.case.glob("*.jsonl")} == before


def test_a_name_given_with_its_flag_is_no_question(stage: Stage) -> None:
    trip = stage("scaffolded")
    assert run("--no-input", "--case", str(trip.case), "signoff", "--role", "ig-lead", "--by", LEAD).code == 0


def test_quiet_leaves_the_result_and_takes_the_advice(stage: Stage) -> None:
    case = ("--case", str(stage("audited").case))
    told, quiet = run(*case, "findings"), run(*case, "--quiet", "findings")
    assert (quiet.out, quiet.err) == (told.out, "")
    assert re.match(r"\d+ findings\. opensafe show ID tells more\.\n", told.err)


def test_quiet_does_not_silence_an_error(stage: Stage) -> None:
    assert_refused(run("--quiet", "--case", str(stage("audited").case), "rewrite"), ExitCode.USAGE, "no plan yet")
