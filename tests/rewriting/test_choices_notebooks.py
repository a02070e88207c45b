"""Every notebook without outputs, in every commit."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from opensafe.errors import UsageError
from opensafe.model.choices import Choices, FileChoices
from opensafe.model.plan import BlobChange
from opensafe.stories.builder import DELETED, History
from tests.rewriting.choices_kit import choose, choose_in
from tests.rewriting.rewriting_kit import ALICE, World, world

STRIP = Choices(files=FileChoices(strip_notebooks=True))
SHOWN = {"output_type": "stream", "name": "stdout", "text": ["ward A\n"]}


def notebook(*outputs: Any, metadata: dict[str, Any] | None = None, count: int | None = 3) -> bytes:
    cell = {"cell_type": "code", "metadata": metadata or {}, "execution_count": count, "outputs": list(outputs)}
    whole = {"cells": [{**cell, "source": "x = 1"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(whole, indent=1).encode() + b"\n"


def studies() -> History:
    told = History(ALICE)
    told.commit(b"One\n", {b"nb/a.ipynb": notebook(SHOWN), b"b.ipynb": notebook(), b"data.json": notebook(SHOWN)})
    told.commit(b"Two\n", {b"nb/a.ipynb": notebook(SHOWN, SHOWN), b"empty.ipynb": b""})
    kept = notebook(SHOWN, metadata={"tags": ["keep_output"]})
    told.commit(b"Three\n", {b"nb/a.ipynb": DELETED, b"figure.ipynb": kept})
    return told


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("studies"), studies())


def test_all_of_history_is_stripped_as_nbstripout_does(seen: World, tmp_path: Path) -> None:
    """Counts go where there are no outputs; a file of another name stays, though its content is a notebook too."""
    made = choose_in(replace(seen, folder=tmp_path), STRIP)
    assert made.failed() == {}
    bare = notebook(count=None)
    assert made.files("main~2") == {b"b.ipynb": bare, b"data.json": notebook(SHOWN), b"nb/a.ipynb": bare}
    kept = notebook(SHOWN, metadata={"tags": ["keep_output"]}, count=None)
    assert made.files() == {
        b"b.ipynb": bare,
        b"data.json": notebook(SHOWN),
        b"empty.ipynb": b"",
        b"figure.ipynb": kept,
    }


def test_a_notebook_that_cannot_be_read_is_refused_unless_it_goes(tmp_path: Path) -> None:
    told = studies()
    told.commit(b"Conflict\n", {b"old/bad.ipynb": b"<<<<<<< HEAD\n{}\n"})
    with pytest.raises(UsageError, match="1 versions of notebooks cannot be read"):
        choose(tmp_path / "a", told, STRIP)
    made = choose(tmp_path / "b", told, Choices(files=FileChoices(remove_paths=("old",), strip_notebooks=True)))
    assert made.failed() == {}


def test_the_proof_notices_outputs_that_are_left_and_files_that_had_none(seen: World, tmp_path: Path) -> None:
    plain = choose_in(replace(seen, folder=tmp_path), Choices(files=FileChoices(remove_paths=("data.json",))))
    both = Choices(files=FileChoices(remove_paths=("data.json",), strip_notebooks=True))
    assert plain.failed(choices=both).keys() == {"notebooks-chosen"}
    made = choose_in(replace(seen, folder=tmp_path / "2"), STRIP)
    empty = next(oid for oid in seen.graph.blobs if seen.data(oid) == b"")
    forged = replace(made.spec, blobs=(*made.spec.blobs, BlobChange(empty, strip_outputs=True)))
    assert "notebooks-chosen" in made.failed(spec=forged)
