"""Sheets of large cases hold what people can fill in, and say how much they do not hold."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.casefile import record
from opensafe.casefile.config import CaseConfig
from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter
from opensafe.model.decision import Action, Decision
from opensafe.model.finding import Category, State
from opensafe.steps.rotation_sheet import write_sheets
from opensafe.steps.sheets import Written, write_decision_sheet
from tests.casefile import casefile_kit as kit

FINDINGS = record(30).findings
OPEN_SECRETS = Filter(category=Category.SECRET, state=State.OPEN)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = Case.create(tmp_path / "case", CaseConfig(source=str(tmp_path / "source"), name="long"))
    made.index.write(kit.audit(*FINDINGS))
    return made


def ids_on(sheet: Path) -> list[str]:
    return [row["Finding"] for row in csv.DictReader(sheet.read_text("utf-8-sig").splitlines())]


def test_the_next_sheet_goes_on_where_the_first_one_ended(case: Case, tmp_path: Path) -> None:
    whole, first, second = (tmp_path / f"{name}.csv" for name in ("whole", "first", "second"))
    assert write_decision_sheet(case, whole, OPEN_SECRETS) == Written(6, 0)
    assert write_decision_sheet(case, first, OPEN_SECRETS, most=4) == Written(4, 2)
    with case.writing("decide"):
        case.decisions.append(*(Decision(id_, Action.REDACT, "Ann", kit.TODAY) for id_ in ids_on(first)))
    assert write_decision_sheet(case, second, OPEN_SECRETS, most=4) == Written(2, 0)
    assert ids_on(first) + ids_on(second) == ids_on(whole)


def test_a_sheet_that_is_not_the_whole_says_so_on_the_page(case: Case, tmp_path: Path) -> None:
    write_decision_sheet(case, tmp_path / "part.html", OPEN_SECRETS, most=4)
    write_decision_sheet(case, tmp_path / "whole.html", OPEN_SECRETS)
    words = "These are the first 4 of 6 findings: the others are for the next sheet."
    assert words in (tmp_path / "part.html").read_text("utf-8")
    assert "These are the first" not in (tmp_path / "whole.html").read_text("utf-8")


def test_a_long_work_sheet_says_how_many_it_does_not_print(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("opensafe.steps.rotation_sheet._PRINTED", 4)
    text = write_sheets(case, output=tmp_path / "sheet.html").file.read_text("utf-8")
    secrets = [finding for finding in FINDINGS if finding.category is Category.SECRET]
    assert sum(f'<code class="id">{finding.id}</code>' in text for finding in secrets) == 4
    assert "2 more credentials of these systems are not printed here." in text
    case.index.write(kit.audit(*(replace(finding, places=()) for finding in secrets[:4])))
    assert "not printed" not in write_sheets(case, output=tmp_path / "all.html").file.read_text("utf-8")
