"""The rotation record as people use it: list, show, record, the sheets for owners, and the question to a provider."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from opensafe.errors import ExitCode
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import EVIDENCE, IG_LEAD, LEAD, Trip

SOON = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()


def rows(trip: Trip) -> list[dict[str, object]]:
    found: list[dict[str, object]] = trip.ask("rotate", "list")["rotations"]
    return found


def one(trip: Trip) -> str:
    """A grave credential that would be published."""
    return str(next(row["finding"] for row in rows(trip) if row["severity"] == "high" and row["published"]))


def refused(trip: Trip, *words: str, says: str) -> None:
    assert_refused(run("--no-input", "--case", str(trip.case), *words), ExitCode.USAGE, says)


def test_the_list_is_in_the_order_of_work_with_exposure_and_playbook(stage: Stage) -> None:
    found = rows(stage("audited"))
    order = ["critical", "high", "medium", "low", "info"]
    assert [order.index(str(row["severity"])) for row in found] == sorted(
        order.index(str(row["severity"])) for row in found
    )
    for row in found:
        exposure = row["exposure"]
        assert isinstance(exposure, dict)
        assert exposure["reach"] == ("shared" if row["published"] else "local")
        assert exposure["days"] is None or exposure["days"] > 300
        assert row["playbook"]


def test_a_repository_that_was_public_compromises_what_it_held(stage: Stage) -> None:
    trip = stage("audited")
    trip.say("rotate", "public", "--since", "2021-03-01", "--by", LEAD, "--reason", "it was on a public host")
    compromised = {row["finding"]: row["exposure"] for row in rows(trip)}
    assert any(exposure["compromised"] for exposure in compromised.values())  # type: ignore[index] # as above
    high = one(trip)
    refused(trip, "rotate", "record", high, "--state", "revoked", "--by", LEAD, "--evidence", "x", says="strangers")
    trip.say("rotate", "public", "--never", "--by", LEAD)
    trip.say("rotate", "record", high, "--state", "revoked", "--by", LEAD, "--evidence", EVIDENCE)
    refused(trip, "rotate", "public", "--by", LEAD, says="say since when")


def test_one_credential_is_shown_with_its_record_and_its_playbook(stage: Stage) -> None:
    trip = stage("audited")
    high = one(trip)
    trip.say("rotate", "record", high, "--state", "rotating", "--owner", "Platform", "--opens", "a store", "--by", LEAD)
    trip.say("rotate", "record", high, "--state", "rotated", "--by", LEAD, "--evidence", EVIDENCE)
    told = trip.say("rotate", "show", high).out
    playbook = next(line for line in told.splitlines() if line.startswith("Playbook "))
    assert f"rotation playbook {playbook.removeprefix('Playbook ')}" in trip.say("show", high).out
    today = datetime.now(UTC).date().isoformat()
    assert f"{today} rotating by {LEAD}: opens a store; owner Platform" in told
    assert f"{today} rotated by {LEAD}: opens a store; owner Platform; evidence {EVIDENCE}" in told
    assert "Steps:" in told
    assert "In R:" in told
    (row,) = trip.ask("rotate", "show", high)["rotations"]
    assert (row["state"], row["owner"], row["opens"]) == ("rotated", "Platform", "a store")


def test_a_screenshot_counts_by_its_digest_and_is_not_copied(stage: Stage, tmp_path: Path) -> None:
    trip = stage("audited")
    picture = tmp_path / "console.png"
    picture.write_bytes(b"a picture of the console")
    high = one(trip)
    trip.say("rotate", "record", high, "--state", "revoked", "--by", LEAD, "--evidence-file", str(picture))
    (row,) = [row for row in rows(trip) if row["finding"] == high]
    assert row["evidence_file_sha256"] == hashlib.sha256(picture.read_bytes()).hexdigest()
    assert not [file for file in trip.case.rglob("*") if file.is_file() and picture.read_bytes() in file.read_bytes()]
    record = ("rotate", "record", high, "--state", "revoked", "--by", LEAD, "--evidence-file")
    refused(trip, *record, str(tmp_path / "gone.png"), says="cannot be read")
    picture.write_bytes(b"")
    refused(trip, *record, str(picture), says="is empty")


def test_rotated_without_evidence_and_compromised_without_a_second_person_are_refused(stage: Stage) -> None:
    trip = stage("audited")
    trip.say("rotate", "public", "--since", "2021-03-01", "--by", LEAD)
    record = ("rotate", "record", one(trip), "--state", "rotated", "--by", LEAD)
    refused(trip, *record, says="rotated needs evidence")
    refused(trip, *record, "--evidence", EVIDENCE, says="needs a second person who confirms it")
    refused(trip, *record, "--evidence", EVIDENCE, "--second", LEAD.upper(), says="the second person is the first one")
    trip.say(*record, "--evidence", EVIDENCE, "--second", IG_LEAD)


def test_an_accepted_risk_needs_an_end_and_is_open_again_after_it(stage: Stage) -> None:
    trip = stage("audited")
    high = one(trip)
    risk = ("--description", "A key may still work", "--subject", "The archive", "--treatment", "It may only read")
    record = ("rotate", "record", high, "--state", "accepted-risk", "--by", LEAD, "--evidence", EVIDENCE)
    refused(trip, *record, says="looked at again")
    refused(trip, *record, "--expires", SOON, says="risk register")
    refused(trip, *record, "--expires", SOON, "--risk", "R-1", says="no such entry")
    numbers = ("--likelihood", "3", "--severity", "8", "--new-likelihood", "1", "--new-severity", "8")
    trip.say("risk", "add", *risk, *numbers, "--by", LEAD)
    trip.say(*record, "--expires", SOON, "--risk", "R-1")
    assert [row["settled"] for row in rows(trip) if row["finding"] == high] == [True]

    ledger = trip.case / "rotations.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(SOON.encode(), b"2020-01-01"))  # as if the time had gone by
    (row,) = [row for row in rows(trip) if row["finding"] == high]
    assert (row["settled"], row["state"]) == (False, "accepted-risk")
    assert "accepted-risk (over)" in trip.say("rotate", "list").out


def test_sheets_name_each_owners_credentials_and_no_secret(stage: Stage, tmp_path: Path) -> None:
    trip = stage("audited")
    everything = [str(row["finding"]) for row in rows(trip)]
    trip.say("rotate", "record", everything[0], "--state", "rotating", "--owner", "Platform", "--by", LEAD)
    both, mine = tmp_path / "all.html", tmp_path / "mine.html"
    trip.say("rotate", "sheet", "--output", str(both))
    trip.say("rotate", "sheet", "--owner", "platform", "--output", str(mine))
    page = both.read_text(encoding="utf-8")
    assert [id_ for id_ in everything if id_ not in page] == []
    assert [id_ for id_ in everything if id_ in mine.read_text(encoding="utf-8")] == everything[:1]
    assert page.index("For Platform") < page.index("For whoever owns these systems")
    assert "<script" not in page
    assert r"\x0a" not in page  # lines of code stay lines
    assert "Content-Security-Policy" in page
    refused(trip, "rotate", "sheet", "--owner", "Nobody", says="Nobody has no credential to rotate")


def test_nothing_is_asked_without_online_and_nobody_is_asked_without_a_yes(stage: Stage) -> None:
    trip = stage("audited")
    everything = [str(row["finding"]) for row in rows(trip)]
    refused(trip, "rotate", "check", *everything, says="over the network")
    before = (trip.case / "log.jsonl").read_bytes()
    asked = run("--no-input", "--case", str(trip.case), "rotate", "check", *everything, "--online", "--by", LEAD)
    known = [line for line in asked.err.splitlines() if "will be sent to https://" in line]
    assert (asked.code, (trip.case / "log.jsonl").read_bytes() == before) == (ExitCode.USAGE if known else 0, True)
    assert len([line for line in asked.err.splitlines() if line.startswith("F-")]) == len(everything)


@pytest.mark.parametrize("answers", [["active", "inactive"], ["inactive"], ["active"], ["active", "unknown"]])
def test_an_answer_is_evidence_only_when_it_was_active_before(stage: Stage, answers: list[str]) -> None:
    trip = stage("audited")
    high = one(trip)
    lines = [
        json.dumps({"finding": high, "outcome": answer, "at": f"2026-05-0{n}T09:00:00Z", "by": LEAD, "rule": "r",
                    "address": "https://api.example.org", "status": 401})
        for n, answer in enumerate(answers, 1)
    ]  # fmt: skip
    (trip.case / "checks.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    record = ("rotate", "record", high, "--state", "revoked", "--by", LEAD)
    if answers != ["active", "inactive"]:
        refused(trip, *record, says="revoked needs evidence")
        return
    trip.say(*record)
    (row,) = [row for row in rows(trip) if row["finding"] == high]
    assert row["evidence"] == "live check on 2026-05-02T09:00:00Z: inactive (status 401), active before"


def test_without_its_source_a_case_that_was_moved_still_lists_and_prints(stage: Stage, tmp_path: Path) -> None:
    trip = stage("audited")
    trip.source.rename(tmp_path / "elsewhere")
    found = rows(trip)
    assert found
    assert {row["exposure"]["days"] for row in found} == {None}  # type: ignore[index] # each has one
    trip.say("rotate", "sheet")
    asked = run("--no-input", "--case", str(trip.case), "rotate", "check", one(trip), "--online", "--by", LEAD)
    assert (asked.code, "Traceback" in asked.err) == (ExitCode.USAGE, False)
