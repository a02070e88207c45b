"""Notebooks that keep their outputs: printed rows, tables and plots of whatever was analysed."""

from collections.abc import Iterator

from opensafe.detectors.gates import Look
from opensafe.detectors.kinds import ContentDetector
from opensafe.detectors.pagetables import tables_in, told
from opensafe.detectors.smallnumbers import PRESETS
from opensafe.formats.notebook import has_outputs
from opensafe.formats.notebookparts import parse, parts_of
from opensafe.model.context import Context
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.disclosure import DisclosureRule
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Role, Specimen


def _prepare(context: Context) -> Look:
    rule = context.small_numbers or PRESETS["hes"]

    def look(specimen: Specimen) -> Iterator[Hit]:
        if not specimen.via and specimen.signature == "ipynb" and has_outputs(specimen.data):
            yield _question(specimen.data, rule)

    return look


def _question(data: bytes, rule: DisclosureRule) -> Hit:
    table = b'"text/html"' in data and b"<table" in data
    return Hit(
        start=0,
        end=0,
        value=Secret(b"notebook-outputs", "notebook outputs"),
        form=Form.FILE,
        severity=Severity.HIGH if table else Severity.MEDIUM,
        confidence=Confidence.HIGH,
        why="outputs are kept, an HTML table among them" if table else "outputs are kept",
        profile=tuple(_lines(data, rule)) if table else (),
    )


def _lines(data: bytes, rule: DisclosureRule) -> Iterator[str]:
    """What the tables in the outputs look like."""
    notebook = parse(data)
    outputs = [part.text for part in parts_of(notebook) if part.role is Role.OUTPUT] if notebook else []
    yield from told([table for text in outputs for table in tables_in(text)], rule)


_NOTEBOOK = (
    '{"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": ["1"], "outputs": [',
    "]}]",
    ', "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
)
_OUTPUT = '{"output_type": "stream", "name": "stdout", "text": ["1"]}'

DETECTOR = ContentDetector(
    Card(
        id="data.notebook-outputs",
        title="Notebook with outputs",
        category=Category.FILE,
        severity=Severity.MEDIUM,
        scope=Scope.CONTENT,
        why="Outputs show the data that was analysed, often as whole tables; they are most of the bytes of a "
        "notebook and none "
        "of its code.",
        remedy="Strip the outputs in the whole history (sources stay as they are), or keep them with a reason.",
        reference="facts: data 1.8 and 9; nbstripout",
        examples=(Example((_NOTEBOOK[0], _OUTPUT, *_NOTEBOOK[1:]), path="run.ipynb"),),
        non_examples=(
            Example(_NOTEBOOK, path="run.ipynb"),
            Example(("outputs <- list()",)),
        ),
    ),
    _prepare(Context()),
    (rb'"outputs"|"widgets"',),
    _prepare,
)
