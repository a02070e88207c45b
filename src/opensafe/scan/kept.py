"""The pieces of text that were read, kept compressed, and which contents they stand in.

A value that is learnt late is looked for here, and only contents with a piece that holds it are read again.
"""

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from opensafe.model.identifiers import Oid

ROOM = 96 << 20
"""Bytes of compressed pieces that a process may keep: some half a gigabyte of text."""

BREAK = b"\n" * 40
"""Stands between pieces that are searched as one text: no expression of the catalogues reaches over so much."""

_TOGETHER = 1 << 20  # bytes that are compressed, and searched, at a time
_QUICKLY = 1
_HALF = 4  # bytes of half a key


def starts_of(texts: Iterable[bytes]) -> list[int]:
    """Where each text begins when all are joined by `BREAK`."""
    return list(accumulate((len(text) + len(BREAK) for text in texts), initial=0))[:-1]


def halves(keys: Sequence[int]) -> bytes:
    """Half of each key, packed: enough to tell pieces apart, and a content may be looked at once too often."""
    return memoryview(array("q", keys).tobytes()).cast("I")[::2].tobytes()


@dataclass(frozen=True, slots=True)
class _Group:
    """Pieces of text that were packed together: `keys` (halves) and `starts` tell them apart."""

    packed: bytes = field(repr=False)
    keys: bytes = field(repr=False)
    starts: "array[int]"

    def holding(self, find: Callable[[bytes], Iterable[int]]) -> set[int]:
        """Keys of the pieces in which `find` gives an offset."""
        keys = memoryview(self.keys).cast("I")
        return {keys[bisect_right(self.starts, offset) - 1] for offset in find(zlib.decompress(self.packed))}


@dataclass(slots=True)
class _Trails:
    """Of which pieces contents are made. Neighbours are versions of a file, so that together they pack very small."""

    packed: list[tuple[list[Oid], "array[int]", bytes]] = field(default_factory=list, repr=False)
    oids: list[Oid] = field(default_factory=list)
    ends: "array[int]" = field(default_factory=lambda: array("I"))
    waiting: bytearray = field(default_factory=bytearray)

    def add(self, oid: Oid, pieces: Iterable[bytes]) -> None:
        """A content is made of these, and of those that were said of it before."""
        for keys in pieces:
            self.waiting += keys
        self.oids.append(oid)
        self.ends.append(len(self.waiting) // _HALF)
        if len(self.waiting) > _TOGETHER:
            self._pack()

    def through(self, found: set[int]) -> list[Oid]:
        """The contents that are made of one of these pieces at least."""
        self._pack()
        through: dict[Oid, None] = {}
        for oids, ends, packed in self.packed:
            keys = memoryview(zlib.decompress(packed)).cast("I")
            starts = [0, *ends[:-1]]
            through |= {
                oid: None
                for oid, start, end in zip(oids, starts, ends, strict=True)
                if not found.isdisjoint(keys[start:end])
            }
        return list(through)

    def _pack(self) -> None:
        if self.oids:
            self.packed.append((self.oids, self.ends, zlib.compress(self.waiting, _QUICKLY)))
        self.oids, self.ends, self.waiting = [], array("I"), bytearray()


@dataclass(slots=True)
class KeptPieces:
    """Takes pieces for as long as there is room; contents that come later are named as not known (`after`)."""

    groups: list[_Group] = field(default_factory=list)
    size: int = 0
    after: list[Oid] = field(default_factory=list)
    _found: set[int] | None = None
    _trails: _Trails = field(default_factory=_Trails)
    _keys: list[int] = field(default_factory=list)
    _texts: list[bytes] = field(default_factory=list, repr=False)
    _waiting: int = 0

    def add(self, keys: Iterable[int], texts: Sequence[bytes]) -> None:
        """Keep pieces that are new; nothing where the room is used up."""
        if self.size > ROOM:
            return
        self._keys += keys
        self._texts += texts
        self._waiting += sum(map(len, texts))
        if self._waiting > _TOGETHER:
            self._pack()

    def note(self, oid: Oid, pieces: Iterable[bytes]) -> None:
        """A content is made of pieces with these keys (packed halves), and of those that were noted of it before."""
        if self.size > ROOM:
            self.after.append(oid)
        else:
            self._trails.add(oid, pieces)

    def holders(self, find: Callable[[bytes], Iterable[int]]) -> list[Oid]:
        """Contents with a piece in which `find` gives an offset, those that are not known, and perhaps others."""
        self._pack()
        found: set[int] = set().union(*(group.holding(find) for group in self.groups))
        self._found = found
        return [*self._trails.through(found), *self.after]

    def held(self, keys: Sequence[int]) -> list[int] | None:
        """The indexes of those pieces in which the last search for holders found something.

        `None` where that is not told: there was no room to keep all pieces.
        """
        if self.after or self._found is None:
            return None
        found = self._found
        return [index for index, key in enumerate(memoryview(halves(keys)).cast("I")) if key in found]

    def _pack(self) -> None:
        if self._keys:
            packed = zlib.compress(BREAK.join(self._texts), _QUICKLY)
            self.groups.append(_Group(packed, halves(self._keys), array("I", starts_of(self._texts))))
            self.size += len(packed)
        self._keys, self._texts, self._waiting = [], [], 0
