"""Values of Parquet pages (Apache Parquet, Encodings): plain, by dictionary, run lengths, and differences."""

import struct
from collections.abc import Sequence
from itertools import accumulate

from opensafe.formats.datafiles.frame import TooMuch, checked_cells
from opensafe.formats.datafiles.parquetschema import BOOLEAN, BYTES, FORMS, SIZES, Column
from opensafe.formats.datafiles.unpacking import varint

PLAIN, PLAIN_DICTIONARY, RLE = 0, 2, 3
_MOST_BYTES = 128 * 1024 * 1024  # of one page: a long prefix that is repeated costs nothing to write
_DELTA, _DELTA_LENGTH, _DELTA_BYTES, _SPLIT = 5, 6, 7, 9
DICTIONARY_INDEXES = frozenset({PLAIN_DICTIONARY, 8})

Values = Sequence[float | bytes]


class UnknownEncoding(Exception):
    """Values are written in a way that is not read here."""


def values_of(data: bytes, encoding: int, column: Column, count: int) -> Values:
    """The values of a page that is not by dictionary. Raises UnknownEncoding or BROKEN."""
    checked_cells(count)
    if encoding == PLAIN:
        return _plain(data, column, count)
    if encoding == RLE and column.kind == BOOLEAN:
        return run_lengths(data[4:], 1, count)
    if encoding == _DELTA:
        return _differences(data, 0)[0]
    if encoding == _DELTA_LENGTH:
        return _by_lengths(data, 0)
    if encoding == _DELTA_BYTES:
        return _by_prefixes(data)
    if encoding == _SPLIT and (width := SIZES.get(column.kind, column.size)):
        count = min(count, len(data) // width)
        return _plain(b"".join(data[at::count][:width] for at in range(count)), column, count)
    raise UnknownEncoding


def _plain(data: bytes, column: Column, count: int) -> Values:
    if column.kind == BYTES:
        return _strings(data, count)
    if column.kind == BOOLEAN:
        return [data[at >> 3] >> (at & 7) & 1 for at in range(min(count, 8 * len(data)))]
    width = SIZES.get(column.kind, column.size)
    if width <= 0:
        raise ValueError
    count = min(count, len(data) // width)
    if column.kind in FORMS:
        return struct.unpack_from(f"<{count}{FORMS[column.kind]}", data)
    return [data[at : at + width] for at in range(0, count * width, width)]


def _strings(data: bytes, count: int) -> list[bytes]:
    found: list[bytes] = []
    at = 0
    while len(found) < count and at + 4 <= len(data):
        size = int.from_bytes(data[at : at + 4], "little")
        found.append(data[at + 4 : at + 4 + size])
        at += 4 + size
    return found


def run_lengths(data: bytes, width: int, count: int) -> list[int]:
    """Up to `count` numbers of `width` bits: repeated ones, and bit-packed groups of eight. Raises BROKEN."""
    checked_cells(count)
    if width > 32:  # noqa: PLR2004 - bits of the largest index
        raise ValueError
    found: list[int] = []
    at, size = 0, (width + 7) // 8
    while len(found) < count and at < len(data):
        head, at = varint(data, at)
        if head & 1:
            groups = min(head >> 1, (count - len(found) + 7) // 8)
            found += bits(data[at : at + groups * width], width)[: 8 * groups] if width else [0] * (8 * groups)
            at += (head >> 1) * width
        else:
            value = int.from_bytes(data[at : at + size], "little")
            found += [value] * min(head >> 1, count - len(found))
            at += size
    return found[:count]


def bits(data: bytes, width: int) -> list[int]:
    """Numbers of `width` bits, packed from the low bit on; eight of them fill `width` bytes."""
    mask = (1 << width) - 1
    found: list[int] = []
    for at in range(0, len(data), width):
        group = int.from_bytes(data[at : at + width], "little")
        found += [group >> shift & mask for shift in range(0, 8 * width, width)]
    return found


def _differences(data: bytes, at: int) -> tuple[list[int], int]:
    """DELTA_BINARY_PACKED: the numbers, and where they end."""
    block, at = varint(data, at)
    blocks, at = varint(data, at)
    total, at = varint(data, at)
    first, at = _zigzag(data, at)
    if not blocks or block % blocks or block // blocks % 8 or not block:
        raise ValueError
    steps = [first]
    while len(steps) < checked_cells(total):
        least, at = _zigzag(data, at)
        widths = data[at : at + blocks]
        if len(widths) < blocks:
            raise IndexError
        at += blocks
        for width in widths:
            if len(steps) < total:
                size = width * (block // blocks) // 8
                packed = bits(data[at : at + size], width) if width else [0] * (block // blocks)
                steps += [least + step for step in packed]
                at += size
    return [_signed(value) for value in accumulate(steps[:total])], at


def _zigzag(data: bytes, at: int) -> tuple[int, int]:
    value, at = varint(data, at)
    return value >> 1 ^ -(value & 1), at


def _signed(value: int) -> int:
    """Sums wrap around at 64 bits."""
    return (value + 2**63) % 2**64 - 2**63


def _by_lengths(data: bytes, at: int) -> list[bytes]:
    lengths, at = _differences(data, at)
    found: list[bytes] = []
    for length in lengths:
        found.append(data[at : at + max(0, length)])
        at += max(0, length)
    return found


def _by_prefixes(data: bytes) -> list[bytes]:
    """Each value begins with so many bytes of the one before it."""
    prefixes, at = _differences(data, 0)
    found: list[bytes] = []
    before = b""
    room = _MOST_BYTES
    for prefix, suffix in zip(prefixes, _by_lengths(data, at), strict=False):
        before = before[: max(0, prefix)] + suffix
        room -= len(before)
        if room < 0:
            raise TooMuch
        found.append(before)
    return found
