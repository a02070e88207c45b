"""Attestations and sign-offs that come back on a sheet: for this commit, as a whole, and for what the signer saw."""

import re
from pathlib import Path

from opensafe.errors import ExitCode
from opensafe.stories.demo_files import Cast
from tests.journey.journey_commands import assert_refused
from tests.journey.journey_sheets import everything_written, refuse, sent_back, sheet_of
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import EVIDENCE, IG_LEAD, LEAD

CAST = Cast.chosen()


def test_a_sheet_of_another_case_or_kind_is_refused(stage: Stage, tmp_path: Path) -> None:
    trip = stage("scaffolded")
    head, rows = sheet_of(trip, "attest")
    rows[0].update({"Answer": "met", "Evidence": EVIDENCE, "Name": LEAD, "Role": "ig-lead"})
    back = sent_back(trip, head, rows)
    assert_refused(refuse(trip, "decide", "--from", str(back)), ExitCode.USAGE, "this sheet is for opensafe attest")
    strange = [{**row, "Sheet code": row["Sheet code"][:-16] + "0" * 16} for row in rows]
    refused = refuse(trip, "attest", "--from", str(sent_back(trip, head, strange)))
    assert_refused(refused, ExitCode.USAGE, "the log of this case has no such entry")
    mixed = [rows[0], strange[1]]
    assert_refused(
        refuse(trip, "attest", "--from", str(sent_back(trip, head, mixed))), ExitCode.USAGE, "row 3 comes from"
    )
    cleared = [{**rows[0], "Sheet code": ""}]
    refused = refuse(trip, "attest", "--from", str(sent_back(trip, head, cleared)))
    assert_refused(refused, ExitCode.USAGE, "row 2, Sheet code: this is not what opensafe wrote there")


def test_attestations_and_sign_offs_come_back(stage: Stage) -> None:
    trip = stage("scaffolded")
    trip.rotate_everything()
    head, rows = sheet_of(trip, "attest")
    open_rows = [
        row for row in rows if row["Level"] == "mandatory" and row["Answer now"] not in {"met", "not-applicable"}
    ]
    for row in open_rows:
        row.update({"Answer": "Met", "Evidence": EVIDENCE, "Name": IG_LEAD, "Role": "IG lead"})
    trip.say("attest", "--from", str(sent_back(trip, head, rows)))
    head, rows = sheet_of(trip, "signoff")
    assert [row["Role"] for row in rows] == ["lead-developer", "ig-lead"]
    for row, name in zip(rows, (LEAD, IG_LEAD), strict=True):
        row.update({"I sign": "YES", "Name": name})
    trip.say("signoff", "--from", str(sent_back(trip, head, rows)))
    trip.say("release")
    seen = {signoff["log_head"] for signoff in trip.ask("report")["signoffs"]}
    assert [head[:16] for head in seen] == [rows[0]["Sheet code"].split()[-1]]


def test_wrong_attestations_are_named_and_nothing_is_taken(stage: Stage) -> None:
    trip = stage("scaffolded")
    head, rows = sheet_of(trip, "attest")
    rows[0].update({"Answer": "perhaps", "Role": "king"})
    rows[1].update({"Answer": "met", "Evidence": f"saw {CAST.token.decode()}", "Name": LEAD, "Role": "dpo"})
    rows[2].update({"Answer": "met", "Evidence": EVIDENCE, "Name": LEAD, "Role": "dpo", "Row": "Z9"})
    before = everything_written(trip)
    refused = refuse(trip, "attest", "--from", str(sent_back(trip, head, rows)))
    assert_refused(refused, ExitCode.USAGE, "nothing was taken")
    assert re.findall(r"- row (\d+), ([A-Za-z]+):", refused.err) == [
        ("2", "Answer"),
        ("2", "Evidence"),
        ("2", "Name"),
        ("2", "Role"),
        ("3", "Evidence"),
        ("4", "Row"),
    ]
    assert CAST.token.decode() not in refused.err
    assert everything_written(trip) == before


def test_nobody_signs_what_has_changed_since(stage: Stage) -> None:
    trip = stage("scaffolded")
    head, rows = sheet_of(trip, "signoff")
    rows[0].update({"I sign": "no", "Name": LEAD})
    refused = refuse(trip, "signoff", "--from", str(sent_back(trip, head, rows)))
    assert_refused(refused, ExitCode.USAGE, "row 2, I sign: says no")
    rows[0]["I sign"] = "yes"
    trip.rotate_everything()
    refused = refuse(trip, "signoff", "--from", str(sent_back(trip, head, rows)))
    assert_refused(refused, ExitCode.USAGE, "has changed since this sheet was made: 1x rotate")
    trip.say("release", "--prepare", "--version", "0.9.0")
    refused = refuse(trip, "signoff", "--from", str(sent_back(trip, head, rows)))
    assert_refused(refused, ExitCode.USAGE, "it was made for commit")
