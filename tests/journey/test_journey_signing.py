"""Signatures of the log, and who may sign off."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from opensafe.casefile.folder import Case
from opensafe.errors import ExitCode
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import EVIDENCE, IG_LEAD, LEAD, Trip

needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    made = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(made)], check=True)
    return made


def refused(trip: Trip, *words: str, says: str, code: ExitCode = ExitCode.USAGE) -> None:
    assert_refused(run("--no-input", "--case", str(trip.case), *words), code, says)


def established(trip: Trip) -> dict[str, str]:
    return {signoff["role"]: signoff["established"] for signoff in trip.ask("report")["signoffs"]}


@needs_ssh
def test_a_sign_off_is_ssh_signed_once_its_person_signed_the_log(stage: Stage, key: Path) -> None:
    trip = stage("scaffolded")
    trip.sign()
    assert established(trip) == {"lead-developer": "typed", "ig-lead": "typed"}
    trip.say("log", "sign", "--key", str(key), "--by", IG_LEAD)
    assert established(trip) == {"lead-developer": "typed", "ig-lead": "ssh-signed"}
    signers = key.with_name("signers")
    signers.write_bytes(b"ira@example.org " + key.with_suffix(".pub").read_bytes())
    told = trip.say("log", "verify", "--signers", str(signers)).out
    assert f"Signature of {IG_LEAD}" in told
    assert "holds, on the list as ira@example.org" in told
    signers.write_bytes(b"somebody@example.org ssh-ed25519 AAAA\n")
    says = f"signers does not list the key with which {IG_LEAD} signed"
    refused(trip, "log", "verify", "--signers", str(signers), says=says, code=ExitCode.VERIFICATION_FAILED)
    trip.say("signoff", "--role", "ig-lead", "--by", IG_LEAD)
    assert trip.say("log", "verify").code == 0


@needs_ssh
def test_a_signature_that_was_put_to_another_name_or_key_is_found(stage: Stage, key: Path) -> None:
    trip = stage("audited")
    trip.say("log", "sign", "--key", str(key), "--by", IG_LEAD)
    case = Case.open(trip.case)
    (line,) = case.signatures.read()
    with case.writing("a forger"):
        case.signatures.append(replace(line, key="SHA256:of-somebody-else"))
        case.log.append("log", "Signed the log")
    refused(trip, "log", "verify", says=f"the signature of {IG_LEAD} does not", code=ExitCode.VERIFICATION_FAILED)


def test_a_key_that_is_not_there_is_named(stage: Stage, tmp_path: Path) -> None:
    refused(stage("audited"), "log", "sign", "--key", str(tmp_path / "none"), "--by", LEAD, says="is not there")


def test_a_role_with_a_name_is_signed_by_nobody_else(stage: Stage) -> None:
    trip = stage("scaffolded")
    case = Case.open(trip.case)
    case.save_config(replace(case.config, roles={"ig-lead": IG_LEAD}))
    refused(trip, "signoff", "--role", "ig-lead", "--by", LEAD, says="names somebody else as ig-lead")
    attest = ("attest", "B10", "--answer", "met", "--role", "ig-lead", "--evidence", EVIDENCE, "--by")
    refused(trip, *attest, LEAD, says="names somebody else as ig-lead")
    trip.say(*attest, IG_LEAD.upper())


def test_an_approval_with_a_condition_is_refused_and_a_no_with_a_reason_is_taken(stage: Stage) -> None:
    trip = stage("scaffolded")
    attest = ("attest", "B10", "--role", "ig-lead", "--by", IG_LEAD, "--evidence", "subject to a second look")
    refused(trip, *attest, "--answer", "met", says="makes this conditional")
    trip.say(*attest, "--answer", "not-met")


def test_a_ledger_that_was_bent_stops_every_command_that_writes(stage: Stage) -> None:
    trip = stage("released")
    ledger = trip.case / "rotations.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b'"revoked"', b'"expired"'))
    says = "rotations.jsonl is not as"
    refused(trip, "log", "verify", says=says, code=ExitCode.VERIFICATION_FAILED)
    for words in (("report",), ("release",), ("signoff", "--role", "ig-lead", "--by", IG_LEAD)):
        refused(trip, *words, says=says, code=ExitCode.VERIFICATION_FAILED)
