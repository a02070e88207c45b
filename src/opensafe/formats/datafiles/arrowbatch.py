"""Columns of a batch of rows in Arrow's files (Apache Arrow, Columnar Format), as cells."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from opensafe.formats.datafiles.arrowschema import Field
from opensafe.formats.datafiles.flatbuffers import FlatTable
from opensafe.formats.datafiles.frame import Room, ascending, checked_cells, text
from opensafe.formats.datafiles.unpacking import UnknownCodec, unpacked

_CODECS = {0: "lz4-frame", 1: "zstd"}
_VIEW = 16  # bytes; texts of up to twelve stand in it
_SHORT = 12

Words = dict[int, list[str]]


class UnknownLayout(Exception):
    """A field is stored in a way that is not read here; so what follows it cannot be found."""


@dataclass(slots=True)
class Batch:
    """`nodes` and `buffers` are taken in the order of the fields."""

    body: bytes
    room: Room
    nodes: Iterator[tuple[int, ...]]
    buffers: Iterator[tuple[int, ...]]
    extra: Iterator[tuple[int, ...]]
    codec: str
    words: Words

    @classmethod
    def of(cls, record: FlatTable, body: bytes, room: Room, words: Words) -> "Batch":
        compression = record.table(3)
        codec = "" if compression is None else _CODECS.get(compression.number(0, "b"), "unknown")
        nodes, buffers = record.records(1, "qq"), record.records(2, "qq")
        return cls(body, room, iter(nodes), iter(buffers), iter(record.records(4, "q")), codec, words)

    def columns(self, fields: Sequence[Field]) -> Iterator[list[str]]:
        """The cells of every leaf of the fields, in order. Raises UnknownLayout, UnknownCodec, TooMuch or BROKEN."""
        for one in fields:
            yield from self._column(one)

    def _column(self, one: Field) -> Iterator[list[str]]:
        count = checked_cells(next(self.nodes, (0, 0))[0])
        if one.words is not None:
            present = self._present(count)
            known = self.words.get(one.words, [])
            indexes = self._numbers(one.form, count)
            yield [known[index] if is_there else "" for index, is_there in zip(indexes, present, strict=False)]
        elif one.layout in {"struct", "list", "large-list", "fixed-list"}:
            self._buffer()
            if one.layout.endswith("list") and one.layout != "fixed-list":
                self._buffer()
            yield from (cells for child in one.children for cells in self._column(child))
        elif one.layout == "null":
            yield [""] * count
        else:
            present = self._present(count)
            cells = self._cells(one, count)
            yield [cell if is_there else "" for cell, is_there in zip(cells, present, strict=False)]

    def _cells(self, one: Field, count: int) -> Sequence[str]:
        if one.layout == "number" and one.form:
            return [one.shown(value) for value in self._numbers(one.form, count)]
        if one.layout == "fixed" and one.size > 0:
            raw = self._buffer()
            return [one.shown(raw[at : at + one.size]) for at in range(0, count * one.size, one.size)]
        if one.layout == "bool":
            return [str(int(bit)) for bit in _bits(self._buffer(), count)]
        if one.layout in {"text", "large-text"}:
            places = self._numbers("i" if one.layout == "text" else "q", count + 1)
            raw = self._buffer()
            return [text(raw[start:end]) for start, end in pairwise(ascending(places))]
        if one.layout == "view":
            return self._views(count)
        raise UnknownLayout

    def _views(self, count: int) -> list[str]:
        """Short texts stand in their view, others in one of the buffers that follow."""
        views = self._buffer()
        buffers = [self._buffer() for _ in range(next(self.extra, (0,))[0])]
        found: list[str] = []
        for at in range(0, min(count * _VIEW, len(views)), _VIEW):
            size, _, buffer, start = struct.unpack_from("<iiii", views, at)
            raw = views[at + 4 : at + 4 + size] if size <= _SHORT else buffers[buffer][start : start + size]
            self.room.take(len(raw))  # many views may show one text
            found.append(text(raw))
        return found

    def _numbers(self, form: str, count: int) -> tuple[int, ...]:
        raw = self._buffer()
        if not form:
            raise UnknownLayout
        return struct.unpack_from(f"<{min(count, len(raw) // struct.calcsize(form))}{form}", raw)

    def _present(self, count: int) -> list[bool]:
        raw = self._buffer()
        return _bits(raw, count) if raw else [True] * count

    def _buffer(self) -> bytes:
        start, size = next(self.buffers, (0, -1))
        if not 0 <= start <= start + size <= len(self.body):
            raise ValueError
        raw = self.body[start : start + size]
        if not self.codec or len(raw) < 8:  # noqa: PLR2004 - the size before what is compressed
            return raw
        length = int.from_bytes(raw[:8], "little", signed=True)
        content = raw[8:] if length == -1 else unpacked(raw[8:], self.codec, self.room.left)
        self.room.take(len(content))
        return content


def _bits(raw: bytes, count: int) -> list[bool]:
    return [bool(raw[at >> 3] >> (at & 7) & 1) for at in range(min(count, 8 * len(raw)))]


UNKNOWN = (UnknownCodec, UnknownLayout)
"""What means that a batch is written in a way that is not read here."""
