r"""Stretches of text whose characters are written as escapes: `\u0041`, `\x41`, `\U00000041`, `\u{41}`."""

import re
from collections.abc import Iterator, Sequence

from opensafe.formats.content import Changes, Content
from opensafe.formats.escapes import FEWEST, LONGEST, Escape, Stretch, changed, stand_together
from opensafe.formats.kinds.inline import Inline
from opensafe.model.edit import Edit
from opensafe.model.expressions import expression

_CODED = rb"\\(?:u([0-9a-fA-F]{4})|x([0-7][0-9a-fA-F])|U(00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,5})\})"
_ESCAPE = expression(_CODED)
_MARK = expression(_CODED + rb"|\\(.)|[\"']")
_NAMED = 5  # the group of an escape that names a character by a letter
_SIMPLE = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b'"': b'"', b"'": b"'", b"/": b"/", b"\\": b"\\"}
_BEFORE = 1024  # bytes of a line before its first escape
_END = expression(rb"\n")
_BLANK = expression(rb"[ \t]")

# Detectors read Latin script: texts in other scripts and escaped controls (of colours) are not opened.
_LATIN = range(0x20, 0x250)
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_SAFE = expression(r"[^A-Za-z0-9 _.,:;()\[\]@+=-]")


class UnicodeEscapes(Inline):
    name = "escapes"
    vouches = True

    def may_stand_in(self, data: bytes) -> bool:
        return b"\\" in data and stand_together(data, _ESCAPE, _END)

    def found(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        return ((stretch.start, stretch.meaning(data)) for stretch in _stretches(data))

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        stretches = ((self.label(stretch.start), stretch) for stretch in _stretches(parent.data))
        return changed(parent.data, stretches, changes, _written)


def _stretches(data: bytes) -> Iterator[Stretch]:
    """Text between quotes or ends of lines with enough escapes, from the word of the first to that of the last."""
    for line_start, line_end in _lines(data):
        for start, end, marks in _literals(data, line_start, line_end):
            codes = [(mark, code) for mark in marks if (code := _code(mark)) is not None]
            coded = [mark for mark, _ in codes]
            if sum(code in _LATIN for _, code in codes) >= FEWEST:
                first = _after_blank(data, start, coded[0].start())
                blank = _BLANK.search(data, coded[-1].end(), end)
                last = blank.start() if blank else end
                yield Stretch(first, last, tuple(_escapes([m for m in marks if first <= m.start() < last])))


def _lines(data: bytes) -> Iterator[tuple[int, int]]:
    """Lines (of a bounded length) with enough escapes; none begins within an escape."""
    at = 0
    while first := _ESCAPE.search(data, at):
        lowest = max(at, first.start() - _BEFORE)
        start = max(lowest, data.rfind(b"\n", lowest, first.start()) + 1)
        while start < first.start() and data[start - 1 : start] == b"\\":
            start += 1
        stop = data.find(b"\n", first.end(), start + LONGEST)
        at = stop if stop >= 0 else min(len(data), start + LONGEST)
        if len(_ESCAPE.findall(data, start, at)) >= FEWEST:
            yield start, at


def _literals(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, list[re.Match[bytes]]]]:
    """What stands between quotes, and the escapes in it."""
    marks: list[re.Match[bytes]] = []
    for mark in _MARK.finditer(data, start, end):
        if mark.lastindex:
            marks.append(mark)
        else:
            yield start, mark.start(), marks
            start, marks = mark.end(), []
    yield start, end, marks


def _after_blank(data: bytes, start: int, stop: int) -> int:
    return max(start, data.rfind(b" ", start, stop) + 1, data.rfind(b"\t", start, stop) + 1)


def _code(mark: re.Match[bytes]) -> int | None:
    """The code point that an escape names; None for `\\n` and the like."""
    return int(mark[mark.lastindex], 16) if mark.lastindex and mark.lastindex != _NAMED else None


def _escapes(marks: Sequence[re.Match[bytes]]) -> Iterator[Escape]:
    """A surrogate pair is one escape; an escape that is not known stays as it is written."""
    high: re.Match[bytes] | None = None
    for mark in marks:
        code = _code(mark)
        if high and not (code in _LOW and mark.start() == high.end()):
            yield Escape(high.start(), high.end(), _encoded(_code(high) or 0))
            high = None
        if code in _HIGH:
            high = mark
        elif code is None:
            meaning = _SIMPLE.get(mark.group(5))
            if meaning:
                yield Escape(mark.start(), mark.end(), meaning)
        elif high:
            pair = 0x10000 + (((_code(high) or 0) - _HIGH.start) << 10) + code - _LOW.start
            yield Escape(high.start(), mark.end(), _encoded(pair))
            high = None
        else:
            yield Escape(mark.start(), mark.end(), _encoded(code))
    if high:
        yield Escape(high.start(), high.end(), _encoded(_code(high) or 0))


def _encoded(code: int) -> bytes:
    return chr(code).encode("utf-8", "surrogatepass")


def _written(text: bytes) -> bytes:
    """Letters as they are; what could end a literal, and what is not ASCII, as `\\uNNNN`."""
    return _SAFE.sub(_unit_escapes, text.decode("utf-8")).encode("ascii")


def _unit_escapes(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))


FORMAT = UnicodeEscapes()
