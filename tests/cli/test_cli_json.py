"""With `--json` standard output holds one JSON document and nothing else, for every command, also when it fails."""

import pytest

from opensafe.errors import ExitCode
from tests.cli.cli_commands import commands
from tests.journey.journey_commands import run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD

GROUPS = {"", "rotate", "log", "risk", "category"}

_SCORES = "--likelihood 1 --severity 2 --new-likelihood 1 --new-severity 1"

# Every command: at which stage, the rest of its words (SECRET stands for an id), its schema and its exit code.
TAKEN = {
    "next": ("audited", "", "status", 0),
    "status": ("audited", "--exit-code", "status", 10),
    "guide": ("audited", "", "status", 0),
    "audit": ("started", "", "findings", 10),
    "findings": ("audited", "--category secret", "findings", 0),
    "show": ("audited", "SECRET", "findings", 0),
    "decide": ("audited", "SECRET --action redact --by A", "result", 0),
    "rotate list": ("audited", "", "rotations", 0),
    "rotate show": ("audited", "SECRET", "rotations", 0),
    "rotate record": ("audited", "SECRET --state revoked --by A --evidence seen --second B", "result", 0),
    "rotate public": ("audited", "--never --by A", "result", 0),
    "rotate sheet": ("audited", "", "result", 0),
    "rotate check": ("audited", "SECRET --online --yes --by A", "result", 0),
    "risk list": ("audited", "", "risks", 0),
    "risk add": (
        "audited",
        f"--description d --subject s --treatment t {_SCORES} --by A",
        "risks",
        0,
    ),
    "category list": ("audited", "", "categories", 0),
    "category set": ("audited", "open-source --reason training --by A", "categories", 0),
    "plan": ("decided", "", "plan", 0),
    "rewrite": ("approved", "", "result", 0),
    "verify": ("verified", "", "verification", 0),
    "scaffold": ("verified", "--dry-run --contact open@example.org --no-crown-body", "result", 0),
    "check": ("scaffolded", "", "check", 13),
    "attest": ("scaffolded", "B10 --answer met --role ig-lead --by A --evidence seen", "check", 0),
    "signoff": ("scaffolded", "--role ig-lead --by A", "check", 0),
    "release": ("verified", "--prepare", "result", 0),
    "report": ("released", "", "report", 0),
    "log show": ("audited", "", "log", 0),
    "log verify": ("audited", "", "result", 0),
    "log sign": ("audited", "--key nowhere --by A", "error", 2),
    "log correct-day": ("audited", "--by A --reason ahead", "error", 2),
    "close": ("audited", "--by A --reason done", "result", 0),
    "detectors": ("started", "", "detectors", 0),
    "profiles": ("started", "", "profiles", 0),
    "playbooks": ("started", "", "result", 0),
}


def test_no_command_is_left_out() -> None:
    assert set(TAKEN) | GROUPS | {"start", "demo"} == set(commands())


@pytest.mark.parametrize("words", TAKEN)
def test_a_command_gives_one_document_that_is_what_its_schema_says(stage: Stage, words: str) -> None:
    at, rest, name, code = TAKEN[words]
    trip = stage(at)
    secret = trip.findings(category="secret")[0]["id"] if "SECRET" in rest else ""
    typed = [secret if word == "SECRET" else word for word in f"{words} {rest}".split()]
    ran = run("--case", str(trip.case), *typed, "--json")
    assert (ran.document()["schema"], ran.code) == (f"opensafe/{name}/v1", code)
    assert ran.out.isascii()


def test_the_same_without_a_command(stage: Stage) -> None:
    document = run("--json", "--case", str(stage("audited").case)).document()
    assert document["next"]["step"].startswith("opensafe findings")


def test_a_case_is_opened_with_a_document(stage: Stage) -> None:
    source = stage("started").source
    ran = run("--json", "--case", str(source.with_name("another.opensafe")), "start", str(source))
    document = ran.document()
    assert (ran.code, document["command"]) == (0, "start")
    assert document["details"]["case"] == str(source.with_name("another.opensafe"))


def test_what_was_planned_and_approved_is_told_with_the_name(stage: Stage) -> None:
    trip = stage("approved")
    assert trip.ask("plan", "--approve", "--by", LEAD)["approved_by"] == LEAD
    assert trip.ask("plan")["approved_by"] is None


FAILING = {
    "status": ("--case nowhere", ExitCode.USAGE),
    "findings": ("--no-such-option", ExitCode.USAGE),
    "no-such-command": ("", ExitCode.USAGE),
    "": ("--case nowhere", ExitCode.USAGE),
    "rotate": ("", ExitCode.USAGE),
    "show": ("", ExitCode.USAGE),
    "start": ("nowhere", ExitCode.USAGE),
    "attest": ("B1 --answer perhaps --role ig-lead", ExitCode.USAGE),
    "decide": ("--expires tomorrow --by A F-aaaa", ExitCode.USAGE),
    "rewrite": ("", ExitCode.USAGE),
    "guide": ("no-such-playbook", ExitCode.USAGE),
    "log verify": ("--expect-head " + "0" * 63 + "1", ExitCode.VERIFICATION_FAILED),
}


@pytest.mark.parametrize("words", FAILING, ids=lambda words: words or "opensafe")
def test_a_failure_is_a_document_too(stage: Stage, words: str) -> None:
    rest, code = FAILING[words]
    case = () if "--case" in rest else ("--case", str(stage("audited").case))
    ran = run("--json", *case, *words.split(), *rest.split())
    document = ran.document()
    assert (document["schema"], document["exit_code"], ran.code) == ("opensafe/error/v1", code, code)
    assert document["cause"]
    assert document["remedy"]
    assert f"error: {document['cause'].splitlines()[0]}" in ran.err
