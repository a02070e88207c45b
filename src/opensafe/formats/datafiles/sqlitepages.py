"""Pages of SQLite files (SQLite, Database File Format): the rows on them, and the space on them that is free.

Deleting a row only marks its space as free, and a page that is freed keeps what stood on it.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_HEADER = 100  # bytes of the first page that are the header of the file
_LEAF = 13  # the kind of a page that holds rows of a table
_KINDS = {2: 12, 5: 12, 10: 8, 13: 8}
"""The kinds of b-tree pages, and how long their headers are."""

_INTEGER_SIZES = (0, 1, 2, 3, 4, 6, 8)
_ENCODINGS = {2: "utf-16-le", 3: "utf-16-be"}
_SMALLEST, _LARGEST = 512, 65_536
_MOST_COLUMNS = 2000


@dataclass(frozen=True, slots=True)
class Layout:
    """What the header says of all pages. `reserved` bytes at the end of each belong to extensions."""

    page_size: int
    reserved: int = 0
    encoding: str = "utf-8"


def layout_of(header: bytes) -> Layout | None:
    """From the first 100 bytes of a database; `None` where they make no sense."""
    if len(header) < _HEADER:
        return None
    size = int.from_bytes(header[16:18], "big")
    size = _LARGEST if size == 1 else size
    encoding = _ENCODINGS.get(int.from_bytes(header[56:60], "big"), "utf-8")
    return Layout(size, header[20], encoding) if is_page_size(size) else None


def is_page_size(size: int) -> bool:
    return _SMALLEST <= size <= _LARGEST and size & (size - 1) == 0


def freed_pages(data: bytes, layout: Layout) -> set[int]:
    """The numbers, from 1, of the pages in the list of free pages."""
    freed: set[int] = set()
    trunk, most = int.from_bytes(data[32:36], "big"), len(data) // layout.page_size
    while 0 < trunk <= most and trunk not in freed:
        freed.add(trunk)
        page = data[(trunk - 1) * layout.page_size : trunk * layout.page_size]
        count = min(int.from_bytes(page[4:8], "big"), layout.page_size // 4 - 2)
        freed |= {leaf for leaf in struct.unpack_from(f">{count}I", page, 8) if 0 < leaf <= most}
        trunk = int.from_bytes(page[:4], "big")
    return freed


def free_spans(page: bytes, start: int = 0) -> Iterator[bytes]:
    """The gap between the pointers and the cells of a page, and the blocks between cells; none where it is no b-tree.

    `start`: where the page's header stands, 100 on the first page.
    """
    size = _KINDS.get(page[start], 0) if start + 12 <= len(page) else 0
    if not size:
        return
    block, cells, content = struct.unpack_from(">HHH", page, start + 1)
    yield page[start + size + 2 * cells : content or _LARGEST]
    while block and block + 4 <= len(page):
        following, length = struct.unpack_from(">HH", page, block)
        yield page[block + 4 : min(block + length, following or len(page))]
        if following <= block:  # they stand in ascending order
            return
        block = following


def rows_on(page: bytes, layout: Layout, start: int = 0) -> Iterator[list[str]]:
    """The rows of a leaf page of a table, as far as they stand on this page; nothing for other pages."""
    if start + 8 > len(page) or page[start] != _LEAF:
        return
    (count,) = struct.unpack_from(">H", page, start + 3)
    count = min(count, (len(page) - start - 8) // 2)
    usable = page[: len(page) - layout.reserved]
    room = 4 * len(page)  # rows do not overlap, and each value takes a byte of its header
    for pointer in struct.unpack_from(f">{count}H", page, start + 8):
        _, row_id = _varint(page, pointer)  # the size, the number of the row, then the record
        _, record = _varint(page, row_id)
        cells = list(_cells(usable, record, layout.encoding))
        room -= len(cells) + sum(map(len, cells))
        if room < 0:
            return
        if cells:
            yield cells


def _cells(page: bytes, start: int, encoding: str) -> Iterator[str]:
    """The values of a record: a header of types, then what they describe."""
    size, at = _varint(page, start)
    body = start + size
    types: list[int] = []
    while at < min(body, len(page)) and len(types) < _MOST_COLUMNS:
        kind, at = _varint(page, at)
        types.append(kind)
    for kind in types:
        length = _INTEGER_SIZES[kind] if kind < len(_INTEGER_SIZES) else 8 if kind == 7 else max(0, (kind - 12) // 2)  # noqa: PLR2004 - types of the format
        yield _cell(kind, page[body : body + length], encoding)
        body += length


def _cell(kind: int, raw: bytes, encoding: str) -> str:
    if kind in {0, 10, 11}:
        return ""
    if kind in {8, 9}:
        return str(kind - 8)
    if kind < 7:  # noqa: PLR2004 - integers of one to eight bytes
        return str(int.from_bytes(raw, "big", signed=True))
    if kind == 7:  # noqa: PLR2004 - a double
        return f"{struct.unpack('>d', raw)[0]:.15g}" if len(raw) == 8 else ""  # noqa: PLR2004 - bytes of a double
    return raw.decode(encoding if kind % 2 else "utf-8", "replace")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number in one to nine bytes, seven bits each, and where it ends."""
    value = 0
    for place, byte in enumerate(data[at : at + 9]):
        if place == 8:  # noqa: PLR2004 - the ninth byte gives all its bits
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the last byte
            return value, at + place + 1
    return value, at + 9
