"""Lines of a ledger that differ only in whom they are about: one is read or written, the others follow it.

What is decided about ten thousand findings at once is ten thousand lines that differ in their id.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from opensafe.casefile.canonical import Json, canonical, parsed_object

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AlikeLines(Generic[T]):
    """`encode` and `decode` are inverse; `decode` raises ValueError for what it cannot take, and so does reading.

    `about` is the name of the first field of the records, where that is an id; empty where no lines are alike.
    """

    encode: Callable[[T], Mapping[str, Json]]
    decode: Callable[[Mapping[str, object]], T]
    about: str = ""

    def records(self, lines: Iterable[bytes]) -> Iterator[T]:
        """The record of each line."""
        if not self.about:
            yield from map(self._read, lines)
            return
        # In a JSON text this can only be the name of the field: within a value, its quotes would be escaped.
        mark = b'"%s":"' % self.about.encode()
        head, tail, follow = b"", b"", None
        for line in lines:
            if follow and line.startswith(head) and line.endswith(tail):
                id_ = line[len(head) : len(line) - len(tail)]
                if _is_id(id_):
                    yield follow(id_.decode("ascii"))
                    continue
            first = self._read(line)
            before, _, rest = line.rpartition(mark)
            id_, quote, after = rest.partition(b'"')
            if _is_id(id_):
                head, tail, follow = before + mark, quote + after, _follower(first)
            yield first

    def lines(self, records: Iterable[T]) -> Iterator[bytes]:
        """The line of each record."""
        if not self.about:
            yield from map(self._written, records)
            return
        mark = b'"%s":"' % self.about.encode()
        halves: dict[tuple[Any, ...], tuple[bytes, bytes]] = {}
        for record in records:
            id_, *rest = _values(record)
            key, plain = tuple(rest), id_.encode("utf-8", "replace")
            if not _is_id(plain):
                yield self._written(record)
                continue
            if key not in halves:
                before, _, after = self._written(record).rpartition(mark + plain + b'"')
                halves[key] = before + mark, b'"' + after
            head, tail = halves[key]
            yield head + plain + tail

    def _read(self, line: bytes) -> T:
        return self.decode(parsed_object(line))

    def _written(self, record: T) -> bytes:
        return canonical(self.encode(record))


def _is_id(text: bytes) -> bool:
    """Whether it is a letter, a hyphen, and ASCII letters and digits: what stands in JSON as it is."""
    return text[1:2] == b"-" and text[:1].isalpha() and text[2:].isalnum()


def _follower(record: Any) -> Callable[[str], Any]:
    """Makes records that are as this one, about something else."""
    kind, rest = type(record), _values(record)[1:]
    return lambda about: kind(about, *rest)


def _values(record: Any) -> tuple[Any, ...]:
    kind: type = type(record)
    values: tuple[Any, ...] = _getter(kind)(record)
    return values


@cache
def _getter(kind: type[Any]) -> Callable[[object], tuple[Any, ...]]:
    return attrgetter(*(item.name for item in fields(kind)))
