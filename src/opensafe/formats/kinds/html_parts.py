"""Pages: their text without tags, each table as rows, and the data that widgets carry (facts, names 7).

Highlighted code is cut into many small elements, so that a value may stand in none of them as a whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from opensafe.formats.budget import Meter
from opensafe.formats.content import Changes, Content, Unpacked
from opensafe.formats.markup import Reading, text_between_tags
from opensafe.formats.runs import translate
from opensafe.formats.xmltext import Span, escaped, runs_of
from opensafe.model.edit import Edit
from opensafe.model.expressions import expression
from opensafe.model.skip import SkipReason, Unread
from opensafe.model.specimen import Role

_TEXT = "html:text"
_TABLE = expression(rb"<table\b", re.IGNORECASE)
_TABLE_END = expression(rb"</table\s{0,8}>", re.IGNORECASE)
_OPEN = expression(
    rb"<table\b|(<script\b[^<>]{0,400}?type=[\"']?application/(?:[\w.+-]{1,60}\+)?json\b[^<>]{0,400}>)", re.IGNORECASE
)
_DATA_END = expression(rb"</script\s{0,8}>", re.IGNORECASE)
_FRAGMENT = expression(rb"\s{0,100}<(?:div|table|style)\b", re.IGNORECASE)
_LINES = (
    *(b"br", b"/p", b"/div", b"/li", b"/h1", b"/h2", b"/h3", b"/h4", b"/h5", b"/h6", b"/pre", b"/title", b"/option"),
    *(b"/dt", b"/dd", b"/section", b"/blockquote", b"/figcaption", b"/caption", b"/table", b"/tr", b"/td", b"/th"),
)
_HIDDEN = frozenset({b"script", b"style"})
_PAGE = Reading(dict.fromkeys(_LINES, b"\n"), _HIDDEN)
_ROWS = Reading({b"/tr": b"\n", b"/td": b"\t", b"/th": b"\t", b"br": b" ", b"/caption": b"\n"}, _HIDDEN, is_rows=True)
_MOST = 1000  # tables and widgets of one page


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Bytes `start` to `end` of the page: a table, or the JSON of a widget."""

    label: str
    start: int
    end: int

    @property
    def is_table(self) -> bool:
        return self.label.startswith("html:table")


class HtmlParts:
    signatures = frozenset({"html", "text"})
    nests = True
    replaces = False

    def recognises(self, content: Content) -> bool:
        """Pages, and tables that stand alone, as outputs of notebooks do."""
        nature = content.nature
        if nature.encoding != "utf-8":
            return False
        return nature.signature == "html" or (
            nature.signature == "text"
            and _FRAGMENT.match(content.data) is not None
            and _TABLE.search(content.data) is not None
        )

    def owns(self, label: str) -> bool:
        return label.startswith("html:")

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        stretches = list(islice(_stretches(content.data), _MOST + 1))
        if len(content.data) > meter.limit or len(stretches) > min(_MOST, meter.parts_left):
            yield Unread(SkipReason.ARCHIVE_BUDGET, via=("html",), detail="over the budget of one file")
            return
        text, _ = _text_of(content.data, stretches)
        if text.strip():
            yield Unpacked(_TEXT, text, content.role, leaf=True)
        for stretch in stretches:
            inner, _ = _inner(content.data, stretch)
            if inner.strip():
                role = Role.TABLE if stretch.is_table else content.role
                yield Unpacked(stretch.label, inner, role, is_text=True, leaf=stretch.is_table)

    def translate(self, parent: Content, changes: Changes) -> list[Edit]:
        stretches = list(islice(_stretches(parent.data), _MOST))
        edits: list[Edit] = []
        if _TEXT in changes:
            text, spans = _text_of(parent.data, stretches)
            edits += translate(text, runs_of(spans), changes[_TEXT], escaped, _TEXT)
        for stretch in stretches:
            if stretch.label in changes:
                write = escaped if stretch.is_table else bytes
                text, spans = _inner(parent.data, stretch)
                edits += translate(text, runs_of(spans), changes[stretch.label], write, stretch.label)
        return edits


def _stretches(data: bytes) -> Iterator[_Stretch]:
    """Tables and data of widgets, in order; a table within a table is part of it."""
    at = tables = widgets = 0
    while found := _OPEN.search(data, at):
        if found[1]:
            widgets += 1
            close = _DATA_END.search(data, found.end())
            at = close.start() if close else len(data)
            yield _Stretch(f"html:data {widgets}", found.end(), at)
        else:
            tables += 1
            at = _table_end(data, found.end())
            yield _Stretch(f"html:table {tables}", found.start(), at)


def _table_end(data: bytes, at: int) -> int:
    """Behind the end tag; tables within are counted."""
    depth = 1
    while depth:
        close = _TABLE_END.search(data, at)
        if not close:
            return len(data)
        depth += len(_TABLE.findall(data, at, close.start())) - 1
        at = close.end()
    return at


def _inner(data: bytes, stretch: _Stretch) -> tuple[bytes, list[Span]]:
    if stretch.is_table:
        return text_between_tags(data, stretch.start, stretch.end, _ROWS)
    size = stretch.end - stretch.start
    return data[stretch.start : stretch.end], [(0, size, stretch.start, size)]


def _text_of(data: bytes, stretches: list[_Stretch]) -> tuple[bytes, list[Span]]:
    """The text of the page around its tables and data."""
    pieces: list[bytes] = []
    spans: list[Span] = []
    at = raw = 0
    for start, end in [*((stretch.start, stretch.end) for stretch in stretches), (len(data), len(data))]:
        text, found = text_between_tags(data, raw, start, _PAGE)
        spans += [(place + at, size, raw_at, raw_size) for place, size, raw_at, raw_size in found]
        pieces += [text, b"\n"]
        at += len(text) + 1
        raw = end
    return b"".join(pieces), spans


FORMAT = HtmlParts()
