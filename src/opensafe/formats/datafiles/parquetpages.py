"""Pages of a column of a Parquet file (Apache Parquet, File Format): unpacked, and made into cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from opensafe.formats.datafiles.frame import Room, checked_cells
from opensafe.formats.datafiles.parquetschema import Column
from opensafe.formats.datafiles.parquetvalues import (
    DICTIONARY_INDEXES,
    PLAIN,
    UnknownEncoding,
    run_lengths,
    values_of,
)
from opensafe.formats.datafiles.thrift import Record, read_record
from opensafe.formats.datafiles.unpacking import UnknownCodec, unpacked

_CODECS = {0: "", 1: "snappy", 2: "gzip", 6: "zstd", 7: "lz4"}
_DATA, _DICTIONARY, _DATA_2 = 0, 2, 3


@dataclass(slots=True)
class Chunk:
    """The pages of one column in one group of rows. `meta` is its ColumnMetaData."""

    data: bytes = field(repr=False)
    column: Column
    meta: Record
    room: Room

    def cells(self) -> list[str]:
        """One a row, empty where a value is missing; of a repeated column only the values.

        Raises UnknownCodec, UnknownEncoding, TooMuch or BROKEN.
        """
        found: list[str] = []
        words: list[str] = []
        for page, body in self._pages(checked_cells(self.meta.number(5))):
            if page.number(1) == _DICTIONARY:
                count = page.record(7).number(1)
                words = [self.column.shown(value) for value in values_of(body, PLAIN, self.column, count)]
            else:
                head = page.record(5 if page.number(1) == _DATA else 8)
                found += self._page_cells(page, head, body, words)
        return found

    def _pages(self, total: int) -> Iterator[tuple[Record, bytes]]:
        """The headers and the unpacked bodies, until all values were seen."""
        dictionary, at = self.meta.number(11), self.meta.number(9)
        at = dictionary if 0 < dictionary < at else at
        seen = 0
        while seen < total and 0 < at < len(self.data):
            page, start = read_record(self.data, at)
            at = start + max(0, page.number(3))
            yield page, self._body(page, self.data[start:at])
            count = page.record(5).number(1) + page.record(8).number(1)
            if page.number(1) in {_DATA, _DATA_2} and count <= 0:
                raise ValueError
            seen += count
        if seen < total:
            raise ValueError

    def _body(self, page: Record, packed: bytes) -> bytes:
        """Unpacked; the levels of the second version stand before it as they are."""
        levels = b""
        head = page.record(8)
        if page.number(1) == _DATA_2:
            split = max(0, head.number(5)) + max(0, head.number(6))
            levels, packed = packed[:split], packed[split:]
            if not head.number(7, 1):
                return levels + packed
        codec = _CODECS.get(self.meta.number(4), "unknown")
        body = unpacked(packed, codec, min(max(0, page.number(2)), self.room.left)) if packed else b""
        self.room.take(len(body))
        return levels + body

    def _page_cells(self, page: Record, head: Record, body: bytes, words: list[str]) -> list[str]:
        count = head.number(1)
        present, body = self._levels(page, head, body, checked_cells(count))
        wanted = count if present is None else sum(present)
        shown = self._shown(body, head.number(2 if page.number(1) == _DATA else 4), wanted, words)
        if present is None or self.column.repeats:
            return shown
        values = iter(shown)
        return [next(values, "") if is_there else "" for is_there in present]

    def _levels(self, page: Record, head: Record, body: bytes, count: int) -> tuple[list[bool] | None, bytes]:
        """Which values are there (`None`: all), and the body behind the levels."""
        spans: list[bytes] = []
        for most, size_key in ((self.column.repeats, 6), (self.column.levels, 5)):
            size = max(0, head.number(size_key)) if page.number(1) == _DATA_2 else -1
            if size < 0 and most:
                size, body = int.from_bytes(body[:4], "little"), body[4:]
            spans.append(body[: max(0, size)])
            body = body[max(0, size) :]
        if not self.column.levels:
            return None, body
        levels = run_lengths(spans[1], self.column.levels.bit_length(), count)
        return [level == self.column.levels for level in levels], body

    def _shown(self, body: bytes, encoding: int, count: int, words: list[str]) -> list[str]:
        if encoding in DICTIONARY_INDEXES:
            return [words[index] for index in run_lengths(body[1:], body[0], count)] if body else []
        return [self.column.shown(value) for value in values_of(body, encoding, self.column, count)]


UNKNOWN = (UnknownCodec, UnknownEncoding)
"""What means that a column is written in a way that is not read here."""
