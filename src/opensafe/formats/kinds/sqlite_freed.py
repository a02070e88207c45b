"""What was deleted from a SQLite file and still stands in it: freed pages, and free space on pages in use."""

from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.datafiles.carving import doubles_in, short_integers_in, strings_in
from opensafe.formats.datafiles.lines import value_lines
from opensafe.formats.datafiles.sqlitepages import Layout, free_spans, freed_pages, layout_of, rows_on
from opensafe.formats.kinds.generated import Generated
from opensafe.model.skip import SkipReason, Unread

_LABEL = "sqlite-freed"
_HEADER = 100


class SqliteFreed(Generated):
    prefix = _LABEL

    def recognises(self, content: Content) -> bool:
        return content.nature.signature == "sqlite"

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        """Rows of freed pages, a row a line; then texts and numbers of the free space, one a line."""
        layout = layout_of(content.data)
        if layout is None:
            yield Unread(SkipReason.CORRUPT, via=(_LABEL,), detail="the header of the database makes no sense")
        else:
            yield from value_lines(_LABEL, dict.fromkeys(_freed(content.data, layout)), meter)


def _freed(data: bytes, layout: Layout) -> Iterator[bytes]:
    freed = freed_pages(data, layout)
    for number, at in enumerate(range(0, len(data), layout.page_size), 1):
        page = data[at : at + layout.page_size]
        if number in freed:
            yield from page_lines(page, layout)
        else:
            for span in free_spans(page, _HEADER if number == 1 else 0):
                yield from remnants(span, layout)


def page_lines(page: bytes, layout: Layout, start: int = 0) -> Iterator[bytes]:
    """The rows on a page and what its free space holds; of other pages everything that looks like a value."""
    rows = ["\t".join(cells).encode("utf-8", "replace") for cells in rows_on(page, layout, start)]
    yield from rows
    for span in free_spans(page, start) if rows else (page,):
        yield from remnants(span, layout)


def remnants(span: bytes, layout: Layout) -> Iterator[bytes]:
    yield from strings_in(span, layout.encoding)
    yield from (b"%d" % number for number in short_integers_in(span))
    yield from (b"%d" % number for number in doubles_in(span, ">"))


FORMAT = SqliteFreed()
