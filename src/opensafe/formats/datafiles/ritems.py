"""The objects in a file of R as a tree (R Internals, 1.8 Serialization Formats; R's serialize.c).

Nothing is built or run: functions, calls and environments are read for the texts and numbers in them.
"""

from collections.abc import Callable

from opensafe.formats.datafiles.frame import TooMuch
from opensafe.formats.datafiles.ritem import (
    COMPLEX,
    DOUBLES,
    EXPRESSION,
    INTEGERS,
    LOGICALS,
    OCTETS,
    PAIRS,
    STRING,
    STRINGS,
    SYMBOL,
    VECTOR,
    Item,
    name_of,
    plain_form,
)
from opensafe.formats.datafiles.rstream import TextStream, stream_of

_ENVIRONMENT, _SPECIAL, _BUILTIN, _BYTECODE, _POINTER, _WEAK, _S4 = 4, 7, 8, 21, 22, 23, 25
_PAIRED = frozenset({PAIRS, 3, 5, 6, 17})  # lists of pairs, closures, promises, calls, dots
_REFERENCE, _PERSISTED, _PACKAGE, _NAMESPACE = 255, 247, 248, 249
_ALTERNATIVE, _ATTRIBUTED_PAIRS, _ATTRIBUTED_CALL, _REPEATED, _REPEATABLE = 238, 239, 240, 243, 244
_NOTHING = frozenset({0, 254, 253, 252, 251, 250, 242, 241})  # NULL, the global environment and the like
_CALLS = frozenset({2, 6, _ATTRIBUTED_PAIRS, _ATTRIBUTED_CALL, _REPEATED, _REPEATABLE})

_HAS_ATTRIBUTES, _HAS_TAG = 0x200, 0x400
_MOST_ITEMS = 1_000_000


def read_items(data: bytes) -> Item:
    """The object in a file: for a saved workspace a list of pairs, a name and an object each.

    Raises BROKEN where the file is damaged or holds what is not known, TooMuch for millions of objects.
    """
    reader = _Reader(data)
    reader.header()
    return reader.item()


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._in = stream_of(data)
        self._references: list[Item] = []
        self._readers: dict[int, Callable[[int], Item]] = {
            SYMBOL: self._symbol,
            _ENVIRONMENT: self._environment,
            **dict.fromkeys((_SPECIAL, _BUILTIN), self._builtin),
            _BYTECODE: self._compiled,
            _POINTER: self._pointer,
            _WEAK: self._weak,
            **dict.fromkeys((_PERSISTED, _PACKAGE, _NAMESPACE), self._named_place),
            _ALTERNATIVE: self._alternative,
            _REFERENCE: self._reference,
        }
        self._left = _MOST_ITEMS

    def header(self) -> None:
        version = self._in.integer()
        self._in.integers(2)  # the version of R that wrote it, and the oldest that reads it
        if version == 3:  # noqa: PLR2004 - the version that names its encoding
            self._in.octets(self._in.integer())

    def item(self) -> Item:
        return self._item(self._in.integer() & 0xFFFFFFFF)

    def _item(self, flags: int) -> Item:
        self._left -= 1
        if self._left < 0:
            raise TooMuch
        kind = flags & 0xFF
        if kind in _NOTHING:
            return Item(kind)
        if kind in _PAIRED or kind in {_ATTRIBUTED_PAIRS, _ATTRIBUTED_CALL}:
            return self._pairs(flags)
        if kind == STRING:
            text = self._text()
            return Item(STRING, () if text is None else (text,))
        if kind in {VECTOR, EXPRESSION}:
            return self._with_attributes(Item(kind, inner=[self.item() for _ in range(self._length())]), flags)
        read = self._readers.get(kind)
        return read(flags) if read else self._with_attributes(self._vector(kind), flags)

    def _text(self) -> bytes | None:
        length = self._in.integer()
        return None if length == -1 else self._in.octets(length)

    def _length(self) -> int:
        length = self._in.integer()
        if length == -1:  # a long vector: two halves follow
            length = self._in.integer() << 32 | self._in.integer() & 0xFFFFFFFF
        if length < 0:
            raise ValueError
        return length

    def _with_attributes(self, item: Item, flags: int) -> Item:
        if flags & _HAS_ATTRIBUTES:
            self._attach(item, self.item())
        return item

    @staticmethod
    def _attach(item: Item, pairs: Item) -> None:
        item.attributes.update(zip(pairs.tags, pairs.inner, strict=False))

    def _vector(self, kind: int) -> Item:
        if kind in {LOGICALS, INTEGERS}:
            return Item(kind, self._in.integers(self._length()))
        if kind == DOUBLES:
            return Item(kind, self._in.doubles(self._length()))
        if kind == COMPLEX:
            return Item(kind, self._in.doubles(2 * self._length()))
        if kind == STRINGS:
            return Item(kind, self._strings(self._length()))
        if kind == OCTETS:
            length = self._length()
            return Item(
                kind, self._in.raw_octets(length) if isinstance(self._in, TextStream) else self._in.octets(length)
            )
        if kind == _S4:
            return Item(kind)
        raise ValueError

    def _strings(self, count: int) -> list[bytes | None]:
        found: list[bytes | None] = []
        for _ in range(count):
            if self._in.integer() & 0xFF != STRING:
                raise ValueError
            found.append(self._text())
        return found

    def _pairs(self, flags: int) -> Item:
        """A chain of pairs, each with a tag; its end may be any object."""
        whole = Item(flags & 0xFF)
        while flags & 0xFF in _PAIRED | {_ATTRIBUTED_PAIRS, _ATTRIBUTED_CALL}:
            if flags & _HAS_ATTRIBUTES:
                self._attach(whole, self.item())
            tag = self.item() if flags & _HAS_TAG else None
            whole.tags.append(name_of(tag))
            whole.inner.append(self.item())
            flags = self._in.integer() & 0xFFFFFFFF
        if flags & 0xFF not in _NOTHING:
            whole.tags.append(b"")
            whole.inner.append(self._item(flags))
        return whole

    def _kept(self, item: Item) -> Item:
        """Objects that later ones may refer to."""
        self._references.append(item)
        return item

    def _symbol(self, _flags: int) -> Item:
        text = self.item()
        return self._kept(Item(SYMBOL, text.values))

    def _environment(self, _flags: int) -> Item:
        self._in.integer()
        place = self._kept(Item(_ENVIRONMENT))
        place.inner = [self.item() for _ in range(3)]  # what encloses it, its frame, its hash table
        self._attach(place, self.item())
        return place

    def _builtin(self, _flags: int) -> Item:
        return Item(_SPECIAL, (self._in.octets(self._in.integer()),))

    def _pointer(self, flags: int) -> Item:
        pointer = self._kept(Item(_POINTER))
        pointer.inner = [self.item(), self.item()]
        return self._with_attributes(pointer, flags)

    def _weak(self, flags: int) -> Item:
        return self._with_attributes(self._kept(Item(_WEAK)), flags)

    def _named_place(self, _flags: int) -> Item:
        self._in.integer()
        return self._kept(Item(_NAMESPACE, inner=[self.item() for _ in range(self._in.integer())]))

    def _reference(self, flags: int) -> Item:
        """An object that stood before: it is not given again."""
        index = flags >> 8 or self._in.integer()
        before = self._references[index - 1] if index > 0 else Item(0)
        return Item(SYMBOL, before.values) if before.kind == SYMBOL else Item(0)

    def _alternative(self, _flags: int) -> Item:
        """A vector in another form: a sequence by its ends, numbers that will be texts, or one wrapped up."""
        info, state = self.item(), self.item()
        item = plain_form(name_of(info.inner[0]) if info.inner else b"", state)
        self._attach(item, self.item())
        return item

    def _compiled(self, flags: int) -> Item:
        """A compiled function."""
        self._in.integer()
        return self._with_attributes(self._bytecode(), flags)

    def _bytecode(self) -> Item:
        code = Item(_BYTECODE, inner=[])
        self.item()  # the instructions
        for _ in range(self._in.integer()):
            kind = self._in.integer()
            if kind == _BYTECODE:
                code.inner.append(self._bytecode())
            else:
                code.inner.append(self._call(kind) if kind in _CALLS else self.item())
        return code

    def _call(self, kind: int) -> Item:
        """A call in a compiled function; one that is used again has a number."""
        if kind not in _CALLS:
            return self.item()
        if kind == _REPEATED:
            self._in.integer()
            return Item(0)
        if kind == _REPEATABLE:
            self._in.integer()
            kind = self._in.integer()
        call = Item(PAIRS)
        if kind in {_ATTRIBUTED_PAIRS, _ATTRIBUTED_CALL}:
            self._attach(call, self.item())
        call.inner = [self.item(), self._call(self._in.integer()), self._call(self._in.integer())]
        return call
