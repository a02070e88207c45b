"""Values that stand in binary data without any structure around them: text, and numbers of ten digits.

Ten digits, because that is what an NHS number has, and such a column is often stored as numbers.
"""

import re
import struct
from collections.abc import Iterator

from opensafe.model.expressions import expression

_LEAST, _MOST = 10**9, 10**10
_CHARACTER = rb"(?:[\t\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})"
_TEXT = expression(_CHARACTER + rb"{4,4096}")
_WIDE = {
    "utf-16-le": expression(rb"(?:[\t\x20-\x7e]\0){4,4096}"),
    "utf-16-be": expression(rb"(?:\0[\t\x20-\x7e]){4,4096}"),
}
_TEN_DIGITS = expression(rb"(?<![0-9])[0-9]{10}(?![0-9])")

# A whole number of ten digits as an IEEE double: the exponents of 2**29 to 2**33, and at least 19 mantissa bits of 0.
_LITTLE_DOUBLE = expression(rb"(?=(\0\0[\0\x08\x10\x18-\xf8]...(?:[\xcd-\xff]\x41|[\0-\2]\x42)))", re.DOTALL)
_BIG_DOUBLE = expression(rb"(?=((?:\x41[\xcd-\xff]|\x42[\0-\2])...[\0\x08\x10\x18-\xf8]\0\0))", re.DOTALL)
# From 10**9, which is 3B9ACA00, to below 10**10: zeros, of which files are full, begin no match.
_LITTLE_INTEGER = expression(rb"(?=(...(?:[\x3b-\xff]\0|.[\1\2])\0\0\0))", re.DOTALL)
_SHORT_INTEGER = expression(rb"(?=(\0(?:\0[\x3b-\xff]|[\1\2].)...))", re.DOTALL)


def strings_in(data: bytes, encoding: str = "utf-8") -> Iterator[bytes]:
    """Stretches of four characters or more, as UTF-8; then every ten digits in them that stand against letters."""
    pattern = _WIDE.get(encoding, _TEXT)
    for found in pattern.finditer(data):
        text = found.group()
        yield text if pattern is _TEXT else text.replace(b"\0", b"")
    narrow = data if pattern is _TEXT else data.replace(b"\0", b"")
    yield from (digits.group() for digits in _TEN_DIGITS.finditer(narrow))


def doubles_in(data: bytes, order: str = "<") -> Iterator[int]:
    """Whole numbers of ten digits that are stored as doubles, at any offset. `order` as in `struct`."""
    pattern = _LITTLE_DOUBLE if order == "<" else _BIG_DOUBLE
    for found in pattern.finditer(data):
        (value,) = struct.unpack(f"{order}d", found.group(1))
        if _LEAST <= value < _MOST and value.is_integer():
            yield int(value)


def integers_in(data: bytes) -> Iterator[int]:
    """Numbers of ten digits stored as 64-bit integers, the low byte first, at any offset."""
    values = (int.from_bytes(found.group(1), "little") for found in _LITTLE_INTEGER.finditer(data))
    return (value for value in values if _LEAST <= value < _MOST)


def short_integers_in(data: bytes) -> Iterator[int]:
    """Numbers of ten digits stored as 48-bit integers, the high byte first, as SQLite does."""
    values = (int.from_bytes(found.group(1), "big") for found in _SHORT_INTEGER.finditer(data))
    return (value for value in values if _LEAST <= value < _MOST)
