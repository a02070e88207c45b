"""Jupyter notebooks: sources, outputs and metadata as the text that people see, in the place of the raw JSON."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from opensafe.formats.budget import Meter
from opensafe.formats.content import Changes, Content, Unpacked
from opensafe.formats.jsontext import JsonText, Value, escaped, literal_runs
from opensafe.formats.notebookparts import NotebookPart, Number, Segment, parse, parts_of
from opensafe.formats.runs import Run, translate
from opensafe.model.edit import Edit, apply_edits
from opensafe.model.skip import Unread

_PREFIX = "notebook:"


class NotebookCells:
    signatures = frozenset({"ipynb"})
    nests = False
    replaces = True

    def recognises(self, content: Content) -> bool:
        return content.nature.encoding == "utf-8"

    def owns(self, label: str) -> bool:
        return label.startswith(_PREFIX)

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        """Nothing, if the notebook is damaged or over the budget: the raw text is searched then."""
        notebook = parse(content.data)
        parts = list(parts_of(notebook)) if notebook else []
        if 3 * len(content.data) <= meter.limit and len(parts) <= meter.parts_left:
            yield from (Unpacked(part.label, part.text, part.role, is_text=True) for part in parts)

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        """Edits within string literals; nothing else of the file changes."""
        layout = JsonText(parent.data)
        notebook = parse(parent.data) or {}
        edits: list[Edit] = []
        for part in parts_of(notebook):
            if part.label in changes:
                edits += _translated(parent.data, layout, part, changes[part.label])
        return edits


def _translated(data: bytes, layout: JsonText, part: NotebookPart, edits: Sequence[Edit]) -> list[Edit]:
    runs: list[Run] = []
    numbers: list[Value] = []
    at = 0
    for segment in part.segments:
        if segment.pointer is not None:
            value = layout.value(segment.pointer)
            runs += _segment_runs(data, segment, value, at)
            numbers += [value] if isinstance(segment.text, Number) else []
        at += len(segment.text.encode("utf-8", "surrogatepass"))
    ascii_only = data.isascii()
    found = translate(part.text, runs, edits, lambda text: escaped(text, ascii_only=ascii_only), part.label)
    return _quoted(data, found, numbers)


def _segment_runs(data: bytes, segment: Segment, value: Value, at: int) -> list[Run]:
    if segment.is_key:
        return literal_runs(data, value.key_start, value.key_end, at)
    if isinstance(segment.text, Number):
        return [Run(at, len(segment.text), value.start, len(segment.text))]
    return literal_runs(data, value.start, value.end, at)


def _quoted(data: bytes, edits: list[Edit], numbers: list[Value]) -> list[Edit]:
    """A number that is changed becomes a string, since its replacement is none."""
    by_number = {number.start: number for number in numbers}

    def number_of(edit: Edit) -> int:
        return next((start for start, value in by_number.items() if start <= edit.start <= edit.end <= value.end), -1)

    result: list[Edit] = []
    for start, group in groupby(sorted(edits), key=number_of):
        if start < 0:
            result += group
            continue
        value = by_number[start]
        local = [Edit(edit.start - start, edit.end - start, edit.replacement) for edit in group]
        result.append(Edit(start, value.end, b'"' + apply_edits(data[start : value.end], local) + b'"'))
    return result


FORMAT = NotebookCells()
