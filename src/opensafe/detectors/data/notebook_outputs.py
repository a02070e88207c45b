"""Notebooks that keep their outputs: printed rows, tables and plots of whatever was analysed."""

from collections.abc import Iterator

from opensafe.detectors.kinds import ContentDetector
from opensafe.formats.notebook import has_outputs
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Form, Hit, Severity
from opensafe.model.secret import Secret
from opensafe.model.specimen import Specimen


def _look(specimen: Specimen) -> Iterator[Hit]:
    if specimen.via or specimen.signature != "ipynb" or not has_outputs(specimen.data):
        return
    table = b'"text/html"' in specimen.data and b"<table" in specimen.data
    yield Hit(
        start=0,
        end=0,
        value=Secret(b"notebook-outputs", "notebook outputs"),
        form=Form.FILE,
        severity=Severity.HIGH if table else Severity.MEDIUM,
        confidence=Confidence.HIGH,
        why="outputs are kept, an HTML table among them" if table else "outputs are kept",
    )


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
    _look,
    (rb'"outputs"|"widgets"',),
)
