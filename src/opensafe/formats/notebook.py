"""Outputs of notebooks removed: nbstripout decides what goes, and only those bytes of the file change.

The notebook is not written anew, so sources, indentation, escapes, number formats and the end of the file stay.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from opensafe.formats.encodings import decoded, encoded, mark_of
from opensafe.formats.jsontext import JsonText, Pointer
from opensafe.formats.nature import nature_of
from opensafe.formats.notebookparts import parse
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.expressions import expression

# What the nbstripout command removes besides outputs and counts.
_NOTEBOOK_KEYS = ("signature", "widgets")
_CELL_KEYS = ("collapsed", "ExecuteTime", "execution", "heading_collapsed", "hidden", "scrolled")
_EXTRA = [*(f"metadata.{key}" for key in _NOTEBOOK_KEYS), *(f"cell.metadata.{key}" for key in _CELL_KEYS)]
_COUNT = "execution_count"
_OUTPUT = expression(r"notebook:cell \d+ output ")  # what is marked to be kept is called so


def has_outputs(data: bytes) -> bool:
    """Whether `strip_outputs` would remove anything: outputs that are marked to be kept do not count."""
    notebook = parse(_text(data))
    return notebook is not None and _loses_output(notebook, _stripped(notebook))


def is_notebook(data: bytes) -> bool:
    """Whether it can be read as a notebook (nbformat 4), with or without outputs."""
    return parse(_text(data)) is not None


def strip_outputs(data: bytes) -> bytes | None:
    """The notebook as nbstripout leaves it, cell ids kept; None if nothing goes or it is no sound notebook."""
    text = _text(data)
    notebook = parse(text)
    if notebook is None:
        return None
    edits = list(_edits(text, notebook, _stripped(notebook)))
    if not edits:
        return None
    encoding = nature_of(data).encoding
    return mark_of(data, encoding) + encoded(apply_edits(text, edits), encoding)


def goes_with_outputs(via: Sequence[str]) -> bool:
    """Whether what `via` leads to is in an output that `strip_outputs` takes out."""
    return any(map(_OUTPUT.match, via))


def _text(data: bytes) -> bytes:
    """The notebook as UTF-8; nothing if it is none."""
    nature = nature_of(data)
    return decoded(data, nature.encoding) if nature.signature == "ipynb" and nature.is_text else b""


def _node(members: Mapping[str, Any]) -> Any:
    """A dictionary in nbformat's own form (which has no types): its members are attributes too."""
    from nbformat import NotebookNode  # noqa: PLC0415 - it takes a tenth of a second, and few repositories have one

    return NotebookNode(members)  # type: ignore[no-untyped-call]  # see above


def _stripped(notebook: Mapping[str, Any]) -> Any:
    """What nbstripout makes of an outline of the notebook: it sees no contents, which may be malformed or deep."""
    from nbstripout import strip_output  # noqa: PLC0415 - as above

    cells = [_outline_cell(cell) for cell in notebook["cells"]]
    outline = _node({"nbformat": 4, "metadata": _outline_metadata(notebook, _NOTEBOOK_KEYS), "cells": cells})
    return strip_output(outline, keep_output=None, keep_count=False, keep_id=True, extra_keys=_EXTRA)


def _outline_cell(cell: Mapping[str, Any]) -> Any:
    outline = _node({"metadata": _outline_metadata(cell, _CELL_KEYS)})
    outputs = cell.get("outputs")
    if isinstance(outputs, list):
        outline["outputs"] = [_outline_output(output) for output in outputs]
    for key in (_COUNT, "prompt_number"):
        if cell.get(key) is not None:
            outline[key] = 1
    return outline


def _outline_output(output: Any) -> dict[str, Any]:
    counted = isinstance(output, dict) and output.get(_COUNT) is not None
    return {"content": "any", **({_COUNT: 1} if counted else {})}


def _outline_metadata(holder: Mapping[str, Any], removable: tuple[str, ...]) -> Any:
    """The keys that nbstripout removes, and the marks that keep outputs, where they are well formed.

    A contradiction between the two marks stops nbstripout; here the outputs go, since that is the safe reading.
    """
    metadata = holder.get("metadata")
    known = metadata if isinstance(metadata, dict) else {}
    outline = _node({key: "any" for key in removable if key in known})
    for mark in ("keep_output", "init_cell"):
        if isinstance(known.get(mark), bool):
            outline[mark] = known[mark]
    tags = known.get("tags")
    if isinstance(tags, list) and "keep_output" in tags and known.get("keep_output") is not False:
        outline["tags"] = ["keep_output"]
    return outline


def _loses_output(notebook: Mapping[str, Any], stripped: Any) -> bool:
    if "widgets" in _metadata(notebook):
        return True
    pairs = zip(notebook["cells"], stripped.cells, strict=True)
    return any(len(after.get("outputs", ())) != len(_outputs(before)) for before, after in pairs)


def _outputs(cell: Mapping[str, Any]) -> list[Any]:
    outputs = cell.get("outputs")
    return outputs if isinstance(outputs, list) else []


def _metadata(holder: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = holder.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _edits(data: bytes, notebook: Mapping[str, Any], stripped: Any) -> Iterator[Edit]:
    layout = JsonText(data)
    yield from _removed_members(layout, ("metadata",), _metadata(notebook), stripped.metadata, _NOTEBOOK_KEYS)
    for number, (before, after) in enumerate(zip(notebook["cells"], stripped.cells, strict=True)):
        at: Pointer = ("cells", number)
        yield from _removed_members(layout, (*at, "metadata"), _metadata(before), after.metadata, _CELL_KEYS)
        if len(after.get("outputs", ())) != len(_outputs(before)):
            yield _replaced(layout, (*at, "outputs"), b"[]")
        else:
            yield from _removed_counts(layout, (*at, "outputs"), _outputs(before))
        for key in (_COUNT, "prompt_number"):
            if before.get(key) is not None:
                yield _replaced(layout, (*at, key), b"null")


def _removed_counts(layout: JsonText, at: Pointer, outputs: list[Any]) -> Iterator[Edit]:
    """Outputs that are kept lose their counts."""
    for number, output in enumerate(outputs):
        if isinstance(output, dict) and output.get(_COUNT) is not None:
            yield _replaced(layout, (*at, number, _COUNT), b"null")


def _replaced(layout: JsonText, at: Pointer, text: bytes) -> Edit:
    value = layout.value(at)
    return Edit(value.start, value.end, text)


def _removed_members(
    layout: JsonText, at: Pointer, before: Mapping[str, Any], after: Mapping[str, Any], removable: tuple[str, ...]
) -> Iterator[Edit]:
    """Edits that take members out of an object together with their commas."""
    gone = {key for key in removable if key in before and key not in after}
    if not gone:
        return
    members = list(layout.children(layout.value(at).start).items())
    kept = [number for number, (key, _) in enumerate(members) if key not in gone]
    last_kept = kept[-1] if kept else -1
    for number, (key, member) in enumerate(members[: last_kept + 1]):
        if key in gone:
            yield Edit(member.key_start, members[number + 1][1].key_start, b"")
    if last_kept + 1 < len(members):
        start = members[last_kept][1].end if kept else members[0][1].key_start
        yield Edit(start, members[-1][1].end, b"")
