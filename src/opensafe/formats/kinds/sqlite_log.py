"""Write-ahead logs and rollback journals that lie beside a SQLite file: pages as they were or will be.

Frames of earlier transactions stay in a log until they are overwritten, so all are read, valid or not.
"""

from collections.abc import Iterator

from opensafe.formats.budget import Meter
from opensafe.formats.content import Content, Unpacked
from opensafe.formats.datafiles.lines import value_lines
from opensafe.formats.datafiles.sqlitepages import Layout, is_page_size, layout_of
from opensafe.formats.kinds.generated import Generated
from opensafe.formats.kinds.sqlite_freed import page_lines
from opensafe.model.skip import SkipReason, Unread

_LABEL = "sqlite-pages"
_LOG_HEADER, _FRAME_HEADER = 32, 24
_NUMBER, _CHECK = 4, 4  # bytes before and behind a page in a journal
_FILE_HEADER = b"SQLite format 3\0"


class SqliteLog(Generated):
    prefix = _LABEL

    def recognises(self, content: Content) -> bool:
        return content.nature.signature in {"sqlite-wal", "sqlite-journal"}

    def unpack(self, content: Content, meter: Meter) -> Iterator[Unpacked | Unread]:
        is_log = content.nature.signature == "sqlite-wal"
        size = int.from_bytes(content.data[8:12] if is_log else content.data[24:28], "big")
        if not is_page_size(size):
            yield Unread(SkipReason.CORRUPT, via=(_LABEL,), detail="the size of its pages makes no sense")
            return
        pages = _frames(content.data, size) if is_log else _records(content.data, size)
        yield from value_lines(_LABEL, dict.fromkeys(_lines(pages, size)), meter)


def _frames(data: bytes, size: int) -> Iterator[bytes]:
    for at in range(_LOG_HEADER, len(data), _FRAME_HEADER + size):
        yield data[at + _FRAME_HEADER : at + _FRAME_HEADER + size]


def _records(data: bytes, size: int) -> Iterator[bytes]:
    sector = max(512, int.from_bytes(data[20:24], "big"))
    for at in range(sector, len(data), _NUMBER + size + _CHECK):
        yield data[at + _NUMBER : at + _NUMBER + size]


def _lines(pages: Iterator[bytes], size: int) -> Iterator[bytes]:
    layout = Layout(size)
    for page in pages:
        is_first = page.startswith(_FILE_HEADER)
        layout = (layout_of(page) or layout) if is_first else layout
        yield from page_lines(page, layout, 100 if is_first else 0)


FORMAT = SqliteLog()
