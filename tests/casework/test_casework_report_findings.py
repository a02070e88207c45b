"""A report of a large case lists the gravest findings, counts all of them, and has all in a file beside it."""

import csv
import hashlib
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.casefile import record
from opensafe.casefile.config import CaseConfig
from opensafe.casefile.folder import Case
from opensafe.casefile.tally import tally
from opensafe.casefile.view import settled
from opensafe.casework.report_findings import report_findings
from opensafe.model.census import Census
from opensafe.model.decision import Action, Decision
from opensafe.model.finding import Finding, Form
from opensafe.model.identifiers import FindingId
from opensafe.reports.formats import FORMATS
from opensafe.reports.html import LISTED_CREDENTIALS, MOST_FINDINGS
from opensafe.reports.report_format import ReportFormat
from opensafe.reports.review_order import in_review_order
from opensafe.steps.report import report
from tests.casefile import casefile_kit as kit


def case_of(folder: Path, *findings: Finding) -> Case:
    subprocess.run(["git", "init", "--quiet", str(folder / "source")], check=True)
    case = Case.create(folder / "case", CaseConfig(source=str(folder / "source"), name="large"))
    case.index.write(kit.audit(*findings))
    return case


def shape(most: int) -> ReportFormat:
    return ReportFormat("x", ".x", lambda _: "", most=most, places=1)


@pytest.mark.parametrize("most", [1, 7, 30, 60])
def test_the_gravest_are_listed_and_all_are_counted(tmp_path: Path, most: int) -> None:
    made = [replace(f, person=number if number % 4 else None) for number, f in enumerate(record(60).findings)]
    made[:2] = [replace(file, form=Form.FILE) for file in made[:2]]  # the first is decided about
    for number in range(20, 32):
        made[number] = replace(made[number], covered_by=(made[number % 2].id,))
    case = case_of(tmp_path, *made)
    with case.writing("decide"):
        case.decisions.append(*(Decision(f.id, Action.KEEP, "Ann", kit.TODAY, "public") for f in made[::3]))
    every, _ = settled(case, kit.TODAY)
    decisions = case.decisions.read()
    found = report_findings(case, decisions, tally(case, decisions, kit.TODAY), shape(most), kit.TODAY)

    def gravest(of_people: bool) -> list[FindingId]:
        return [f.id for f in in_review_order(f for f in every if (f.person is not None) is of_people)][:most]

    assert found.census == Census.of(every)
    assert found.is_cut is (most < 60)
    if found.is_cut:
        assert [f.id for f in found.listed] == gravest(True) + gravest(False)
    assert all(len(f.places) == 1 for f in found.listed)
    assert {f.id for f in found.credentials} == {f.id for f in every if f.category == "secret"}


def test_nothing_is_hidden_where_a_page_does_not_list_everything(tmp_path: Path) -> None:
    made = record(MOST_FINDINGS * 3).findings
    case = case_of(tmp_path, *made)
    page = tmp_path / "page.html"
    text = report(case, "html", output=page).text

    beside = tmp_path / "page.csv"
    rows = list(csv.DictReader(beside.read_text("utf-8").splitlines()))
    assert {row["id"] for row in rows} == {finding.id for finding in made}
    assert f"All {len(made):,}, one in a row, stand in the file <code>page.csv</code>" in text
    assert hashlib.sha256(beside.read_bytes()).hexdigest() in text
    assert f"Below stand {MOST_FINDINGS:,} findings of {len(made):,}" in text

    table = text[text.index('<table id="not-listed-table"') :]
    counted = re.findall(r'<td class="number">([\d,]+)</td>\s*<td class="number">', table[: table.index("</table>")])
    assert sum(int(number.replace(",", "")) for number in counted) == len(made) - MOST_FINDINGS

    secrets = sum(finding.category == "secret" for finding in made)
    assert f"These are {LISTED_CREDENTIALS} of {secrets} credentials" in text


def test_a_case_that_fits_has_no_file_beside_its_page(tmp_path: Path) -> None:
    case = case_of(tmp_path, *record(20).findings)
    text = report(case, "html", output=tmp_path / "page.html").text
    assert "not-listed" not in text
    assert not (tmp_path / "page.csv").exists()
    assert FORMATS["html"].most == MOST_FINDINGS


def test_what_is_disclosed_names_no_file(tmp_path: Path) -> None:
    case = case_of(tmp_path, *record(MOST_FINDINGS + 1).findings)
    text = report(case, "disclosure", output=tmp_path / "page.html").text
    assert "The list of all is with the team." in text
    assert not (tmp_path / "page.csv").exists()
