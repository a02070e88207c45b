"""What is to be read in a Jupyter notebook (nbformat 4): texts put together from values of its JSON.

Everything is in some part: sources, outputs, attachments, and what is left (metadata, unknown keys). Only image
payloads are left out, if they really are images.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, final

from opensafe.formats.jsontext import Pointer
from opensafe.model.specimen import Role
from opensafe.model.text import printable

_IMAGES = ("iVBORw0KGgo", "/9j/", "R0lGOD", "UklGR", "Qk", "SUkq", "TU0A")  # base64 of magic numbers
_FORM = {
    "cell_type": {"code", "markdown", "raw"},
    "output_type": {"stream", "display_data", "execute_result", "error"},
    "name": {"stdout", "stderr"},
}
_COUNTS = {"execution_count", "nbformat", "nbformat_minor"}
_BASE64 = str.maketrans(dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n"))


@final
class Number(str):
    """A number as it is written: neither rounded nor taken for text."""

    __slots__ = ()


class _Repeated(ValueError):
    """An object has a key twice: what readers see is not all that is there."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a part's text. `pointer` leads to the value that it is (`is_key`: to its key); None: made here."""

    text: str
    pointer: Pointer | None = None
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class NotebookPart:
    label: str
    role: Role
    segments: tuple[Segment, ...]

    @property
    def text(self) -> bytes:
        return "".join(segment.text for segment in self.segments).encode("utf-8", "surrogatepass")


def parse(data: bytes) -> dict[str, Any] | None:
    """The notebook as JSON; None if it is damaged, not of nbformat 4, or hides values behind repeated keys."""
    try:
        notebook = json.loads(
            data.decode("utf-8"), object_pairs_hook=_once, parse_int=Number, parse_float=Number, parse_constant=Number
        )
    except (ValueError, RecursionError, MemoryError):
        return None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    is_sound = isinstance(cells, list) and all(isinstance(cell, dict) for cell in cells)
    return notebook if is_sound else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Repeated
    return members


def parts_of(notebook: Mapping[str, Any]) -> Iterator[NotebookPart]:
    """The parts in the order of the cells, then all metadata."""
    rest = list(_leaves(_rest(notebook, {"cells"}), ()))
    for number, cell in enumerate(notebook["cells"]):
        at: Pointer = ("cells", number)
        name = f"notebook:cell {number + 1}"
        if "source" in cell:
            yield NotebookPart(f"{name} source", Role.SOURCE, tuple(_lines(cell["source"], (*at, "source"))))
        outputs = cell.get("outputs")
        if isinstance(outputs, list):
            title = f"{name} kept output" if keeps_outputs(notebook, cell) else f"{name} output"
            yield from _outputs(outputs, (*at, "outputs"), title)
        attached = tuple(_attachments(cell.get("attachments"), (*at, "attachments")))
        if attached:
            yield NotebookPart(f"{name} attachments", Role.METADATA, attached)
        read = {"source", "attachments"} | ({"outputs"} if isinstance(outputs, list) else set())
        rest += _leaves(_rest(cell, read), at)
    if rest:
        yield NotebookPart("notebook:metadata", Role.METADATA, tuple(rest))


def keeps_outputs(notebook: Mapping[str, Any], cell: Mapping[str, Any]) -> bool:
    """Whether a mark in the metadata says that outputs of this cell stay when the others go (nbstripout's marks).

    A contradiction between the two marks stops nbstripout; here the outputs go, since that is the safe reading.
    """
    marks = _metadata(cell)
    if isinstance(marks.get("init_cell"), bool):
        return bool(marks["init_cell"])
    if isinstance(marks.get("keep_output"), bool):
        return bool(marks["keep_output"])
    tags = marks.get("tags")
    if isinstance(tags, list) and "keep_output" in tags:
        return True
    return _metadata(notebook).get("keep_output") is True


def _metadata(holder: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = holder.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _outputs(outputs: list[Any], at: Pointer, title: str) -> Iterator[NotebookPart]:
    for number, output in enumerate(outputs):
        taken: set[str] = set()
        for kind, segments in _output_texts(output, (*at, number)):
            label = f"{title} {number + 1} {printable(kind)}"
            label = label if label not in taken else f"{label}#{len(taken)}"
            taken.add(label)
            if segments:
                yield NotebookPart(label, Role.OUTPUT, segments)


def _output_texts(output: Any, at: Pointer) -> Iterator[tuple[str, tuple[Segment, ...]]]:
    """A stream's text, the text of each MIME type, then everything else."""
    members = output if isinstance(output, dict) else {}
    data = members.get("data")
    if "text" in members:
        yield str(members.get("name", "text")), tuple(_lines(members["text"], (*at, "text")))
    if isinstance(data, dict):
        for mime, value in data.items():
            if not _is_image(mime, value):
                yield mime, tuple(_lines(value, (*at, "data", mime)))
    read = {"text", "data"} if isinstance(data, dict) else {"text"}
    rest = _rest(members, read) if isinstance(output, dict) else output
    yield "other", tuple(_leaves(rest, at))


def _rest(members: Mapping[str, Any], read: set[str]) -> dict[str, Any]:
    """What was not read yet, without the words and counts that only make up the form."""
    return {key: value for key, value in members.items() if key not in read and not _is_form(key, value)}


def _is_form(key: str, value: Any) -> bool:
    if key in _COUNTS:
        return value is None or isinstance(value, Number)
    return value == {} or (key in _FORM and isinstance(value, str) and value in _FORM[key])


def _attachments(attachments: Any, at: Pointer) -> Iterator[Segment]:
    """Names of attached files, and what is not an image in them."""
    if not isinstance(attachments, dict):
        yield from () if attachments is None else _leaves(attachments, at)
        return
    for name, bundle in attachments.items():
        yield from (Segment(name, (*at, name), is_key=True), Segment("\n"))
        if isinstance(bundle, dict):
            kept = {mime: value for mime, value in bundle.items() if not _is_image(mime, value)}
            yield from _leaves(kept, (*at, name))
        else:
            yield from _leaves(bundle, (*at, name))


def _is_image(mime: str, value: Any) -> bool:
    """Whether a payload is an image indeed: a text that is only named so is read."""
    lines = value if isinstance(value, list) else [value]
    if not mime.startswith("image/") or not all(isinstance(line, str) for line in lines):
        return False
    payload = "".join(lines)
    return payload.lstrip().startswith(_IMAGES) and not payload.translate(_BASE64)


def _lines(value: Any, at: Pointer) -> Iterator[Segment]:
    """A text in the two forms of nbformat: one string, or a list of lines. Anything else is listed."""
    if _is_text(value):
        yield Segment(value, at)
    elif isinstance(value, list) and all(_is_text(line) for line in value):
        yield from (Segment(line, (*at, number)) for number, line in enumerate(value))
    else:
        yield from _leaves(value, at)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Number)


def _leaves(value: Any, at: Pointer) -> Iterator[Segment]:
    """Every key, string and number under a value, one a line (`key: value`); without recursion."""
    stack: list[tuple[Any, Pointer, bool]] = [(value, at, False)]
    while stack:
        value, at, is_keyed = stack.pop()
        if is_keyed:
            yield from (Segment(str(at[-1]), at, is_key=True), Segment(": "))
        if isinstance(value, dict | list):
            members = value.items() if isinstance(value, dict) else enumerate(value)
            stack += reversed([(member, (*at, key), isinstance(value, dict)) for key, member in members])
            if is_keyed:
                yield Segment("\n")
        else:
            yield from (Segment(value, at) if isinstance(value, str) else Segment(json.dumps(value)), Segment("\n"))
