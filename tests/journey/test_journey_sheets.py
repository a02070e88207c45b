"""Sheets go out, come back filled in, and count: for this state of the case, as a whole, and with no value in them."""

import html
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from opensafe.casefile.folder import Case
from opensafe.casework.sheet_rows import read_sheet
from opensafe.errors import ExitCode
from opensafe.model.permission import Permission
from opensafe.stories.demo_files import Cast
from tests.casework.sheet_kit import Filled, save_xlsx
from tests.journey.journey_commands import assert_refused
from tests.journey.journey_git import in_source
from tests.journey.journey_sheets import everything_written, refuse, sent_back, sheet_of
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import IG_LEAD, LEAD, Trip

CAST = Cast.chosen()


def _usual(row: dict[str, str]) -> str:
    return row["Possible answers"].partition(",")[0]


def _states(trip: Trip) -> dict[str, str]:
    return {finding["id"]: finding["state"] for finding in trip.findings()}


def test_a_sheet_decides_everything_in_one_go(stage: Stage) -> None:
    trip = stage("audited")
    head, rows = sheet_of(trip, "decide")
    alone = {f["id"] for f in trip.findings(state="open") if "covered_by" not in f or f["category"] == "secret"}
    assert {row["Finding"] for row in rows} == alone
    for row in rows:
        row.update({"Decision": _usual(row).upper(), "Decided by": IG_LEAD, "Reason": "of no use to a stranger"})
    told = trip.say("decide", "--from", str(sent_back(trip, head, rows)))
    assert {id_: state for id_, state in _states(trip).items() if id_ in alone} == {
        row["Finding"]: _usual(row) for row in rows
    }
    assert "open" not in _states(trip).values()
    assert f"Decided rename for {sum(_usual(row) == 'rename' for row in rows)} findings" in told.out
    assert {entry["by"] for entry in trip.ask("log", "show")["entries"] if entry["step"] == "decide"} == {IG_LEAD}


def test_a_workbook_comes_back_as_excel_saves_it(stage: Stage) -> None:
    """The date has become a number, the answer has another case, and the rows are in another order."""
    trip = stage("audited")
    file = trip.case.parent / "sheet.xlsx"
    trip.say("decide", "--sheet", str(file), "--category", "name")
    until = datetime.now(UTC).date() + timedelta(days=30)
    head = ["Finding", "State", "Decision", "Reason", "Until", "Decided by", "Second person", "Sheet code"]
    rows = [{title: row.text(title) for title in head} for row in read_sheet(file)]
    filled: list[Filled] = [
        {**row, "Decision": "Keep ", "Reason": "=agreed", "Until": until, "Decided by": LEAD} for row in rows
    ]
    trip.say("decide", "--from", str(save_xlsx(trip.case.parent / "back.xlsx", head, filled[::-1])))
    kept = {f["id"] for f in trip.findings(state="keep")}
    assert kept == {row["Finding"] for row in rows}
    decisions = [d for d in trip.ask("report")["decisions"] if d["subject"] in kept]
    assert {(d["action"], d["reason"], d["expires"], d["by"]) for d in decisions} == {
        ("keep", "=agreed", until.isoformat(), LEAD)
    }


def test_only_what_is_filled_in_is_decided(stage: Stage) -> None:
    trip = stage("audited")
    head, rows = sheet_of(trip, "decide", "--category", "secret")
    rows[0].update({"Decision": _usual(rows[0]), "Decided by": LEAD})
    trip.say("decide", "--from", str(sent_back(trip, head, rows)))
    assert [id_ for id_, state in _states(trip).items() if state != "open"] == [rows[0]["Finding"]]


def test_a_name_given_once_holds_for_rows_without_one(stage: Stage) -> None:
    trip = stage("audited")
    head, rows = sheet_of(trip, "decide", "--category", "secret")
    for row in rows:
        row["Decision"] = "redact"
    back = str(sent_back(trip, head, rows))
    assert_refused(refuse(trip, "decide", "--from", back), ExitCode.USAGE, "row 2, Decided by")
    trip.say("decide", "--from", back, "--by", IG_LEAD)
    assert {d["by"] for d in trip.ask("report")["decisions"]} == {IG_LEAD}


def test_a_data_file_stays_where_its_row_says_who_allowed_that(stage: Stage) -> None:
    trip = stage("audited")
    head, rows = sheet_of(trip, "decide")
    row = next(row for row in rows if row["What it is"] == "Data file")
    row.update({"Decision": "keep", "Reason": "a published table", "Decided by": LEAD, "Second person": IG_LEAD})
    row.update({"Data owner": "Bed team", "Permission date": "1/11/2026"})
    refused = refuse(trip, "decide", "--from", str(sent_back(trip, head, [row])))
    assert_refused(refused, ExitCode.USAGE, "row 2, Data owner:", "kept only with permission")
    row["Permission evidence"] = "ticket 7"
    trip.say("decide", "--from", str(sent_back(trip, head, [row])))
    said = next(d for d in Case.open(trip.case).decisions.read() if d.subject == row["Finding"])
    assert said.permission == Permission("Bed team", date(2026, 11, 1), "ticket 7")
    assert _states(trip)[row["Finding"]] == "keep"


def test_every_wrong_cell_is_named_and_nothing_is_taken(stage: Stage) -> None:
    trip = stage("audited")
    head, rows = sheet_of(trip, "decide")
    secret = next(row for row in rows if "secret" in row["Value (masked)"])
    question = next(row for row in rows if row["What it is"] == "Data file")
    token = CAST.token.decode()
    others = [row for row in rows if row not in (secret, question)]
    rest = sorted(others, key=lambda row: row["What it is"] == "Data file")  # those are kept with a permission only
    good = [{**row, "Decision": _usual(row), "Decided by": LEAD} for row in rest]
    keep = {"Decision": "keep", "Reason": "invented", "Decided by": LEAD, "Data source": "made up"}
    wrong = [
        {**rest[0], "Decision": "burn it", "Decided by": LEAD},
        {**secret, **keep, "Reason": f"it is {token}"},
        {**question, "Decision": "redact", "Decided by": LEAD},
        {**rest[1], **keep, "Until": "32/01/2027"},
        {**rest[2], "Reason": "because"},
        {**good[3], "Finding": "F-aaaaaaaa"},
        good[4],
        good[4],
        {**good[5], "Until": "2020-01-01"},
        {**rest[6], **keep, "Second person": LEAD.upper()},
        {**good[7], "State": "keep"},
        {**rest[8], **keep, "Permission date": "some day"},
    ]
    before = everything_written(trip)
    refused = refuse(trip, "decide", "--from", str(sent_back(trip, head, wrong)))
    assert_refused(refused, ExitCode.USAGE, "problems in 12 rows; nothing was taken")
    assert token not in refused.err
    assert "burn" not in refused.err
    assert re.findall(r"- row (\d+), ([A-Z][a-z ]+):", refused.err) == [
        ("2", "Decision"),
        ("3", "Reason"),
        ("4", "Decision"),
        ("5", "Until"),
        ("6", "Decision"),
        ("7", "Finding"),
        ("9", "Finding"),
        ("10", "Until"),
        ("11", "Second person"),
        ("12", "State"),
        ("13", "Permission date"),
    ]
    assert everything_written(trip) == before


def test_a_sheet_without_the_column_that_tells_of_changes_is_refused(stage: Stage) -> None:
    trip = stage("audited")
    _, rows = sheet_of(trip, "decide")
    head = ["Sheet code", "Decided by", "Decision", "Finding"]
    filled = [{**row, "Decision": _usual(row), "Decided by": LEAD} for row in rows]
    before = everything_written(trip)
    back = sent_back(trip, head, [{title: row[title] for title in head} for row in filled])
    assert_refused(
        refuse(trip, "decide", "--from", str(back)),
        ExitCode.USAGE,
        "the sheet has lost the column State",
        "put it back",
    )
    assert everything_written(trip) == before


def test_a_sheet_that_comes_back_twice_decides_once(stage: Stage) -> None:
    trip = stage("audited")
    head, rows = sheet_of(trip, "decide", "--category", "secret")
    for row in rows:
        row.update({"Decision": "redact", "Decided by": LEAD})
    back = str(sent_back(trip, head, rows))
    trip.say("decide", "--from", back)
    again = refuse(trip, "decide", "--from", back)
    assert_refused(again, ExitCode.USAGE, "row 2, State: somebody has decided since: now it is redact")


def test_two_people_may_each_have_a_part(stage: Stage) -> None:
    trip = stage("audited")
    head, names = sheet_of(trip, "decide", "--category", "name")
    _, secrets = sheet_of(trip, "decide", "--category", "secret")
    for rows in (names, secrets):
        for row in rows:
            row.update({"Decision": _usual(row), "Decided by": IG_LEAD})
        trip.say("decide", "--from", str(sent_back(trip, head, rows)))
    assert {_states(trip)[row["Finding"]] for row in (*names, *secrets)} == {"rename", "redact"}


def test_a_sheet_of_another_audit_is_refused_with_what_changed(stage: Stage) -> None:
    trip = stage("audited")
    head, rows = sheet_of(trip, "decide")
    rows[0].update({"Decision": "redact", "Decided by": LEAD})
    back = str(sent_back(trip, head, rows))
    (trip.source / "late.R").write_text("# written by Wanda Newcomer\n", encoding="utf-8", newline="\n")
    in_source(trip.source, "add", "late.R")
    in_source(trip.source, "commit", "-q", "-m", "Late")
    trip.audit("--since-last")
    refused = refuse(trip, "decide", "--from", back)
    assert_refused(refused, ExitCode.USAGE, "it was made for commit", "2 open findings that it does not list")
    assert "opensafe decide --sheet FILE" in refused.err


@pytest.mark.parametrize("suffix", [".csv", ".html", ".xlsx"])
def test_no_sheet_holds_a_value_or_a_name(stage: Stage, suffix: str) -> None:
    trip = stage("audited")
    file = trip.case.parent / f"sheet{suffix}"
    trip.say("decide", "--sheet", str(file))
    text = _text_of(file)
    assert "Person 3" in text
    planted = [value.decode() for value in (CAST.token, CAST.scientist.name, CAST.scientist.email)]
    assert [value for value in planted if value in text] == []


def _text_of(file: Path) -> str:
    if file.suffix == ".xlsx":
        return "\n".join("\t".join(row.cells.values()) for row in read_sheet(file))
    return html.unescape(file.read_text(encoding="utf-8"))


def test_the_page_is_for_paper_and_has_no_script(stage: Stage) -> None:
    trip = stage("audited")
    file = trip.case.parent / "sheet.html"
    trip.say("decide", "--sheet", str(file), "--category", "secret")
    page = file.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert page.count("<li>not-a-finding</li>") == len(trip.findings(category="secret"))


def test_another_form_is_refused(stage: Stage) -> None:
    trip = stage("audited")
    refused = refuse(trip, "decide", "--sheet", str(trip.case.parent / "sheet.docx"))
    assert_refused(refused, ExitCode.USAGE, ".xlsx or .csv or .html")


@pytest.mark.parametrize("make", [lambda _: None, lambda path: path.mkdir()])
def test_a_sheet_that_cannot_be_read(stage: Stage, tmp_path: Path, make: Callable[[Path], None]) -> None:
    trip = stage("audited")
    make(tmp_path / "back.csv")
    refused = refuse(trip, "decide", "--from", str(tmp_path / "back.csv"))
    assert_refused(refused, ExitCode.USAGE, "the sheet cannot be read")
