"""Reads refs and reflogs in the reftable format as bytes: git is not run in the source.

Format: git's Documentation/technical/reftable, versions 1 (SHA-1) and 2 (either hash). Indexes are not used: every
block is read. A damaged table raises ValueError, because a list of refs with gaps would be a wrong answer.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from opensafe.git.varint import offset_number

_MAGIC = b"REFT"
_HEADERS = {1: 24, 2: 28}  # bytes, by version
_FOOTERS = {1: 68, 2: 72}
_DELETED, _TWO_IDS, _SYMBOLIC = 0, 2, 3
_LOG_ENTRY = 1
_BLOCK_HEAD = 4  # the type and three bytes of length
_DAMAGED = "a reftable is damaged"


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One entry of a reflog: `update` orders the entries of a ref, ids in hex, `zone` +0545 as 545."""

    ref: bytes
    update: int
    old: bytes
    new: bytes
    name: bytes
    email: bytes
    seconds: int
    zone: int
    message: bytes


@dataclass(frozen=True, slots=True)
class Table:
    """One file: refs with their value as a loose file would hold it (`None`: deleted), and log entries."""

    refs: Mapping[bytes, bytes | None]
    logs: Sequence[LogRecord]


def merged(tables: Sequence[Table]) -> tuple[dict[bytes, bytes], list[LogRecord]]:
    """A stack of tables, oldest first, as one: the refs that are left, and every log entry, deleted ones too."""
    refs: dict[bytes, bytes | None] = {}
    logs: dict[tuple[bytes, int], LogRecord] = {}
    for table in tables:
        refs.update(table.refs)
        logs.update({(record.ref, record.update): record for record in table.logs})
    return {name: value for name, value in refs.items() if value is not None}, [logs[key] for key in sorted(logs)]


def read_table(data: bytes) -> Table:
    """Every record of one table. Raises ValueError where it is damaged."""
    try:
        layout = _Layout(data)
        return Table(dict(_refs(data, layout)), list(_logs(data, layout)))
    except (struct.error, IndexError, KeyError, zlib.error) as error:
        raise ValueError(_DAMAGED) from error


class _Layout:
    """What header and footer say. The footer repeats the header and ends with a checksum."""

    def __init__(self, data: bytes) -> None:
        self.header = _HEADERS[data[4]]
        footer = len(data) - _FOOTERS[data[4]]
        (checksum,) = struct.unpack_from(">I", data, len(data) - 4)
        is_whole = footer >= 0 and data[: self.header] == data[footer : footer + self.header]
        if not is_whole or data[:4] != _MAGIC or zlib.crc32(data[footer:-4]) != checksum:
            raise ValueError(_DAMAGED)
        self.block_size = int.from_bytes(data[5:8], "big")
        self.id_bytes = 32 if data[24 : self.header] == b"s256" else 20
        indexed, objects, _, logs, logs_indexed = struct.unpack_from(">5Q", data, footer + self.header)
        self.refs_end = min([at for at in (indexed, objects >> 5, logs) if at] + [footer])
        self.logs_at = logs
        self.logs_end = logs_indexed or footer

    def first(self, at: int) -> int:
        """Where a block that begins at `at` has its type: the first one begins with the header of the file."""
        return at or self.header


class _Cursor:
    """Takes a block apart from front to back. Raises IndexError at its end."""

    def __init__(self, data: bytes, at: int, end: int) -> None:
        self._data = data
        self.at = at
        self.end = end

    def take(self, size: int) -> bytes:
        if self.at + size > self.end:
            raise IndexError(size)
        self.at += size
        return self._data[self.at - size : self.at]

    def number(self) -> int:
        value, self.at = offset_number(self._data, self.at)
        return value

    def text(self) -> bytes:
        return self.take(self.number())


def _cursor(block: bytes, at: int) -> _Cursor:
    """Over the records of a block, which ends with a table of restarts."""
    (restarts,) = struct.unpack_from(">H", block, len(block) - 2)
    return _Cursor(block, at, len(block) - 2 - 3 * restarts)


def _keys(records: _Cursor) -> Iterator[tuple[bytes, int]]:
    """Key and kind of each record; whoever asks takes the rest of the record before the next one."""
    key = b""
    while records.at < records.end:
        shared = records.number()
        rest = records.number()
        key = key[:shared] + records.take(rest >> 3)
        yield key, rest & 7


def _refs(data: bytes, layout: _Layout) -> Iterator[tuple[bytes, bytes | None]]:
    at = 0
    while at < layout.refs_end and data[layout.first(at)] == ord("r"):
        first = layout.first(at)
        length = int.from_bytes(data[first + 1 : first + _BLOCK_HEAD], "big")
        records = _cursor(data[at : at + length], first - at + _BLOCK_HEAD)
        for name, kind in _keys(records):
            records.number()  # the update index
            yield name, _value(records, kind, layout.id_bytes)
        at = _behind(data, at, length, layout.block_size)


def _behind(data: bytes, at: int, length: int, block_size: int) -> int:
    """Where the next block begins: a block is padded with NULs, unless its writer left that out."""
    end, padded = at + length, at + block_size
    return padded if end < padded and data[end] == 0 else end


def _value(records: _Cursor, kind: int, id_bytes: int) -> bytes | None:
    """As a loose file holds it. Of an annotated tag what it leads to follows its own id."""
    if kind == _DELETED:
        return None
    if kind == _SYMBOLIC:
        return b"ref: " + records.text()
    if kind > _SYMBOLIC:
        raise ValueError(_DAMAGED)
    own = records.take(id_bytes)
    if kind == _TWO_IDS:
        records.take(id_bytes)
    return own.hex().encode()


def _logs(data: bytes, layout: _Layout) -> Iterator[LogRecord]:
    """Log blocks are compressed one by one; a table of logs alone begins with them."""
    at = layout.logs_at
    while layout.first(at) < layout.logs_end and data[layout.first(at)] == ord("g"):
        first = layout.first(at)
        behind = first + _BLOCK_HEAD
        length = int.from_bytes(data[first + 1 : behind], "big") - (behind - at)
        unpacker = zlib.decompressobj()
        block = unpacker.decompress(data[behind : layout.logs_end], length)
        if len(block) != length or not unpacker.eof:
            raise ValueError(_DAMAGED)
        records = _cursor(block, 0)
        for key, kind in _keys(records):
            if kind == _LOG_ENTRY:
                yield _log_record(records, key, layout.id_bytes)
        at = layout.logs_end - len(unpacker.unused_data)


def _log_record(records: _Cursor, key: bytes, id_bytes: int) -> LogRecord:
    """The key is the ref, a NUL, and the update index counted downwards, so that the newest entry comes first."""
    (reverse,) = struct.unpack(">Q", key[-8:])
    return LogRecord(
        ref=key[:-9],
        update=(1 << 64) - 1 - reverse,
        old=records.take(id_bytes).hex().encode(),
        new=records.take(id_bytes).hex().encode(),
        name=records.text(),
        email=records.text(),
        seconds=records.number(),
        zone=int.from_bytes(records.take(2), "big", signed=True),
        message=records.text(),
    )
