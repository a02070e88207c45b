"""A closed case: the record stays, what was to go is gone, and nothing is added any more."""

import zipfile
from pathlib import Path

import pytest

from opensafe.casefile.folder import Case
from opensafe.errors import ExitCode
from tests.journey.journey_commands import assert_refused, run
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import LEAD, Trip

CLOSE = ("close", "--by", LEAD, "--reason", "published, and looked at for a year")


def archive_of(trip: Trip) -> Path:
    (found,) = (trip.case / "reports").glob("*.zip")
    return found


def test_the_record_is_archived_and_stays_and_nothing_is_added(stage: Stage) -> None:
    trip = stage("released")
    key, ledgers = (trip.case / "key").read_bytes(), (trip.case / "decisions.jsonl").read_bytes()
    told = trip.say(*CLOSE).out
    assert "The record stays" in told
    assert "destroyed" not in told
    assert ((trip.case / "key").read_bytes(), (trip.case / "decisions.jsonl").read_bytes()) == (key, ledgers)
    assert (trip.case / "backup.bundle").exists()
    with zipfile.ZipFile(archive_of(trip)) as archive:
        held = set(archive.namelist())
        assert archive.read("decisions.jsonl") == ledgers
        assert b"Closed the case" in archive.read("log.jsonl")
    assert held >= {"case.toml", "rotations.jsonl", "signoffs.jsonl", "plan.json", "verification.json", "closed.json"}
    assert not held & {"key", "backup.bundle", "index.sqlite", "memory.sqlite"}

    refused = run("--case", str(trip.case), "decide", "--all", "--undo", "--by", LEAD)
    assert_refused(refused, ExitCode.USAGE, "this case was closed on", "open a new case")
    assert "was closed on" in trip.say("next").out
    trip.say("report")
    trip.say("log", "verify")


def test_key_and_backup_go_where_that_is_asked_for_and_it_says_what_that_means(stage: Stage) -> None:
    trip = stage("released")
    before = trip.findings()
    document = trip.ask(*CLOSE, "--destroy-key", "--destroy-backup", "--yes")
    assert set(document["details"]["destroyed"]) == {"key", "backup.bundle", "memory.sqlite"}
    means = " ".join(document["details"]["means"])
    assert "no id of this case can be computed again" in means
    assert "clones of it" in means
    assert not [name for name in ("key", "backup.bundle", "memory.sqlite") if (trip.case / name).exists()]
    assert trip.findings() == before
    copies = {copy["what"] for copy in trip.ask("report")["unredacted_copies"]}
    assert copies == {"The source repository"}
    assert Case.open(trip.case).key != Case.open(trip.case).key


def test_nothing_is_destroyed_without_a_yes(stage: Stage) -> None:
    trip = stage("audited")
    refused = run("--no-input", "--case", str(trip.case), *CLOSE, "--destroy-key")
    assert_refused(refused, ExitCode.USAGE, "--yes")
    assert Case.open(trip.case).closing is None


@pytest.mark.parametrize("killed_after", ["log", "document", "archive"])
def test_a_close_that_was_killed_is_finished_by_the_next(stage: Stage, killed_after: str) -> None:
    """What a kill leaves: the entry alone, the document too, or everything but the destruction."""
    trip = stage("audited")
    case = Case.open(trip.case)
    with case.writing("close"):
        case.log.append("close", "Closed the case", by=LEAD)
        if killed_after != "log":
            case.save_document("closed.json", {"on": "2026-05-01", "by": LEAD, "destroyed": ["key"]})
        if killed_after == "archive":
            (case.reports / "left.zip.new").write_bytes(b"PK")
    trip.ask(*CLOSE, "--destroy-key", "--yes")
    assert not (trip.case / "key").exists()
    with zipfile.ZipFile(archive_of(trip)) as archive:
        assert archive.testzip() is None


def test_a_key_that_is_gone_without_a_closing_was_taken_away(stage: Stage) -> None:
    trip = stage("audited")
    (trip.case / "key").unlink()
    assert run("--case", str(trip.case), "status").code == ExitCode.VERIFICATION_FAILED


@pytest.mark.parametrize("broken", ["{}", '{"on":"soon","by":"A","destroyed":[]}', '{"on":1,"by":"A","destroyed":[]}'])
def test_a_closing_that_opensafe_did_not_write_is_named(stage: Stage, broken: str) -> None:
    trip = stage("started")
    (trip.case / "closed.json").write_text(broken, encoding="utf-8")
    refused = run("--case", str(trip.case), "audit")
    assert_refused(refused, ExitCode.VERIFICATION_FAILED, "closed.json is not what opensafe wrote")


def test_copies_are_listed_with_holder_and_a_day_that_stays(stage: Stage) -> None:
    trip = stage("released")
    said = (trip.case / "case.toml").read_text(encoding="utf-8")
    named_by_the_team = '[copies]\n"mirror on the old server" = "IT, 2027-01-31"\n"a laptop" = "Dana"\n'
    (trip.case / "case.toml").write_text(said.replace("[copies]\n", named_by_the_team), encoding="utf-8")
    listed = trip.ask("report")["unredacted_copies"]
    named = [(copy["where"], copy["holder"], copy["destroy_by"]) for copy in listed[-2:]]
    assert named == [("mirror on the old server", "IT", "2027-01-31"), ("a laptop", "Dana", "")]
    assert {copy["what"] for copy in listed} >= {"The source repository", "Backup of the source"}
    assert all(copy["holder"] for copy in listed)


# Each with something else that is wrong as well: an id that is none, a sheet that is not there, a step out of order.
WRITING = [
    ("audit",),
    ("decide", "F-zz", "--action", "keep"),
    ("decide", "--from", "nowhere.xlsx"),
    ("decide", "--sheet", "sheet.doc"),
    ("decide", "--all", "--second", LEAD),
    ("decide", "--suggested", "--by", LEAD),
    ("findings", "--walk"),
    ("rotate", "record", "F-zz", "--state", "rotated"),
    ("rotate", "public"),
    ("rotate", "sheet", "--owner", "nobody"),
    ("rotate", "check", "F-zz", "--online"),
    ("category", "set", "secured"),
    ("plan",),
    ("plan", "--approve"),
    ("rewrite",),
    ("verify",),
    ("verify", "--against", "nowhere"),
    ("scaffold",),
    ("attest", "B99"),
    ("attest", "--from", "nowhere.csv"),
    ("signoff",),
    ("signoff", "--sheet", "sheet.doc"),
    ("release",),
    ("release", "--prepare"),
]


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_a_closed_case_says_so_before_anything_else(stage: Stage, words: tuple[str, ...]) -> None:
    trip = stage("audited")
    case = Case.open(trip.case)
    case.save_document("closed.json", {"on": "2026-05-01", "by": LEAD, "destroyed": []})
    before = {file.name: file.read_bytes() for file in trip.case.glob("*.*") if file.is_file()}
    refused = run("--no-input", "--case", str(trip.case), *words)
    assert_refused(refused, ExitCode.USAGE, "this case was closed on 2026-05-01", "open a new case")
    assert {file.name: file.read_bytes() for file in trip.case.glob("*.*") if file.is_file()} == before
