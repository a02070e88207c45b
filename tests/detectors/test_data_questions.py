"""Data files and notebooks are questions about the raw file only, and their reasons never quote it."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from opensafe.detectors.engine import Engine
from opensafe.model.finding import Form, Hit, Severity
from opensafe.model.specimen import Specimen

Sees = Callable[..., list[Hit]]
_PATIENTS = "patient_id,age,sex,admission_date\n" + "".join(f"{row},4{row},F,2020-01-0{row}\n" for row in range(1, 9))
_WARDS = "ward,beds,count\n" + "".join(f"W{row},12,{row}\n" for row in range(1, 9))


def test_question_is_asked_of_the_raw_file_only(engine: Engine, specimen_of: Callable[..., Specimen]) -> None:
    raw = specimen_of(_WARDS.encode(), "w.csv")
    decoded = replace(raw, via=("utf-16",))
    assert [w.card.id for w in engine.content(raw)] == ["data.data-file"]
    assert engine.content(decoded) == []


@pytest.mark.parametrize(("text", "severity"), [(_PATIENTS, Severity.HIGH), (_WARDS, Severity.MEDIUM)])
def test_rows_about_people_come_first(text: str, severity: Severity, sees: Sees) -> None:
    (hit,) = sees("data.data-file", text, "x.csv")
    assert (hit.severity, hit.form, hit.value.reveal()) == (severity, Form.FILE, b"data-file")


def test_reason_gives_size_and_kinds_but_no_header(sees: Sees) -> None:
    (hit,) = sees("data.data-file", _PATIENTS, "x.csv")
    assert hit.why == (
        "data file (csv); 8 rows, 4 columns, looks like one row a person, "
        "age or birth, sex, dates of care, an identifier"
    )


def _notebook(output: dict[str, object] | None) -> str:
    cell: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "source": ["df"],
        "outputs": [output] if output else [],
    }
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.mark.parametrize(
    ("output", "severities"),
    [
        (None, []),
        ({"output_type": "stream", "name": "stdout", "text": ["1"]}, [Severity.MEDIUM]),
        (
            {"output_type": "display_data", "metadata": {}, "data": {"text/html": ["<table><tr></tr></table>"]}},
            [Severity.HIGH],
        ),
    ],
)
def test_outputs_are_a_question_and_a_table_is_high(
    output: dict[str, object] | None, severities: list[Severity], sees: Sees
) -> None:
    hits = sees("data.notebook-outputs", _notebook(output), "run.ipynb")
    assert [h.severity for h in hits] == severities
