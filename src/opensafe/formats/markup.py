"""The text between tags, in one pass that needs no well-formed document, with the place of every piece."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opensafe.formats.xmltext import Span, pieces_of

_SPACES = bytes.maketrans(b"\t\r\n", b"   ")


@dataclass(frozen=True, slots=True)
class Reading:
    """What tags stand for (a line break, a tab), by name in lower case, and elements whose text is left out.

    `is_rows`: breaks between and within pieces of text are layout of the source, not of the table.
    """

    breaks: Mapping[bytes, bytes]
    hidden: frozenset[bytes]
    is_rows: bool = False


def text_between_tags(data: bytes, start: int, end: int, reading: Reading) -> tuple[bytes, list[Span]]:
    """The text from `start` to `end`, which is between tags at both, and where it stands."""
    pieces: list[bytes] = []
    spans: list[Span] = []
    at, raw = 0, start - 1
    waits_for = b""  # the tag that ends what is hidden
    for number, chunk in enumerate(data[start:end].split(b"<")):
        tag, closed, text = chunk.partition(b">") if number else (b"", b"", chunk)
        raw += 1 + len(tag) + len(closed)
        name = _name_of(tag)
        if waits_for:
            waits_for = b"" if name == waits_for else waits_for
        elif name in reading.hidden and not tag.endswith(b"/"):
            waits_for = b"/" + name
        if mark := reading.breaks.get(name):
            pieces.append(mark)
            at += len(mark)
        if text and not waits_for:
            for piece, span in _pieces(text, at, raw, is_rows=reading.is_rows):
                pieces.append(piece)
                spans.append(span)
                at += span[1]
        raw += len(text)
    return b"".join(pieces), spans


def _pieces(text: bytes, at: int, raw: int, *, is_rows: bool) -> Iterable[tuple[bytes, Span]]:
    if is_rows:
        first, last = _worth(text)
        found = pieces_of(text[first:last], at, raw + first)
        return ((piece.translate(_SPACES), span) for piece, span in found)
    if b"&" not in text:
        return ((text, (at, len(text), raw, len(text))),)
    return pieces_of(text, at, raw)


def _worth(text: bytes) -> tuple[int, int]:
    """The span of the text without white space that holds a line break at its ends."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    breaks_before, breaks_behind = b"\n" in text[:first], b"\n" in text[last:]
    return (first if breaks_before else 0), max(first, last) if breaks_behind else len(text)


def _name_of(tag: bytes) -> bytes:
    name, *_ = tag.split(None, 1) or [b""]  # a tag may be nothing but spaces
    return (name[:-1] if name.endswith(b"/") else name).lower()
