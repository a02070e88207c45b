"""Records in the compact protocol of Thrift, as Parquet writes its metadata (Thrift, Compact protocol encoding)."""

import struct
from dataclasses import dataclass, field
from typing import TypeAlias

from opensafe.formats.datafiles.unpacking import varint

_DEPTH = 24
_MOST = 1_000_000  # records and lists of one tree
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT, _UUID = 1, 2, 3, 7, 8, 9, 10, 11, 12, 13
_NUMBERS = (4, 5, 6)

Value: TypeAlias = "int | float | bytes | list[Value] | Record"


@dataclass(frozen=True, slots=True)
class Record:
    """Fields by their number. What is missing or of another type counts as empty: a file may say anything."""

    fields: dict[int, "Value"] = field(default_factory=dict)

    def number(self, key: int, default: int = 0) -> int:
        value = self.fields.get(key, default)
        return value if isinstance(value, int) else default

    def has(self, key: int) -> bool:
        return key in self.fields

    def raw(self, key: int) -> bytes:
        value = self.fields.get(key, b"")
        return value if isinstance(value, bytes) else b""

    def record(self, key: int) -> "Record":
        value = self.fields.get(key)
        return value if isinstance(value, Record) else Record()

    def records(self, key: int) -> list["Record"]:
        value = self.fields.get(key)
        return [item for item in value if isinstance(item, Record)] if isinstance(value, list) else []


def read_record(data: bytes, at: int = 0) -> tuple[Record, int]:
    """The record that begins at `at`, and where it ends. Raises IndexError, ValueError or struct.error."""
    reader = _Reader(data, at)
    return reader.record(_DEPTH), reader.at


class _Reader:
    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self.at = at
        self._left = _MOST

    def record(self, depth: int) -> Record:
        self._count(depth)
        fields: dict[int, Value] = {}
        key = 0
        while head := self._byte():
            kind, step = head & 15, head >> 4
            key = key + step if step else self._zigzag()
            fields[key] = int(kind == _TRUE) if kind in {_TRUE, _FALSE} else self._value(kind, depth)
        return Record(fields)

    def _value(self, kind: int, depth: int) -> Value:
        if kind in _NUMBERS:
            return self._zigzag()
        if kind == _BINARY:
            return self._bytes(self._varint())
        if kind == _STRUCT:
            return self.record(depth - 1)
        if kind in {_LIST, _SET}:
            return self._list(depth - 1)
        if kind == _MAP:
            return self._map(depth - 1)
        if kind == _DOUBLE:
            (value,) = struct.unpack("<d", self._bytes(8))
            return float(value)
        if kind == _UUID:
            return self._bytes(16)
        if kind in {_TRUE, _FALSE, _BYTE}:
            return self._byte()
        raise ValueError

    def _list(self, depth: int) -> list[Value]:
        self._count(depth)
        head = self._byte()
        size = head >> 4 if head >> 4 != 15 else self._varint()  # noqa: PLR2004 - fifteen: the size follows
        return [self._value(head & 15, depth) for _ in range(size)]

    def _map(self, depth: int) -> list[Value]:
        self._count(depth)
        size = self._varint()
        kinds = self._byte() if size else 0
        return [self._value(kind, depth) for _ in range(size) for kind in (kinds >> 4, kinds & 15)]

    def _count(self, depth: int) -> None:
        self._left -= 1
        if depth < 0 or self._left < 0:
            raise ValueError

    def _byte(self) -> int:
        self.at += 1
        return self._data[self.at - 1]

    def _bytes(self, size: int) -> bytes:
        if self.at + size > len(self._data):
            raise IndexError
        self.at += size
        return self._data[self.at - size : self.at]

    def _varint(self) -> int:
        value, self.at = varint(self._data, self.at)
        return value

    def _zigzag(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)
