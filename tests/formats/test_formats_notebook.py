"""Notebooks: every part is read, outputs go without another byte changing, damage falls back to the raw text."""

import json
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbstripout import strip_output

from opensafe.formats.decode import decode, part_at
from opensafe.formats.notebook import goes_with_outputs, has_outputs, strip_outputs
from opensafe.formats.reencode import rewrite
from opensafe.formats.signature import signature
from opensafe.model.plan import SpanEdit
from opensafe.model.specimen import Role

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==\n"


def code(
    outputs: list[Any], metadata: dict[str, Any] | None = None, source: Any = "x <- 1\n", count: int | None = 1
) -> Any:
    return {
        "cell_type": "code",
        "id": "a1",
        "metadata": metadata or {},
        "execution_count": count,
        "outputs": outputs,
        "source": source,
    }


def book(cells: list[Any], metadata: dict[str, Any] | None = None, indent: int | None = 1) -> bytes:
    whole = {"cells": cells, "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=indent).encode() + b"\n"


STREAM = {"name": "stdout", "output_type": "stream", "text": ["ward A\n", "ward B\n"]}
RESULT = {
    "data": {"image/png": PNG, "text/html": ["<td>Ada</td>"], "application/json": {"ids": [9990000001, 1.0]}},
    "execution_count": 1,
    "metadata": {},
    "output_type": "execute_result",
}
ERROR = {"output_type": "error", "ename": "KeyError", "evalue": "'dob'", "traceback": ["line 1", "line 2"]}
PICTURE = {
    "cell_type": "markdown",
    "metadata": {},
    "source": ["# Title"],
    "attachments": {"scan.png": {"image/png": PNG}},
}


def test_every_part_of_a_notebook() -> None:
    data = book([code([STREAM, RESULT, ERROR]), PICTURE], {"papermill": {"path": "C:\\Users\\ada"}})
    decoding = decode(data)
    assert decoding.signature == "ipynb"
    assert [(part.via[0], part.role, part.data.decode()) for part in decoding.parts] == [
        ("notebook:cell 1 source", Role.SOURCE, "x <- 1\n"),
        ("notebook:cell 1 output 1 stdout", Role.OUTPUT, "ward A\nward B\n"),
        ("notebook:cell 1 output 2 text/html", Role.OUTPUT, "<td>Ada</td>"),
        ("notebook:cell 1 output 2 application/json", Role.OUTPUT, "ids: \n9990000001\n1.0\n"),
        (
            "notebook:cell 1 output 3 other",
            Role.OUTPUT,
            "ename: KeyError\nevalue: 'dob'\ntraceback: \nline 1\nline 2\n",
        ),
        ("notebook:cell 2 source", Role.SOURCE, "# Title"),
        ("notebook:cell 2 attachments", Role.METADATA, "scan.png\n"),
        ("notebook:metadata", Role.METADATA, "metadata: \npapermill: \npath: C:\\Users\\ada\nid: a1\n"),
    ]


@pytest.mark.parametrize("payload", ["token = correct horse", "iVBORw0KGgo and then words"])
def test_text_that_claims_to_be_an_image_is_read(payload: str) -> None:
    data = book([code([{"output_type": "display_data", "metadata": {}, "data": {"image/png": payload}}])])
    assert part_at(data, ("notebook:cell 1 output 1 image/png",)) == payload.encode()


def test_a_number_a_key_and_a_line_are_changed_in_place() -> None:
    data = book([code([RESULT])], {"Ada Lovelace": 1})
    via = ("notebook:cell 1 output 1 application/json",)
    result = rewrite(
        data,
        [
            SpanEdit(via, 6, 16, b"[redacted]"),
            SpanEdit(("notebook:metadata",), 11, 23, b"Person 1"),
            SpanEdit(("notebook:cell 1 output 1 text/html",), 4, 7, b'"X"'),
        ],
    )
    expected = data.replace(b"9990000001", b'"[redacted]"').replace(b"Ada Lovelace", b"Person 1")
    assert result == expected.replace(b"<td>Ada", b'<td>\\"X\\"')


def test_a_secret_over_two_lines_is_one_span() -> None:
    data = book([code([], source=["key = '''first\n", "second'''\n"])])
    result = rewrite(data, [SpanEdit(("notebook:cell 1 source",), 9, 21, b"REDACTED")])
    assert json.loads(result)["cells"][0]["source"] == ["key = '''REDACTED", "'''\n"]


BROKEN = {
    "conflict markers": b'{"cells": [\n<<<<<<< HEAD\n], "nbformat": 4}',
    "version 3": b'{"worksheets": [{"cells": []}], "nbformat": 3, "metadata": {}}',
    "cells are no list": b'{"cells": 3, "nbformat": 4}',
    "deep": b'{"nbformat": 4, "cells": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "a key twice": b'{"nbformat": 4, "cells": [], "metadata": {"a": "hidden", "a": "shown"}}',
    "empty": b"",
}


@pytest.mark.parametrize("name", BROKEN)
def test_damage_falls_back_to_the_raw_text(name: str) -> None:
    decoding = decode(BROKEN[name], b"analysis.ipynb")
    assert [(part.via, part.data) for part in decoding.parts] == [((), BROKEN[name])]
    assert strip_outputs(BROKEN[name]) is None
    assert not has_outputs(BROKEN[name])


def test_stripping_changes_outputs_counts_and_volatile_metadata_only() -> None:
    data = book([code([STREAM, RESULT], {"scrolled": True, "name": "plot"}), PICTURE], {"widgets": {}, "k": 1.50})
    expected = book([code([], {"name": "plot"}, count=None), PICTURE], {"k": 1.50})
    assert strip_outputs(data) == expected
    assert has_outputs(data)


def test_what_is_not_json_as_python_writes_it_stays_as_it_is() -> None:
    cell = (
        b'{ "outputs" : [ {"output_type":"stream"} ], "metadata":{ }, "source":["\\u00e9 \xc3\xa9\\/"], "n": 1.50e0 }'
    )
    data = b'{\r\n\t"cells": [' + cell + b'],\r\n\t"nbformat": 4 }'
    assert strip_outputs(data) == data.replace(b'[ {"output_type":"stream"} ]', b"[]")


@pytest.mark.parametrize(
    ("metadata", "is_kept"),
    [
        ({}, False),
        ({"tags": ["keep_output"]}, True),
        ({"keep_output": True}, True),
        ({"init_cell": True}, True),
        ({"keep_output": False}, False),
        ({"keep_output": False, "tags": ["keep_output"]}, False),
        ({"tags": "keep_output"}, False),
        ({"tags": 7, "keep_output": "yes"}, False),
    ],
)
def test_marks_that_keep_outputs(metadata: dict[str, Any], is_kept: bool) -> None:
    data = book([code([STREAM], metadata), code([RESULT])])
    result = strip_outputs(data)
    assert result is not None
    cells = json.loads(result)["cells"]
    assert [cell["outputs"] for cell in cells] == [[STREAM] if is_kept else [], []]
    assert has_outputs(book([code([STREAM], metadata)])) is not is_kept
    via = {part.via for part in decode(data).parts if part.role is Role.OUTPUT and b"ward" in part.data}
    assert via == {("notebook:cell 1 kept output 1 stdout",) if is_kept else ("notebook:cell 1 output 1 stdout",)}


@settings(deadline=None, max_examples=100)
@given(
    marks=st.dictionaries(st.sampled_from(["keep_output", "init_cell"]), st.sampled_from([True, False, "yes"])),
    tags=st.sampled_from([None, [], ["keep_output"], ["other", "keep_output"], "keep_output"]),
    whole=st.sampled_from([{}, {"keep_output": True}, {"keep_output": False}, {"keep_output": "yes"}]),
)
def test_what_is_called_kept_is_what_stays(marks: dict[str, Any], tags: Any, whole: dict[str, Any]) -> None:
    """The name under which an output is read says whether it goes, whatever marks there are."""
    data = book([code([STREAM], marks if tags is None else {**marks, "tags": tags})], whole)
    (output,) = (part for part in decode(data).parts if part.role is Role.OUTPUT)
    cells = json.loads(strip_outputs(data) or data)["cells"]
    assert goes_with_outputs(output.via) is (not cells[0]["outputs"])


def test_a_kept_output_loses_its_count() -> None:
    kept = code([RESULT], {"tags": ["keep_output"]})
    result = strip_outputs(book([kept, code([STREAM])]))
    assert result is not None
    assert json.loads(result)["cells"][0]["outputs"] == [{**RESULT, "execution_count": None}]


VOLATILE = st.sampled_from(["collapsed", "hidden", "scrolled", "mine", "tags", "name"])
CELLS = st.builds(
    code,
    st.lists(st.sampled_from([STREAM, RESULT, ERROR]), max_size=2),
    st.dictionaries(VOLATILE, st.booleans(), max_size=4),
    st.one_of(st.text(max_size=20), st.lists(st.text(max_size=9), max_size=3)),
    st.none() | st.integers(1, 9),
)
BOOKS = st.builds(
    book,
    st.lists(st.one_of(CELLS, st.just(PICTURE)), max_size=4),
    st.dictionaries(st.sampled_from(["widgets", "signature", "kernelspec", "author"]), st.just("x"), max_size=4),
    st.sampled_from([None, 0, 1, 4]),
)


@settings(deadline=None, max_examples=150)
@given(data=BOOKS)
def test_stripping_is_final_and_keeps_every_source(data: bytes) -> None:
    result = strip_outputs(data)
    if result is None:
        assert not has_outputs(data)
        assert all(not cell.get("outputs") for cell in json.loads(data)["cells"])
        return
    before, after = json.loads(data), json.loads(result)
    assert [cell["source"] for cell in after["cells"]] == [cell["source"] for cell in before["cells"]]
    assert [cell.get("id") for cell in after["cells"]] == [cell.get("id") for cell in before["cells"]]
    assert all(not cell.get("outputs") for cell in after["cells"])
    assert strip_outputs(result) is None


@settings(deadline=None, max_examples=150)
@given(data=BOOKS, marks=st.lists(st.sampled_from(["keep_output", "init_cell"]), max_size=3))
def test_the_result_is_that_of_nbstripout(data: bytes, marks: list[str]) -> None:
    """Compared as JSON with what the program itself makes of the notebook, with its own default keys."""
    told = json.loads(data)
    for cell, mark in zip(told["cells"], marks, strict=False):
        cell["metadata"][mark] = True
    for cell in told["cells"]:
        cell["metadata"].pop("tags", None)  # nbstripout stumbles over tags that are no list
    marked = json.dumps(told).encode()
    keys = ["metadata.signature", "metadata.widgets"]
    keys += [f"cell.metadata.{key}" for key in ("collapsed", "hidden", "scrolled")]
    expected = strip_output(
        nbformat.from_dict(json.loads(marked)),  # type: ignore[no-untyped-call]  # it has no types
        keep_output=None,
        keep_count=False,
        keep_id=True,
        extra_keys=keys,
    )
    assert json.loads(strip_outputs(marked) or marked) == json.loads(json.dumps(expected))


def test_counts_go_from_a_notebook_without_outputs() -> None:
    data = book([code([], count=7)])
    assert not has_outputs(data)
    assert strip_outputs(data) == book([code([], count=None)])


def test_a_settings_file_with_cells_is_no_notebook() -> None:
    assert signature(b'{"cells": [1, 2], "rows": 4}\n', b"grid.json") == "json"
    assert strip_outputs(b'{"cells": [1, 2], "rows": 4}\n') is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_notebooks_in_other_encodings(encoding: str) -> None:
    data = book([code([STREAM])]).decode().encode(encoding)
    assert has_outputs(data)
    assert strip_outputs(data) == book([code([], count=None)]).decode().encode(encoding)
    assert [part.via[1] for part in decode(data).parts][:1] == ["notebook:cell 1 source"]
