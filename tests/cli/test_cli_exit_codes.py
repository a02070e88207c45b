"""Each exit code of the contract, from the commands that give it."""

import pytest

from fixtures.kit.plain_git import git
from fixtures.kit.story import Tell
from opensafe.errors import ExitCode
from tests.journey.journey_commands import run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import Trip

CONTRACT = {
    "DONE": 0,
    "BUG": 1,
    "USAGE": 2,
    "FINDINGS_OPEN": 10,
    "INCOMPLETE": 11,
    "VERIFICATION_FAILED": 12,
    "NOT_READY": 13,
    "LOCKED": 14,
    "INTERRUPTED": 130,
}


def test_the_codes_are_those_of_the_contract() -> None:
    assert {code.name: code.value for code in ExitCode} == CONTRACT


STATES = {
    "started": ExitCode.INCOMPLETE,  # nothing was read: not the same as nothing found
    "audited": ExitCode.FINDINGS_OPEN,
    "decided": ExitCode.DONE,
    "verified": ExitCode.NOT_READY,
    "scaffolded": ExitCode.NOT_READY,
    "released": ExitCode.DONE,
}


@pytest.mark.parametrize("at", STATES)
def test_status_ends_with_the_code_of_the_state_when_it_is_asked_to(stage: Stage, at: str) -> None:
    trip = stage(at)
    told = run("--case", str(trip.case), "status")
    asked = run("--case", str(trip.case), "status", "--exit-code")
    assert (told.code, asked.code) == (ExitCode.DONE, STATES[at])
    assert (asked.out, asked.err) == (told.out, told.err)
    assert run("--json", "--case", str(trip.case), "status", "--exit-code").code == STATES[at]


@pytest.mark.parametrize("json", [(), ("--json",)], ids=["words", "json"])
def test_an_audit_ends_with_10_11_or_0(stage: Stage, story: Tell, json: tuple[str, ...]) -> None:
    trip = stage("decided")
    assert run("--case", str(trip.case), *json, "audit").code == ExitCode.DONE
    assert run("--case", str(stage("started").case), *json, "audit").code == ExitCode.FINDINGS_OPEN
    damaged = Trip.start(story("missing_object").path)
    assert run("--case", str(damaged.case), *json, "audit").code == ExitCode.INCOMPLETE


def test_a_repository_is_audited_without_a_case_of_its_own_yet(story: Tell) -> None:
    built = story("clean_repository")
    audited = run("audit", str(built.path))
    assert audited.code == ExitCode.FINDINGS_OPEN
    assert run("audit", str(built.path)).out == audited.out
    assert built.path.with_name("clean_repository.opensafe").is_dir()


def test_a_proof_that_fails_is_12_and_outweighs_all_else(stage: Stage) -> None:
    """A blob that nobody decided about is slipped into the new history."""
    trip = stage("verified")
    git(trip.public, "hash-object", "-w", "--stdin", stdin=b"slipped in\n")
    failed, document = run("--case", str(trip.case), "verify"), run("--json", "--case", str(trip.case), "verify")
    assert (failed.code, document.code) == (ExitCode.VERIFICATION_FAILED, ExitCode.VERIFICATION_FAILED)
    assert not document.document()["passed"]
    assert "FAILED  only-reachable-objects" in failed.out
    assert "do not publish" in failed.out
    assert run("--case", str(trip.case), "status", "--exit-code").code == ExitCode.VERIFICATION_FAILED


def test_a_check_is_13_while_a_mandatory_row_is_open(stage: Stage) -> None:
    assert run("--case", str(stage("scaffolded").case), "check").code == ExitCode.NOT_READY
    assert run("--case", str(stage("released").case), "check").code == ExitCode.DONE
