"""The dictionary of an SPSS system file (PSPP Developers Guide, System File Format): variables, labels, documents."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from opensafe.formats.datafiles.frame import text
from opensafe.model.expressions import expression

_HEADER = 176
_SEGMENT = 8  # bytes of a value in a case
_VARIABLE, _LABELS, _LABELLED, _DOCUMENTS, _MORE, _END = 2, 3, 4, 6, 7, 999
_LONG_NAMES, _LONG_STRINGS = 13, 14
_DOCUMENT_LINE = 80
_MOST_VARIABLES = 100_000
_WIDEST = 255  # bytes of a string; longer ones are in several variables
_LONG_NAME = expression(rb"([^=\t]{1,64})=([^\t]{1,200})")
_LONG_STRING = expression(rb"([^=\t\0]{1,64})=(\d{1,5})")


@dataclass(slots=True)
class Variable:
    """`width` is 0 for a number, else the bytes of a string; `form` is the number of its print format."""

    short: bytes
    width: int
    form: int
    name: str = ""

    @property
    def segments(self) -> int:
        return max(1, -(-self.width // _SEGMENT))


@dataclass(slots=True)
class Dictionary:
    order: str
    compression: int  # 0 for none, 1 by commands, 2 by commands in zlib
    bias: float
    variables: list[Variable] = field(default_factory=list)
    notes: list[bytes] = field(default_factory=list)
    long_strings: dict[bytes, int] = field(default_factory=dict)
    data_at: int = 0


def read_dictionary(data: bytes) -> Dictionary:
    """Raises BROKEN."""
    order = "<" if data[64:68] in {b"\2\0\0\0", b"\3\0\0\0"} else ">"
    compression = struct.unpack_from(f"{order}i", data, 72)[0]
    (bias,) = struct.unpack_from(f"{order}d", data, 84)
    found = Dictionary(order, compression, bias)
    found.notes += [data[4:64], data[92:109], data[109:173]]
    _Records(data, found).read()
    return found


class _Records:
    def __init__(self, data: bytes, found: Dictionary) -> None:
        self._data = data
        self._found = found
        self._at = _HEADER

    def read(self) -> None:
        readers = {
            _VARIABLE: self._variable,
            _LABELS: self._labels,
            _LABELLED: self._labelled,
            _DOCUMENTS: self._documents,
            _MORE: self._extension,
        }
        while (kind := self._integer()) != _END:
            readers[kind]()
        self._integer()
        self._found.data_at = self._at

    def _variable(self) -> None:
        width, has_label, missing, form, _ = (self._integer() for _ in range(5))
        name = self._take(_SEGMENT).rstrip()
        if has_label:
            size = self._integer()
            self._found.notes.append(self._take(-(-size // 4) * 4)[:size])
        self._take(_SEGMENT * abs(missing))
        if width > _WIDEST:
            raise ValueError
        if width >= 0:
            self._found.variables.append(Variable(name, width, form >> 16 & 0xFF, text(name)))
        if len(self._found.variables) > _MOST_VARIABLES:
            raise ValueError

    def _labels(self) -> None:
        for _ in range(self._integer()):
            value = self._take(_SEGMENT)
            size = self._take(1)[0]
            label = self._take(-(-(size + 1) // _SEGMENT) * _SEGMENT - 1)[:size]
            printable = value.rstrip() if value.isascii() and value.rstrip().isalnum() else b""
            self._found.notes.append(printable + b": " + label)

    def _labelled(self) -> None:
        self._take(4 * self._integer())

    def _documents(self) -> None:
        for _ in range(self._integer()):
            self._found.notes.append(self._take(_DOCUMENT_LINE))

    def _extension(self) -> None:
        """Names longer than eight characters, strings longer than 255, attributes, and much that is no text."""
        kind, size, count = self._integer(), self._integer(), self._integer()
        content = self._take(size * count)
        if kind == _LONG_NAMES:
            names = dict(_LONG_NAME.findall(content))
            for variable in self._found.variables:
                variable.name = text(names.get(variable.short, variable.short))
        elif kind == _LONG_STRINGS:
            self._found.long_strings = {name: int(width) for name, width in _LONG_STRING.findall(content)}
        elif size == 1:
            self._found.notes.append(content)

    def _integer(self) -> int:
        (value,) = struct.unpack_from(f"{self._found.order}i", self._data, self._at)
        self._at += 4
        return int(value)

    def _take(self, size: int) -> bytes:
        if not 0 <= size <= len(self._data) - self._at:
            raise EOFError
        self._at += size
        return self._data[self._at - size : self._at]


def merged(found: Dictionary) -> Iterator[list[Variable]]:
    """The variables of each column: a string of more than 255 bytes is kept in several."""
    rest = iter(found.variables)
    for variable in rest:
        pieces = max(1, -(-found.long_strings.get(variable.short, 0) // 252))
        others = [other for _ in range(pieces - 1) if (other := next(rest, None)) is not None]
        yield [variable, *others]
