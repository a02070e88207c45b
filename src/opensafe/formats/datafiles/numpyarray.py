"""Arrays of NumPy (NumPy, numpy.lib.format): rows of numbers and texts. Arrays of objects are pickles."""

import ast
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from opensafe.formats.datafiles.cells import number
from opensafe.formats.datafiles.frame import checked_cells, text
from opensafe.model.expressions import expression

_MAGIC = b"\x93NUMPY"
_TYPE = expression(r"(?P<order>[<>=|]?)(?P<kind>[biufcSUOVMm])(?P<size>[0-9]{1,6})?(?:\[[^\]]{1,8}\])?\Z")
_FORMS = {"i1": "b", "i2": "h", "i4": "i", "i8": "q", "u1": "B", "u2": "H", "u4": "I", "u8": "Q", "b1": "B"}
_FORMS |= {"f2": "e", "f4": "f", "f8": "d", "M8": "q", "m8": "q"}
_MOST_HEADER = 65_536


@dataclass(frozen=True, slots=True)
class Member:
    """A field of each element: its bytes from `start` on. `shown` is `None` for what is neither number nor text."""

    name: str
    start: int
    size: int
    shown: Callable[[bytes], str] | None


@dataclass(frozen=True, slots=True)
class NumpyArray:
    """`width`: the elements of a row, which is the last dimension. `is_objects`: a pickle follows the header."""

    members: tuple[Member, ...]
    size: int
    width: int
    is_objects: bool
    data_at: int


def read_header(data: bytes) -> NumpyArray:
    """Raises BROKEN, SyntaxError or TypeError where the header makes no sense."""
    if not data.startswith(_MAGIC):
        raise ValueError
    width = 2 if data[6] == 1 else 4
    length = int.from_bytes(data[8 : 8 + width], "little")
    if length > _MOST_HEADER:
        raise ValueError
    described = data[8 + width : 8 + width + length]
    if b"\\" in described:  # nothing that NumPy writes: Python would warn of some escapes
        raise ValueError
    head = ast.literal_eval(described.decode("utf-8").strip())
    shape = [int(size) for size in head["shape"]]
    members = tuple(_members(head["descr"]))
    size = sum(member.size for member in members)
    row = 1 if len(shape) < 2 or head["fortran_order"] else shape[-1]  # noqa: PLR2004 - a table has two dimensions
    return NumpyArray(members, size, max(1, row), head["descr"] == "|O", 8 + width + length)


def _members(described: object, start: int = 0, name: str = "") -> Iterator[Member]:
    if isinstance(described, str):
        yield _member(described, start, name)
    elif isinstance(described, list):
        for label, kind, *shape in described:
            count = 1
            for size in shape[0] if shape else ():
                count *= int(size)
            if shape and not isinstance(kind, str):
                raise ValueError
            known = str(label[-1] if isinstance(label, tuple) else label)
            for _ in range(checked_cells(count)):
                for member in _members(kind, start, known):
                    yield member
                    start = member.start + member.size
    else:
        raise TypeError


def _member(described: str, start: int, name: str) -> Member:
    found = _TYPE.match(described)
    if found is None:
        raise ValueError
    order = ">" if found["order"] == ">" else "<"
    size = int(found["size"] or (8 if found["kind"] == "O" else 0)) * (4 if found["kind"] == "U" else 1)
    return Member(name, start, size, _shower(found["kind"], size, order))


def _shower(kind: str, size: int, order: str) -> Callable[[bytes], str] | None:
    if kind == "S":
        return lambda raw: text(raw.rstrip(b"\0"))
    if kind == "U":
        encoding = "utf-32-le" if order == "<" else "utf-32-be"
        return lambda raw: raw.decode(encoding, "replace").rstrip("\0")
    form = _FORMS.get(f"{kind}{size}")
    if form is None:
        return None
    packed = struct.Struct(order + form)
    return lambda raw: number(packed.unpack(raw)[0])


def rows_of(data: bytes, array: NumpyArray) -> Iterator[list[str]]:
    """One row a line; for records their names first. Raises BROKEN or TooMuch."""
    if any(member.name for member in array.members):
        yield [member.name for member in array.members]
    count = (len(data) - array.data_at) // array.size if array.size else 0
    checked_cells(count * len(array.members))
    cells: list[str] = []
    for at in range(array.data_at, array.data_at + count * array.size, array.size):
        for member in array.members:
            raw = data[at + member.start : at + member.start + member.size]
            cells.append(member.shown(raw) if member.shown else "")
        if len(cells) >= array.width * len(array.members):
            yield cells
            cells = []
    if cells:
        yield cells
