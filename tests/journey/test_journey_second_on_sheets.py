"""A second person's word comes back on a sheet: about what stood there, and never their own."""

from pathlib import Path

import pytest

from opensafe.casework.sheet_rows import read_sheet
from opensafe.errors import ExitCode
from tests.casework.sheet_kit import save_xlsx
from tests.journey.journey_commands import assert_refused
from tests.journey.journey_sheets import Rows, everything_written, refuse, sent_back, sheet_of
from tests.journey.journey_stages import Stage
from tests.journey.journey_trip import IG_LEAD, LEAD, Trip

KEEP = ("--action", "keep", "--source", "a course", "--reason", "invented for a course", "--by", LEAD)


@pytest.fixture
def waiting(stage: Stage) -> tuple[Trip, str]:
    """A table of patients is to stay by the word of one person."""
    trip = stage("decided")
    patient = next(f["id"] for f in trip.findings(category="file", severity="high") if _is_table(f))
    trip.say("decide", patient, *KEEP)
    return trip, str(patient)


def _is_table(finding: dict[str, object]) -> bool:
    return finding["detector"] == "data.data-file"


def _state(trip: Trip, finding: str) -> str:
    return str(next(f["state"] for f in trip.findings() if f["id"] == finding))


def _only_row(trip: Trip) -> tuple[list[str], Rows]:
    head, rows = sheet_of(trip, "decide", "--awaiting-second")
    assert len(rows) == 1
    return head, rows


def test_a_sheet_says_which_rows_need_two_people_and_what_waits(waiting: tuple[Trip, str]) -> None:
    trip, patient = waiting
    _, rows = sheet_of(trip, "decide", "--category", "file", "--state", "open")
    (row,) = rows
    assert row["Finding"] == patient
    said = row["Two people"]
    assert said.startswith(f"awaits a second person: keep by {LEAD} on ")
    assert "invented for a course, open or synthetic source: a course" in said
    trip.say("decide", patient, "--undo", "--by", LEAD)
    _, rows = sheet_of(trip, "decide", "--category", "file")
    assert {row["Two people"] for row in rows if row["Finding"] == patient} == {
        "needed to keep it, or to call it no finding"
    }
    page = trip.case.parent / "sheet.html"
    trip.say("decide", "--sheet", str(page), "--category", "file")
    assert "needed to keep it, or to call it no finding" in page.read_text(encoding="utf-8")


def test_what_needs_nobody_else_says_nothing(stage: Stage) -> None:
    _, rows = sheet_of(stage("audited"), "decide", "--category", "name")
    assert {row["Two people"] for row in rows} == {""}


def test_a_second_person_agrees_by_their_name_alone(waiting: tuple[Trip, str]) -> None:
    trip, patient = waiting
    head, rows = _only_row(trip)
    rows[0].update({"Second person": IG_LEAD, "Reason": "seen the course"})
    told = trip.say("decide", "--from", str(sent_back(trip, head, rows)))
    assert told.out.startswith("Confirmed 1 finding.")
    assert _state(trip, patient) == "keep"
    entry = next(e for e in trip.ask("log", "show")["entries"] if e["what"].startswith("Confirmed"))
    assert (entry["by"], entry["why"], entry["details"]["findings"]) == (IG_LEAD, "seen the course", 1)
    assert f"by {IG_LEAD}: confirmed as a second person seen the course" in trip.say("show", patient).out


def test_the_same_on_a_workbook(waiting: tuple[Trip, str]) -> None:
    trip, patient = waiting
    file = trip.case.parent / "sheet.xlsx"
    trip.say("decide", "--sheet", str(file), "--awaiting-second")
    head = ["Sheet code", "Second person", "Two people", "State", "Finding"]
    rows = [{**{title: row.text(title) for title in head}, "Second person": IG_LEAD} for row in read_sheet(file)]
    back = save_xlsx(trip.case.parent / "back.xlsx", head, rows)
    before = everything_written(trip)
    assert "Would confirm 1 finding." in trip.say("decide", "--from", str(back), "--dry-run").out
    assert everything_written(trip) == before
    document = trip.ask("decide", "--from", str(back))
    assert document["details"]["confirmed"] == [patient]
    assert _state(trip, patient) == "keep"


def _refusal(trip: Trip, file: Path, telling: str) -> None:
    before = everything_written(trip)
    assert_refused(refuse(trip, "decide", "--from", str(file)), ExitCode.USAGE, telling, "correct these cells")
    assert everything_written(trip) == before


@pytest.mark.parametrize(
    ("cells", "telling"),
    [
        ({"Second person": LEAD.upper()}, "Second person: F-"),
        ({"Second person": f" {LEAD} "}, "the second person is the one who decided"),
        ({"Second person": IG_LEAD, "Two people": ""}, "Two people: what waits is not what this sheet says"),
        ({"Second person": IG_LEAD, "Two people": "awaits [000000000000]"}, "make a new sheet"),
        ({"Second person": IG_LEAD, "Decided by": LEAD}, "Decision: the decision is missing"),
        ({"Second person": "2"}, "Second person: a confirmation needs the name of a person"),
        ({"Second person": "#NAME?"}, "Second person: a confirmation needs the name of a person"),
        ({"Second person": IG_LEAD, "State": "keep"}, "State: somebody has decided since"),
    ],
)
def test_a_row_that_confirms_is_looked_at_as_strictly(
    waiting: tuple[Trip, str], cells: dict[str, str], telling: str
) -> None:
    trip, _ = waiting
    head, rows = _only_row(trip)
    rows[0].update(cells)
    _refusal(trip, sent_back(trip, head, rows), telling)


def test_nobody_confirms_what_came_after_the_sheet(waiting: tuple[Trip, str]) -> None:
    trip, patient = waiting
    head, rows = _only_row(trip)
    trip.say("decide", patient, *KEEP[:-3], "another reason", "--by", "Robin Reviewer")
    rows[0]["Second person"] = IG_LEAD
    _refusal(trip, sent_back(trip, head, rows), "what waits is not what this sheet says")


def test_a_name_alone_confirms_nothing_where_nothing_waits(stage: Stage) -> None:
    trip = stage("audited")
    head, rows = sheet_of(trip, "decide", "--category", "name")
    rows[0]["Second person"] = IG_LEAD
    _refusal(trip, sent_back(trip, head, rows), "Decision: nothing here waits for a second person")


def test_decisions_and_confirmations_count_together_or_not_at_all(waiting: tuple[Trip, str]) -> None:
    trip, patient = waiting
    head, rows = sheet_of(trip, "decide", "--state", "open")
    other = trip.findings(category="secret")[0]["id"]
    trip.say("decide", other, "--undo", "--by", LEAD)
    head, rows = sheet_of(trip, "decide", "--state", "open")
    for row in rows:
        filled = {"Second person": IG_LEAD} if row["Finding"] == patient else {"Decision": "redact", "Decided by": ""}
        row.update(filled)
    _refusal(trip, sent_back(trip, head, rows), "a decision needs the name of a person")
    assert _state(trip, patient) == "open"
    told = trip.say("decide", "--from", str(sent_back(trip, head, rows)), "--by", LEAD).out
    assert "Decided redact for 1 finding" in told
    assert "Confirmed 1 finding." in told
    assert (_state(trip, patient), _state(trip, other)) == ("keep", "redact")
