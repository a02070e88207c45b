"""The three forms in which R writes its objects (R Internals, 1.8): XDR, this machine's own, and text."""

import re
import struct
import sys
from array import array
from typing import TypeVar

from opensafe.model.expressions import expression

_ESCAPE = expression(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"t": b"\t", b"v": b"\v", b"b": b"\b", b"r": b"\r", b"f": b"\f", b"a": b"\a"}
_NUMBERS = {b"NA": float("nan"), b"NaN": float("nan"), b"Inf": float("inf"), b"-Inf": float("-inf")}

_N = TypeVar("_N", int, float)

NOT_AVAILABLE = -(2**31)
"""The integer that stands for a missing value."""


class BinaryStream:
    """Reads one thing after the other. Raises BROKEN at the end of the data or where it makes no sense."""

    def __init__(self, data: bytes, at: int, order: str) -> None:
        self._data = data
        self._at = at
        self._integer = struct.Struct(f"{order}i")
        self._swaps = (order == ">") == (sys.byteorder == "little")

    def integer(self) -> int:
        (value,) = self._integer.unpack_from(self._data, self._at)
        self._at += 4
        return int(value)

    def integers(self, count: int) -> "array[int]":
        return self._filled(array("i"), count)

    def doubles(self, count: int) -> "array[float]":
        return self._filled(array("d"), count)

    def octets(self, count: int) -> bytes:
        if not 0 <= count <= len(self._data) - self._at:
            raise EOFError
        self._at += count
        return self._data[self._at - count : self._at]

    def _filled(self, values: "array[_N]", count: int) -> "array[_N]":
        values.frombytes(self.octets(count * values.itemsize))
        if self._swaps:
            values.byteswap()
        return values


class TextStream:
    """The same, of a text with one number or string a line."""

    def __init__(self, data: bytes, at: int) -> None:
        self._lines = data[at:].split(b"\n")
        self._at = 0

    def _line(self) -> bytes:
        self._at += 1
        return self._lines[self._at - 1].strip()

    def integer(self) -> int:
        line = self._line()
        return NOT_AVAILABLE if line == b"NA" else int(line)

    def integers(self, count: int) -> "array[int]":
        return array("i", [self.integer() for _ in range(self._there(count))])

    def doubles(self, count: int) -> "array[float]":
        lines = (self._line() for _ in range(self._there(count)))
        return array("d", [_NUMBERS[line] if line in _NUMBERS else float(line) for line in lines])

    def octets(self, count: int) -> bytes:
        """A string. What is not printable stands as an escape, spaces too."""
        raw = _ESCAPE.sub(_character, self._line())
        if len(raw) != count:
            raise ValueError
        return raw

    def raw_octets(self, count: int) -> bytes:
        """A vector of bytes: one in hexadecimal a line."""
        return bytes(int(self._line(), 16) for _ in range(self._there(count)))

    def _there(self, count: int) -> int:
        if not 0 <= count <= len(self._lines) - self._at:
            raise EOFError
        return count


def _character(escape: "re.Match[bytes]") -> bytes:
    code = escape.group(1)
    return bytes([int(code, 8) & 0xFF]) if code.isdigit() else _ESCAPED.get(code, code)


def stream_of(data: bytes) -> BinaryStream | TextStream:
    """The stream of a file of R (uncompressed), behind the mark of its form. Raises ValueError."""
    at = 5 if data.startswith((b"RDX", b"RDA", b"RDB")) else 0
    form = data[at : at + 2]
    if form == b"A\n":
        return TextStream(data, at + 2)
    if form not in {b"X\n", b"B\n"}:
        raise ValueError
    return BinaryStream(data, at + 2, ">" if form == b"X\n" else "<")
