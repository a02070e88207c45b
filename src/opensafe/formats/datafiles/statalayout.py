"""Where things lie in Stata's data files: releases 113 to 115, and 117 to 119, which are tagged (Stata, help dta)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from opensafe.formats.datafiles.frame import text
from opensafe.model.expressions import expression

_OLD_NUMBERS = {251: "b", 252: "h", 253: "i", 254: "f", 255: "d"}
_NUMBERS = {65526: "d", 65527: "f", 65528: "i", 65529: "h", 65530: "b", 32768: "L"}
_RELEASE = expression(rb"<release>(11[789])</release><byteorder>([LM])SF</byteorder><K>")
_MOST_COLUMNS = 120_000


@dataclass(slots=True)
class Layout:
    """`types`: the bytes of a string, or a letter of `struct` for a number (`L` for a long string)."""

    release: int
    order: str
    rows: int
    types: list[int | str]
    names: list[str]
    formats: list[bytes]
    notes: list[bytes]
    data: bytes = field(repr=False)
    long: bytes = field(default=b"", repr=False)


def older_layout(data: bytes) -> Layout:
    """Releases 113 to 115. Raises BROKEN."""
    release, order = data[0], ">" if data[1] == 1 else "<"
    columns, rows = struct.unpack_from(f"{order}Hi", data, 4)
    notes = [data[10:91].partition(b"\0")[0], data[91:109].partition(b"\0")[0]]
    at = 109
    types: list[int | str] = [_OLD_NUMBERS.get(kind, kind) for kind in _there(data, at, columns)]
    at += columns
    names, at = _texts(data, at, columns, 33)
    at += 2 * (columns + 1)
    formats, at = _texts(data, at, columns, 12 if release == 113 else 49)  # noqa: PLR2004 - the first of the three
    _, at = _texts(data, at, columns, 33)
    labels, at = _texts(data, at, columns, 81)
    extra, at = _expansion(data, at, order)
    width = sum(size if isinstance(size, int) else struct.calcsize(size) for size in types)
    behind = at + width * max(0, rows)
    notes += [*labels, *extra, *_value_labels(data[behind:], order, 33)]
    return Layout(release, order, max(0, rows), types, [text(name) for name in names], formats, notes, data[at:behind])


def _expansion(data: bytes, at: int, order: str) -> tuple[list[bytes], int]:
    """Characteristics: the name of a variable, of the characteristic, and its text."""
    found: list[bytes] = []
    while at + 5 <= len(data):
        kind, size = struct.unpack_from(f"{order}bi", data, at)
        at += 5
        if kind == 0 and size == 0:
            return found, at
        raw = _there(data, at, size)
        found.append(b" ".join(part for part in (_upto(raw[33:66]), _upto(raw[66:])) if part))
        at += size
    raise EOFError


def newer_layout(data: bytes) -> Layout:
    """Releases 117 to 119. Raises BROKEN."""
    head = _RELEASE.search(data[:200])
    if head is None:
        raise ValueError
    release, order = int(head[1]), "<" if head[2] == b"L" else ">"
    is_first = release == 117  # noqa: PLR2004 - its names are ASCII and shorter
    name, form, label = (33, 49, 81) if is_first else (129, 57, 321)
    columns = int.from_bytes(data[head.end() : head.end() + (4 if release == 119 else 2)], byteorder(order))  # noqa: PLR2004 - the widest
    rows = int.from_bytes(_between(data, b"<N>", b"</N>"), byteorder(order))
    if columns > _MOST_COLUMNS:
        raise ValueError
    kinds = struct.unpack_from(f"{order}{columns}H", _between(data, b"<variable_types>", b"</variable_types>"))
    names, _ = _texts(_between(data, b"<varnames>", b"</varnames>"), 0, columns, name)
    formats, _ = _texts(_between(data, b"<formats>", b"</formats>"), 0, columns, form)
    labels, _ = _texts(_between(data, b"<variable_labels>", b"</variable_labels>"), 0, columns, label)
    places = struct.unpack_from(f"{order}14Q", _between(data, b"<map>", b"</map>"))
    notes = [
        _between(data, b"<label>", b"</label>")[1 if is_first else 2 :],
        _between(data, b"<timestamp>", b"</timestamp>")[1:],
        *labels,
        *_characteristics(data[places[8] : places[9]], order, name),
        *_value_labels(data[places[11] : places[12]], order, name, tag=b"<lbl>"),
    ]
    types = [_NUMBERS.get(kind, kind) for kind in kinds]
    values = data[places[9] + len(b"<data>") : places[10] - len(b"</data>")]
    long = data[places[10] + len(b"<strls>") : places[11]]
    return Layout(release, order, rows, types, [text(each) for each in names], formats, notes, values, long)


def _characteristics(data: bytes, order: str, width: int) -> Iterator[bytes]:
    at = 0
    while (at := data.find(b"<ch>", at) + 4) >= 4:  # noqa: PLR2004 - the bytes of the tag
        (size,) = struct.unpack_from(f"{order}I", data, at)
        raw = data[at + 4 : at + 4 + size]
        at += 4 + size
        yield b" ".join(part for part in (_upto(raw[width : 2 * width]), _upto(raw[2 * width :])) if part)


def _value_labels(data: bytes, order: str, width: int, tag: bytes = b"") -> Iterator[bytes]:
    """The name of each set of labels, and the labels. Behind the older data they follow each other without a tag."""
    at = 0
    while at + 4 + width + 11 <= len(data):
        if tag:
            at = data.find(tag, at) + len(tag)
            if at < len(tag):
                return
        (size,) = struct.unpack_from(f"{order}i", data, at)
        yield _upto(data[at + 4 : at + 4 + width])
        body = data[at + 7 + width : at + 7 + width + max(0, size)]
        count, length = struct.unpack_from(f"{order}ii", body)
        yield from (label for label in body[8 + 8 * count :][: max(0, length)].split(b"\0") if label)
        at += 7 + width + max(0, size)


def _texts(data: bytes, at: int, count: int, width: int) -> tuple[list[bytes], int]:
    raw = _there(data, at, count * width)
    return [_upto(raw[start : start + width]) for start in range(0, count * width, width)], at + count * width


def _upto(raw: bytes) -> bytes:
    return raw.partition(b"\0")[0]


def _there(data: bytes, at: int, size: int) -> bytes:
    if not 0 <= size <= len(data) - at:
        raise EOFError
    return data[at : at + size]


def _between(data: bytes, start: bytes, end: bytes) -> bytes:
    at = data.index(start) + len(start)
    return data[at : data.index(end, at)]


def byteorder(order: str) -> Literal["little", "big"]:
    return "little" if order == "<" else "big"
