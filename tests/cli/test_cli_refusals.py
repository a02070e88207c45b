"""What a command cannot use: one line of cause, one of remedy, exit code 2, and nothing is done."""

from itertools import pairwise
from pathlib import Path

import pytest

from opensafe.casefile.folder import Case
from opensafe.errors import ExitCode
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD, Trip

MISTYPED = {
    ("findings", "--catgory", "secret"): "No such option: --catgory",
    ("finding",): "No such command 'finding'",
    ("findings", "--category", "secrets"): "'secrets'",
    ("findings", "--severity", "awful"): "'awful'",
    ("findings", "--person", "one"): "'one' is not a whole number",
    ("findings", "--group", "colour"): "no such grouping",
    ("findings", "surplus"): "surplus",
    ("show",): "Missing argument",
    ("decide", "--action", "burn", "--by", LEAD): "'burn'",
    ("rotate",): "Missing command",
    ("rotate", "forget"): "No such command 'forget'",
    ("log", "forge"): "No such command 'forge'",
    ("plan", "--option", "forget"): "'forget'",
    ("report", "--format", "papyrus"): "no such format",
    ("check", "--profile", "nobody-9"): "no policy profile of that name",
    ("attest", "B99", "--answer", "met", "--role", "ig-lead", "--by", LEAD, "--evidence", "x"): "no such row",
    ("signoff", "--role", "king", "--by", LEAD): "'king'",
    ("guide", "bake-a-cake"): "no such playbook",
    ("start",): "Missing argument",
    ("audit", "--workers", "-1"): "--workers",
    ("audit", "--roster", "nowhere.csv"): "nowhere.csv cannot be read",
    ("scaffold", "--answers", "nowhere.toml"): "nowhere.toml cannot be read",
    ("rotate", "record", "F-aa", "--state", "lost"): "'lost'",
}


@pytest.mark.parametrize("words", MISTYPED, ids=" ".join)
def test_what_was_mistyped_is_named(stage: Stage, words: tuple[str, ...]) -> None:
    trip = stage("verified")
    before = (trip.case / "log.jsonl").read_bytes()
    refused = run("--no-input", "--case", str(trip.case), *words)
    assert_refused(refused, ExitCode.USAGE, MISTYPED[words])
    assert (trip.case / "log.jsonl").read_bytes() == before


WRONG_IDS = {
    "F-aaaaaaaaaaaaaaaaaaaaaaaaaa": "no finding begins with F-aaaaaaaaaaaaaaaaaaaaaaaaaa",
    "S-aaaaaaaaaaaaaaaaaaaaaaaaaa": " begins with ",
    "F-": "an id that begins with F-",
    "F-%": "an id that begins with F-",
    "F-0189": " begins with F-0189",
    "": "an id that begins with F-",
    "../../etc/passwd": "an id that begins with F-",
}


@pytest.mark.parametrize("wrong", WRONG_IDS, ids=lambda wrong: wrong or "nothing")
@pytest.mark.parametrize("words", ["show", "decide --by A --action redact", "rotate record --state found --by A"])
def test_an_id_that_is_none_is_named(stage: Stage, words: str, wrong: str) -> None:
    refused = run("--case", str(stage("audited").case), *words.split(), "--", wrong)
    assert_refused(refused, ExitCode.USAGE, WRONG_IDS[wrong], "opensafe findings")


def _shared_beginning(trip: Trip) -> tuple[str, list[str]]:
    """The beginning that more than one id has, and these ids: 90 findings and 32 letters make one certain."""
    ids = sorted(finding["id"] for finding in trip.findings())
    for one, other in pairwise(ids):
        if one[:3] == other[:3]:
            return one[:3], [id_ for id_ in ids if id_.startswith(one[:3])]
    raise LookupError("no two ids begin alike")


def test_a_beginning_that_is_not_unique_lists_what_begins_so(stage: Stage) -> None:
    trip = stage("audited")
    beginning, ids = _shared_beginning(trip)
    refused = run("--case", str(trip.case), "show", beginning)
    assert_refused(refused, ExitCode.USAGE, f"{beginning} is not unique", *ids[:5], "give more characters")


@pytest.mark.parametrize("spelling", ["{}", "{:.12}", "upper"])
def test_a_unique_beginning_is_enough_in_any_case(stage: Stage, spelling: str) -> None:
    trip = stage("audited")
    secret = trip.findings(category="secret")[0]["id"]
    typed = secret.upper() if spelling == "upper" else spelling.format(secret)
    assert run("--case", str(trip.case), "show", typed).out.startswith(secret)


NEED_A_CASE = ("status", "audit", "findings", "plan", "rewrite", "verify", "check", "release", "report", "log show")


@pytest.mark.parametrize("words", NEED_A_CASE)
def test_without_a_case_the_way_to_one_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert_refused(run(*words.split()), ExitCode.USAGE, "no case found", str(tmp_path), "opensafe start REPO")


def test_without_a_case_next_says_how_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for told in (run(), run("next")):
        assert (told.code, told.err) == (0, "")
        assert "opensafe start REPO" in told.out
        assert "opensafe demo" in told.out


def test_a_second_case_for_the_same_repository_is_refused(stage: Stage) -> None:
    trip = stage("started")
    refused = run("start", str(trip.source))
    assert_refused(refused, ExitCode.USAGE, "is a case already", "opensafe next")


def test_of_two_cases_the_one_that_is_named_counts(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--case`, then OPENSAFE_CASE, then the folder one stands in."""
    here, named, stated = stage("started"), stage("audited"), stage("decided")
    monkeypatch.chdir(here.source)
    assert "next: opensafe audit" in run("next").out
    monkeypatch.setenv("OPENSAFE_CASE", str(stated.case))
    assert "next: opensafe plan" in run("next").out
    assert "next: opensafe findings" in run("next", "--case", str(named.case)).out


def test_a_case_that_lies_in_a_repository_counts_only_when_it_is_named(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repository could bring a case of its own, with decisions of its own."""
    trip = stage("audited")
    brought = trip.source / "brought.opensafe"
    trip.case.rename(brought)
    monkeypatch.chdir(brought)
    assert_refused(run("status"), ExitCode.USAGE, "inside a repository: used only when named with --case")


@pytest.mark.parametrize("damage", ["key", "log.jsonl", "case.toml", "index.sqlite"])
def test_a_damaged_case_is_an_error_that_names_the_file(stage: Stage, damage: str) -> None:
    trip = stage("audited")
    (trip.case / damage).write_bytes(b"\xff\xfe not what opensafe wrote")
    ran = run("--case", str(trip.case), "status")
    told = run("--case", str(trip.case), "log", "verify") if damage == "log.jsonl" else ran
    assert_refused(told, ExitCode.USAGE if damage == "case.toml" else ExitCode.VERIFICATION_FAILED)
    assert damage.partition(".")[0] in told.err


def test_a_log_that_was_bent_is_told_with_its_line(stage: Stage) -> None:
    trip = stage("decided")
    log = Case.open(trip.case).log.path
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join([lines[0], lines[1].replace(b'"audit"', b'"other"', 1), *lines[2:]]))
    refused = run("--case", str(trip.case), "log", "verify")
    assert_refused(refused, ExitCode.VERIFICATION_FAILED, "the log does not hold at line 2")


def test_an_order_that_makes_no_sense_names_the_step_before(stage: Stage) -> None:
    trip = stage("started")
    steps = {"findings": "audit", "plan": "audit", "rewrite": "plan", "verify": "rewrite", "scaffold": "rewrite"}
    for words, before in steps.items():
        refused = run("--case", str(trip.case), words)
        assert_refused(refused, ExitCode.USAGE, f"next: opensafe {before}")


def test_a_value_is_revealed_on_a_terminal_only(stage: Stage) -> None:
    trip = stage("audited")
    secret = trip.findings(category="secret")[0]["id"]
    for words in (("show", secret, "--reveal"), ("--json", "show", secret, "--reveal")):
        refused = run("--case", str(trip.case), *words)
        assert refused.code == ExitCode.USAGE
        assert "one person on one terminal" in refused.err
    assert "Revealed" not in trip.say("log", "show").out
