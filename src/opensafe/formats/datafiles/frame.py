"""What a reader of data files gives: tables, notes about them, and what it could not read."""

import lzma
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from opensafe.model.skip import SkipReason, Unread

MAX_CELLS = 10_000_000
"""Cells of all tables of one file: more are named as unread."""

BROKEN = (ValueError, IndexError, KeyError, struct.error, OverflowError, RecursionError, MemoryError, EOFError)
"""What a reader may raise where a file is damaged or lies about itself."""

DAMAGED_STREAM = (zlib.error, lzma.LZMAError, OSError)
"""What a compressed stream raises in addition."""


class TooMuch(Exception):
    """The file holds more than the budget has."""


@dataclass(slots=True)
class Room:
    """How many bytes the pages of a file may still unpack to."""

    left: int

    def take(self, size: int) -> None:
        """Raises TooMuch."""
        self.left -= size
        if self.left < 0:
            raise TooMuch


@dataclass(frozen=True, slots=True)
class Frame:
    """A table. `name` is empty for the only one of a file. Iterating over `rows` may raise BROKEN or TooMuch."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Notes:
    """Texts about a table or beside it, in UTF-8: labels, descriptions, statistics, values without a row."""

    name: str
    values: Iterable[bytes]


Item = Frame | Notes | Unread
Reader = Callable[[bytes, int], Iterator[Item]]
"""Everything in a file, within a limit of bytes that may be unpacked. May raise BROKEN, DAMAGED_STREAM or TooMuch."""


def text(raw: bytes) -> str:
    """Bytes of a cell as text: UTF-8, or Windows-1252 where it is none."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def checked_cells(count: int) -> int:
    """The number of cells, if that many are read at all. Raises TooMuch."""
    if count > MAX_CELLS:
        raise TooMuch
    return count


def ascending(places: Sequence[int]) -> Sequence[int]:
    """Places between texts, which never go back: else a few bytes could stand for many. Raises ValueError."""
    if (places and places[0] < 0) or any(first > second for first, second in pairwise(places)):
        raise ValueError
    return places


def gap(reason: SkipReason, where: str, detail: str) -> Unread:
    """A part of a file that was not read. `where` ends up in `via`, so it holds no name out of the file."""
    return Unread(reason, via=(where,), detail=detail)
