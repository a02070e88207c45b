"""The text between tags, in one pass that needs no well-formed document, with the place of every piece."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from opensafe.formats.runs import Run
from opensafe.formats.xmltext import pieces_of

_NAME = re.compile(rb"/?[A-Za-z_][A-Za-z0-9_:.-]{0,60}")

_SPACES = bytes.maketrans(b"\t\r\n", b"   ")


@dataclass(frozen=True, slots=True)
class Reading:
    """What tags stand for (a line break, a tab), by name in lower case, and elements whose text is left out.

    `is_rows`: breaks between and within pieces of text are layout of the source, not of the table.
    """

    breaks: Mapping[bytes, bytes]
    hidden: frozenset[bytes]
    is_rows: bool = False


def text_between_tags(data: bytes, start: int, end: int, reading: Reading) -> tuple[bytes, list[Run]]:
    """The text from `start` to `end`, which is between tags at both, and where it stands."""
    pieces: list[bytes] = []
    runs: list[Run] = []
    at, raw = 0, start
    waits_for = b""  # the tag that ends what is hidden
    for number, chunk in enumerate(data[start:end].split(b"<")):
        tag, closed, text = chunk.partition(b">") if number else (b"", b"", chunk)
        name = _name_of(tag)
        if waits_for:
            waits_for = b"" if name == waits_for else waits_for
        elif name in reading.hidden and not tag.endswith(b"/"):
            waits_for = b"/" + name
        mark = reading.breaks.get(name, b"")
        pieces.append(mark)
        at += len(mark)
        raw += len(tag) + len(closed)
        first, last = _worth(text, is_rows=reading.is_rows)
        for piece, run in pieces_of(text[first:last], at, raw + first) if not waits_for else ():
            pieces.append(piece.translate(_SPACES) if reading.is_rows else piece)
            runs.append(run)
            at += run.size
        raw += len(text) + 1
    return b"".join(pieces), runs


def _worth(text: bytes, *, is_rows: bool) -> tuple[int, int]:
    """The span of the text without white space that holds a line break at its ends."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    breaks_before, breaks_behind = b"\n" in text[:first], b"\n" in text[last:]
    if not is_rows:
        return 0, len(text)
    return (first if breaks_before else 0), max(first, last) if breaks_behind else len(text)


def _name_of(tag: bytes) -> bytes:
    found = _NAME.match(tag)
    return found.group().lower() if found else b""
