"""Tables in the form of FlatBuffers, as Arrow writes its metadata (FlatBuffers, Internals)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_MOST = 100_000  # members of a vector


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table at a place in a buffer. What is missing counts as zero or empty. All raise BROKEN for bad offsets."""

    data: bytes
    at: int

    @classmethod
    def root(cls, data: bytes) -> "FlatTable":
        return cls(data, struct.unpack_from("<I", data)[0])

    def _field(self, number: int) -> int:
        """Where a field stands; 0 where the table has none."""
        vtable = self.at - struct.unpack_from("<i", self.data, self.at)[0]
        if vtable < 0:
            raise ValueError
        (size,) = struct.unpack_from("<H", self.data, vtable)
        if 4 + 2 * number >= size:
            return 0
        (offset,) = struct.unpack_from("<H", self.data, vtable + 4 + 2 * number)
        return self.at + offset if offset else 0

    def number(self, number: int, form: str, default: int = 0) -> int:
        """`form` is a letter of `struct`."""
        at = self._field(number)
        return int(struct.unpack_from(f"<{form}", self.data, at)[0]) if at else default

    def _target(self, at: int) -> int:
        return at + int(struct.unpack_from("<I", self.data, at)[0])

    def table(self, number: int) -> "FlatTable | None":
        at = self._field(number)
        return FlatTable(self.data, self._target(at)) if at else None

    def raw(self, number: int) -> bytes:
        """A string, or a vector of bytes."""
        at = self._field(number)
        if not at:
            return b""
        start = self._target(at)
        (size,) = struct.unpack_from("<I", self.data, start)
        return self.data[start + 4 : start + 4 + size]

    def _vector(self, number: int) -> tuple[int, int]:
        at = self._field(number)
        if not at:
            return 0, 0
        start = self._target(at)
        (count,) = struct.unpack_from("<I", self.data, start)
        if count > _MOST:
            raise ValueError
        return start + 4, int(count)

    def tables(self, number: int) -> "Iterator[FlatTable]":
        start, count = self._vector(number)
        for at in range(start, start + 4 * count, 4):
            yield FlatTable(self.data, self._target(at))

    def records(self, number: int, form: str) -> list[tuple[int, ...]]:
        """A vector of records without offsets. `form` as in `struct`."""
        start, count = self._vector(number)
        size = struct.calcsize(f"<{form}")
        if start + count * size > len(self.data):
            raise ValueError
        return [struct.unpack_from(f"<{form}", self.data, at) for at in range(start, start + count * size, size)]
