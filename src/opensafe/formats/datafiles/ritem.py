"""One object in a file of R, and what the short forms that R writes for some vectors stand for."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from opensafe.formats.datafiles.frame import TooMuch

SYMBOL, PAIRS, STRING, LOGICALS, INTEGERS, DOUBLES, COMPLEX, STRINGS, VECTOR, EXPRESSION, OCTETS = (
    *(1, 2, 9, 10, 13, 14, 15, 16, 19, 20, 24),
)

_LONGEST = 10_000_000  # numbers in a sequence that is written by its ends

Values = Sequence[bytes | None] | Sequence[float] | bytes


@dataclass(slots=True)
class Item:
    """An object: its kind, its values (texts or numbers) or the objects in it, with their names, and its attributes."""

    kind: int
    values: Values = ()
    inner: list["Item"] = field(default_factory=list)
    tags: list[bytes] = field(default_factory=list)
    attributes: dict[bytes, "Item"] = field(default_factory=dict)

    def texts(self) -> list[bytes]:
        """The values of a vector of strings, missing ones as nothing; nothing for other kinds."""
        return [value if isinstance(value, bytes) else b"" for value in self.values] if self.kind == STRINGS else []

    def attribute(self, name: bytes) -> list[bytes]:
        found = self.attributes.get(name)
        return found.texts() if found else []


def name_of(tag: Item | None) -> bytes:
    value = tag.values[0] if tag is not None and tag.kind == SYMBOL and tag.values else b""
    return value if isinstance(value, bytes) else b""


def plain_form(form: bytes, state: Item) -> Item:
    if form in {b"compact_intseq", b"compact_realseq"} and len(state.values) == 3:  # noqa: PLR2004 - length, start, step
        return Item(INTEGERS if form == b"compact_intseq" else DOUBLES, _sequence(state.values))
    if form == b"deferred_string" and state.inner:
        return Item(VECTOR, inner=[state.inner[0]])
    return state.inner[0] if form.startswith(b"wrap_") and state.inner else Item(VECTOR, inner=[state])


def _sequence(values: Values) -> "Sequence[float]":
    count, start, step = (int(value or 0) for value in values)
    if not 0 <= count <= _LONGEST:
        raise TooMuch
    return range(start, start + count * step, step) if step else array("d", [start] * count)
