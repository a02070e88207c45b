"""A table of a thousand patients is one question; a value that stands outside it as well is another."""

import json
from pathlib import Path

import pytest

from opensafe.detectors.nhsnumbers import sample_numbers
from opensafe.model.finding import Category, Finding, Severity
from opensafe.model.place import PlaceKind
from opensafe.stories.builder import Content
from tests.scan.scan_kit import Audited, Auditor, source_of

NUMBERS = sample_numbers(999_100_000, 1000)
TABLE = "nhs_number,born\n" + "".join(f"{number},1957\n" for number in NUMBERS)


def _audited_files(auditor: Auditor, folder: Path, versions: list[dict[bytes, Content]]) -> Audited:
    source_of(folder / "source", versions)
    return auditor.audit_source(folder / "source", folder / "view")


@pytest.fixture(name="audited")
def _audited(auditor: Auditor, tmp_path: Path) -> Audited:
    files: list[dict[bytes, Content]] = [
        {b"data/patients.csv": TABLE.encode(), b"copy.csv": TABLE.encode(), b"run.R": b"x <- 1\n"},
        {b"notes.md": f"The patient {NUMBERS[0]} is to be left out.\n".encode()},
    ]
    return _audited_files(auditor, tmp_path, files)


def waiting(audited: Audited) -> list[Finding]:
    return [finding for finding in audited.findings if finding.waits and finding.category is not Category.NAME]


def test_a_thousand_patients_are_two_questions_and_the_one_outside(audited: Audited) -> None:
    assert {finding.masked for finding in waiting(audited)} == {
        "Data file: copy.csv",
        "Data file: data/patients.csv",
        "[NHS number, up to 16 characters]",
    }


def test_every_number_is_known_all_the_same(audited: Audited) -> None:
    found = [audited.of(Category.DATA, number.encode()) for number in NUMBERS]
    assert [finding.occurrences if finding else 0 for finding in found] == [3, *(2 for _ in NUMBERS[1:])]


def test_what_lies_inside_names_its_questions(audited: Audited) -> None:
    questions = {finding.id for finding in audited.findings if finding.category is Category.FILE}
    inside = audited.of(Category.DATA, NUMBERS[1].encode())
    outside = audited.of(Category.DATA, NUMBERS[0].encode())
    assert inside is not None
    assert outside is not None
    assert (set(inside.covered_by), outside.covered_by) == (questions, ())


def test_a_question_counts_what_lies_in_it_and_is_as_grave(audited: Audited) -> None:
    question = next(finding for finding in audited.findings if finding.masked == "Data file: copy.csv")
    assert question.severity is Severity.HIGH
    assert question.profile[-1] == "found in it and nowhere else: NHS number (999)"


def test_only_the_outputs_of_a_notebook_that_go_are_covered(auditor: Auditor, tmp_path: Path) -> None:
    """What stands in the code stays, and so does an output that is marked to be kept: both are asked about."""
    first, second, third = sample_numbers(999_300_000, 3)
    outputs = [{"output_type": "stream", "name": "stdout", "text": [f"patient {number}"]} for number in (first, third)]
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": [f"patient = {second}"]}
    cells = [
        {**cell, "outputs": outputs[:1]},
        {**cell, "outputs": outputs[1:], "source": [], "metadata": {"keep_output": True}},
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    files: list[dict[bytes, Content]] = [{b"run.ipynb": json.dumps(notebook).encode()}]
    audited = _audited_files(auditor, tmp_path, files)
    found = [audited.of(Category.DATA, number.encode()) for number in (first, second, third)]
    assert [len(finding.covered_by) if finding else None for finding in found] == [1, 0, 0]


def test_a_copy_in_the_work_tree_is_part_of_the_question(auditor: Auditor, tmp_path: Path) -> None:
    source_of(tmp_path / "source", [{b"data/patients.csv": TABLE.encode()}])
    changed = tmp_path / "source" / "data" / "patients.csv"
    changed.parent.mkdir(exist_ok=True)
    changed.write_text(TABLE + "one row more\n")
    audited = auditor.audit_source(tmp_path / "source", tmp_path / "view")
    one = audited.of(Category.DATA, NUMBERS[0].encode())
    assert one is not None
    assert [place.kind for place in one.places] == [PlaceKind.BLOB, PlaceKind.WORKTREE]
    assert {finding.masked for finding in waiting(audited)} == {"Data file: data/patients.csv"}


@pytest.mark.parametrize("path", [b"records.json", b"fixtures/records.jsonl"])
def test_records_in_json_are_one_question(auditor: Auditor, tmp_path: Path, path: bytes) -> None:
    records = [{"nhs_number": number, "born": 1957} for number in NUMBERS[:20]]
    text = json.dumps(records) if path.endswith(b"json") else "\n".join(map(json.dumps, records))
    audited = _audited_files(auditor, tmp_path, [{path: text.encode()}])
    assert [finding.masked for finding in waiting(audited)] == [f"Data file: {path.decode()}"]
