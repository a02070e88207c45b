"""Many ids of one length in one piece of memory: sorted, looked up by halving."""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from opensafe.model.identifiers import Oid

_BUCKETS = 256


@dataclass(frozen=True, slots=True)
class Packed:
    """`data` holds entries of `width` bytes."""

    data: bytes = field(repr=False)
    width: int

    @classmethod
    def of(cls, entries: Iterable[bytes], width: int) -> "Packed":
        return cls(b"".join(sorted(entries)), width)

    def __len__(self) -> int:
        return len(self.data) // self.width

    def __getitem__(self, at: int) -> bytes:
        return self.data[at * self.width : (at + 1) * self.width]

    def __iter__(self) -> Iterator[bytes]:
        return _entries(self.data, self.width)

    def find(self, entry: bytes) -> int:
        """Where the entry is; -1 where it is not."""
        at = self.before(entry)
        return at if at < len(self) and self[at] == entry else -1

    def at(self, oid: Oid) -> int:
        """The same for an id in hex; one that is none is not there."""
        return self.find(bytes.fromhex(oid)) if len(oid) == 2 * self.width else -1

    def __contains__(self, oid: object) -> bool:
        return isinstance(oid, str) and self.at(Oid(oid)) >= 0

    def beside(self, other: "Packed") -> Iterator[tuple[set[bytes], set[bytes]]]:
        """What only this one has and what only the other has, bucket by bucket; equal ones are not unpacked."""
        for first in range(_BUCKETS):
            here, there = (_bucket(ids, first) for ids in (self, other))
            if here != there:
                mine, theirs = (set(_entries(part, self.width)) for part in (here, there))
                yield mine - theirs, theirs - mine

    def before(self, entry: bytes) -> int:
        """How many entries are lower."""
        data, width = self.data, self.width
        return bisect_left(range(len(data) // width), entry, key=lambda at: data[at * width : (at + 1) * width])


def _bucket(ids: Packed, first: int) -> bytes:
    """Those that begin with this byte."""
    start = ids.before(bytes([first]))
    end = ids.before(bytes([first + 1])) if first < _BUCKETS - 1 else len(ids)
    return ids.data[start * ids.width : end * ids.width]


def _entries(data: bytes, width: int) -> Iterator[bytes]:
    return (data[at : at + width] for at in range(0, len(data), width))


def packed_numbers(numbers: Iterable[int], kind: str = "I") -> bytes:
    """Numbers of 4 bytes, or of 8 with their sign (`q`), in one order of bytes on every machine."""
    found = array(kind, numbers)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def unpacked_numbers(data: bytes, kind: str = "I") -> "array[int]":
    """The numbers again. Raises ValueError for what are none."""
    found = array(kind)
    found.frombytes(data)
    if sys.byteorder == "big":
        found.byteswap()
    return found
