"""The surroundings of a place in the source, with every value masked that was found there."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from opensafe.casefile.folder import Case
from opensafe.casefile.places import places_in
from opensafe.casework.place_values import PlaceReader
from opensafe.casework.source_objects import source_layout
from opensafe.git.stream import ObjectReader
from opensafe.git.view import open_view
from opensafe.model.expressions import expression
from opensafe.model.finding import Form
from opensafe.model.place import Place
from opensafe.model.text import shown

_BYTES = 60  # to each side
_CONTEXTS = 3
_MASK = "█████".encode()
_SHAPE = "(letters as x, digits as 9: of a file that is a question as a whole, other values may not have been found)"
_LETTER, _DIGIT = expression(r"[^\W\d_]"), expression(r"\d")
_SOURCE = expression(r"notebook:.*source", re.DOTALL)

Content = tuple[str, tuple[str, ...]]
"""An object, and the way to the decoded content that offsets count in."""


@contextmanager
def source_places(case: Case) -> Iterator[PlaceReader]:
    """Reads places of the source through a view of its own, so that looking needs no lock."""
    with TemporaryDirectory(prefix="opensafe-") as folder:
        view = open_view(source_layout(case), Path(folder) / "view")
        with ObjectReader(view) as reader:
            yield PlaceReader(reader, case.key)


def masked_contexts(
    case: Case, places: Sequence[Place], reader: PlaceReader, limit: int = _CONTEXTS
) -> Iterator[tuple[Place, str]]:
    """The line of the first places with every finding on it masked; nothing where that cannot be made sure.

    Of lines of tables and outputs the shape is shown: beside a number that was found stands a name that was not.
    """
    chosen = [place for place in places if place.oid and place.end > place.start][:limit]
    spans, questions = _known(case, chosen)
    for place in chosen:
        raw = reader.text(place)
        text = reader.contents(raw).at(place.via) if raw is not None else None
        if text is None or place.end > len(text):
            continue
        line = _masked_line(text, place, spans.get(_content(place), []))
        apart = place.oid not in questions or any(_SOURCE.fullmatch(step) for step in place.via)
        yield place, line if apart else f"{_shape(line)}  {_SHAPE}"


def _content(place: Place) -> Content:
    return place.oid or "", place.via


def _known(case: Case, chosen: Sequence[Place]) -> tuple[dict[Content, list[tuple[int, int]]], set[str]]:
    """All spans of all findings in the contents of these places, and the objects that are questions as a whole."""
    spans: dict[Content, list[tuple[int, int]]] = {}
    questions: set[str] = set()
    for place, form in places_in(case.index, {place.oid for place in chosen if place.oid}):
        if form is Form.FILE:
            questions.add(place.oid or "")
        elif place.end > place.start:
            spans.setdefault(_content(place), []).append((place.start, place.end))
    return spans, questions


def _masked_line(text: bytes, place: Place, spans: Sequence[tuple[int, int]]) -> str:
    """Some bytes to each side of the place, on its line, with every span that reaches into them masked."""
    line_start = text.rfind(b"\n", 0, place.start) + 1
    line_end = text.find(b"\n", place.end)
    first = max(line_start, place.start - _BYTES)
    last = min(line_end if line_end >= 0 else len(text), place.end + _BYTES)
    pieces: list[bytes] = []
    at = first
    for start, end in sorted({(s, e) for s, e in spans if e > first and s < last}):
        if start > at:
            pieces.append(text[at:start])
        if end > at:
            pieces.append(_MASK)
            at = end
    pieces.append(text[at:last])
    return shown(re.sub(rb"\s+", b" ", b"".join(pieces)).strip())


def _shape(line: str) -> str:
    """How a line is built, without a word or a number of it."""
    return _DIGIT.sub("9", _LETTER.sub("x", line))
