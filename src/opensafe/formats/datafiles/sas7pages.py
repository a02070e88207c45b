"""Pages of SAS data sets (.sas7bdat): what they say of columns, and where rows stand.

SAS does not publish the format. It is known from the description by M. Shotwell and from ReadStat.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from opensafe.formats.datafiles.frame import text

_MAGIC = 32
_WIDE, _ALIGNED = 32, 35  # bytes that are `3` where numbers have 64 bits, and where the header is padded
_ORDER, _NAME = 37, slice(92, 156)
_HEADER_SIZE = 196
_RELEASE, _STAT_TRANSFER = 216, b"9.0000M0"
_ROW_SIZE, _COLUMN_SIZE = 0xF7F7F7F7, 0xF6F6F6F6
_COLUMN_TEXT, _COLUMN_NAMES, _COLUMN_ATTRIBUTES, _FORMATS = 0xFFFFFFFD, 0xFFFFFFFF, 0xFFFFFFFC, 0xFFFFFBFE
_CUT, _PACKED = 1, 4  # of subheaders: one that is left over, one that is compressed
_IS_DATA = 1
_FIRST_MARK = 0xFFFFF000  # what no row begins with
_DATA, _MIXED = 0x0100, 0x0200
_KINDS = 0x0F00
_COMPRESSED = 0x9000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where its value stands in a row, whether it is a number, and the names of its format and label."""

    name: str
    start: int
    size: int
    is_number: bool
    form: str
    label: str


@dataclass(frozen=True, slots=True)
class Header:
    """How numbers are written, and where the pages are."""

    order: str
    is_wide: bool
    first_page: int
    page_size: int
    name: str
    is_transferred: bool

    @classmethod
    def of(cls, data: bytes) -> "Header":
        """Raises ValueError or struct.error."""
        order = "<" if data[_ORDER] == 1 else ">"
        at = _HEADER_SIZE + (4 if data[_ALIGNED : _ALIGNED + 1] == b"3" else 0)
        first_page, page_size = struct.unpack_from(f"{order}II", data, at)
        is_wide = data[_WIDE : _WIDE + 1] == b"3"
        if page_size < 64 or first_page <= _MAGIC:  # noqa: PLR2004 - the head of a page
            raise ValueError
        release = data[_RELEASE + at - _HEADER_SIZE + (4 if is_wide else 0) :]
        name = text(data[_NAME].rstrip(b" \0"))
        return cls(order, is_wide, first_page, page_size, name, release.startswith(_STAT_TRANSFER))

    def number(self, data: bytes, at: int) -> int:
        """A number of the width of this file."""
        (value,) = struct.unpack_from(f"{self.order}{'Q' if self.is_wide else 'I'}", data, at)
        return int(value)

    def short(self, data: bytes, at: int) -> int:
        (value,) = struct.unpack_from(f"{self.order}H", data, at)
        return int(value)


@dataclass(slots=True)
class Layout:
    """What the subheaders of all pages say. `packed` are rows that stand in subheaders, each by itself."""

    header: Header
    row_size: int = 0
    rows: int = 0
    rows_of_mixed: int = 0
    texts: list[bytes] = field(default_factory=list)
    names: list[tuple[int, int, int]] = field(default_factory=list)
    places: list[tuple[int, int, bool]] = field(default_factory=list)
    described: list[tuple[tuple[int, int, int], tuple[int, int, int]]] = field(default_factory=list)

    @property
    def compression(self) -> bytes:
        head = self.texts[0] if self.texts else b""
        return next((name for name in (b"SASYZCRL", b"SASYZCR2") if name in head), b"")

    def columns(self) -> list[Column]:
        """Raises ValueError where they do not fit into a row."""
        found: list[Column] = []
        for number, (name, (start, size, is_number)) in enumerate(zip(self.names, self.places, strict=True)):
            form, label = self.described[number] if number < len(self.described) else ((0, 0, 0), (0, 0, 0))
            found.append(Column(self._text(name), start, size, is_number, self._text(form), self._text(label)))
        if sum(column.size for column in found) > self.row_size:
            raise ValueError
        return found

    def _text(self, place: tuple[int, int, int]) -> str:
        block, start, size = place
        return text(self.texts[block][start : start + size]).rstrip(" \0") if block < len(self.texts) else ""


def pages_of(data: bytes, header: Header) -> Iterator[bytes]:
    for at in range(header.first_page, len(data) - header.page_size + 1, header.page_size):
        yield data[at : at + header.page_size]


def layout_of(data: bytes) -> Layout:
    """Raises what BROKEN lists."""
    layout = Layout(Header.of(data))
    for page in pages_of(data, layout.header):
        for subheader in subheaders_of(page, layout.header):
            if not subheader.is_row:
                _learn(layout, subheader)
    if not layout.row_size or not layout.names:
        raise ValueError
    return layout


@dataclass(frozen=True, slots=True)
class Subheader:
    """A part of a page. `is_row`: it holds a row that is compressed, or one that would not become shorter by it."""

    signature: int
    content: bytes = field(repr=False)
    is_row: bool


def subheaders_of(page: bytes, header: Header) -> Iterator[Subheader]:
    """Those of a page; none in a page of rows alone."""
    head, width = (32, 8) if header.is_wide else (16, 4)
    kind, count = header.short(page, head), header.short(page, head + 4)
    if kind & _COMPRESSED == _COMPRESSED or kind & _KINDS == _DATA:
        return
    for at in range(head + 8, head + 8 + count * 3 * width, 3 * width):
        start, size = header.number(page, at), header.number(page, at + width)
        packing, is_data = page[at + 2 * width], page[at + 2 * width + 1] == _IS_DATA
        if not size or packing == _CUT:
            continue
        if start + size > len(page):
            raise ValueError
        content = page[start : start + size]
        signature = 0 if packing == _PACKED else _signature(content, header)
        yield Subheader(signature, content, is_data and not signature)


def _signature(content: bytes, header: Header) -> int:
    """What kind of subheader it is; 0 for none. The other half of 64 bits is full or empty."""
    if len(content) < (8 if header.is_wide else 4):
        return 0
    found = struct.unpack_from(f"{header.order}{'2I' if header.is_wide else 'I'}", content)
    sizes = [half for half in found if half in {_ROW_SIZE, _COLUMN_SIZE}]
    if sizes:
        return int(sizes[0])
    mark = int(min(found))
    is_mark = mark >= _FIRST_MARK and (len(found) == 1 or max(found) == _COLUMN_NAMES)
    return mark if is_mark else 0


def rows_on(page: bytes, layout: Layout) -> Iterator[bytes]:
    """The rows that stand one behind the other on a page, as they are."""
    header = layout.header
    head, width = (32, 8) if header.is_wide else (16, 4)
    kind = header.short(page, head) & _KINDS
    count, subheaders = header.short(page, head + 2), header.short(page, head + 4)
    start = head + 8
    if kind == _MIXED:
        start += subheaders * 3 * width
        start += _padding(page, start, header)
        count = min(layout.rows, layout.rows_of_mixed)
    elif kind != _DATA:
        return
    for at in range(start, start + count * layout.row_size, layout.row_size):
        if at + layout.row_size > len(page):
            raise ValueError
        yield page[at : at + layout.row_size]


def _padding(page: bytes, start: int, header: Header) -> int:
    """Rows begin at a multiple of eight, but for files of another program, where blanks or zeros tell (ReadStat)."""
    is_padded = not header.is_transferred or page[start : start + 4] in {bytes(4), b"    "}
    return start % 8 if is_padded else 0


def _learn(layout: Layout, subheader: Subheader) -> None:
    signature, content = subheader.signature, subheader.content
    header, width = layout.header, 8 if layout.header.is_wide else 4
    if signature == _ROW_SIZE:
        layout.row_size, layout.rows = header.number(content, 5 * width), header.number(content, 6 * width)
        layout.rows_of_mixed = header.number(content, 15 * width)
    elif signature == _COLUMN_TEXT:
        layout.texts.append(content[width : width + header.short(content, width)])
    elif signature == _COLUMN_NAMES:
        ends = len(content) - width - 12
        layout.names += [_place(header, content, at) for at in range(width + 8, ends + 1, 8)]
    elif signature == _COLUMN_ATTRIBUTES:
        layout.places += _attributes(header, content, width)
    elif signature == _FORMATS:
        at = 3 * width + 22
        layout.described.append((_place(header, content, at), _place(header, content, at + 6)))


def _place(header: Header, content: bytes, at: int) -> tuple[int, int, int]:
    """Which block of texts, from where, how many bytes."""
    block, start, size = struct.unpack_from(f"{header.order}3H", content, at)
    return block, start, size


def _attributes(header: Header, content: bytes, width: int) -> Iterator[tuple[int, int, bool]]:
    count = (len(content) - 2 * width - 12) // (width + 8)
    for at in range(width + 8, width + 8 + count * (width + 8), width + 8):
        (size,) = struct.unpack_from(f"{header.order}I", content, at + width)
        yield header.number(content, at), size, content[at + width + 6] == 1
