"""Lines of a ledger that differ only in whom they are about: one is read or written, the others follow it.

What is decided about ten thousand findings at once is ten thousand lines that differ in their id.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, repeat
from operator import itemgetter
from typing import Any, Generic, TypeVar

from opensafe.casefile.canonical import Json, canonical, parsed_object
from opensafe.model.expressions import expression

T = TypeVar("T")

_ID = expression(rb"[A-Za-z]-[0-9A-Za-z]+")
"""What stands in JSON as it is, and within it can be nothing else."""
_IDS = expression(rb"%b(?: %b)*" % (_ID.pattern, _ID.pattern))

_all_but_the_id = itemgetter(slice(1, None))


@dataclass(frozen=True, slots=True)
class AlikeLines(Generic[T]):
    """`encode` and `decode` are inverse; `decode` raises ValueError for what it cannot take, and so does reading.

    `about` is the name of the first field of the records, where that is an id: they are named tuples then, which are
    made and compared many at once. It is empty where no lines are alike.
    """

    encode: Callable[[T], Mapping[str, Json]]
    decode: Callable[[Mapping[str, object]], T]
    about: str = ""

    def records(self, lines: Iterable[bytes]) -> Iterator[T]:
        """The record of each line."""
        if not self.about:
            yield from map(self._read, lines)
            return
        head, tail = b"", b""
        following: list[bytes] = []
        first: Any = None
        for line in lines:
            # Two things cannot be one id: what lies between begins after the one and ends before the other.
            if first and line.startswith(head) and line.endswith(tail):
                id_ = line[len(head) : -len(tail)]
                if _ID.fullmatch(id_):
                    following.append(id_)
                    continue
            yield from _alike(first, following)
            following, first = [], self._read(line)
            yield first
            head, id_, tail = self._parted(line)
            if not _ID.fullmatch(id_):
                first = None
        yield from _alike(first, following)

    def lines(self, records: Iterable[T]) -> Iterator[bytes]:
        """The line of each record."""
        if not self.about:
            yield from map(self._written, records)
            return
        tuples: Iterable[Any] = records
        for _, group in groupby(tuples, _all_but_the_id):
            alike = list(group)
            ids = [record[0].encode("utf-8", "replace") for record in alike]
            if _IDS.fullmatch(b" ".join(ids)):
                head, _, tail = self._parted(self._written(alike[0]))
                yield from (head + id_ + tail for id_ in ids)
            else:
                yield from map(self._written, alike)

    def _parted(self, line: bytes) -> tuple[bytes, bytes, bytes]:
        """What stands before the id, the id, and what stands behind it."""
        # In a JSON text this can only be the name of the field: within a value, its quotes would be escaped.
        before, mark, rest = line.rpartition(b'"%s":"' % self.about.encode())
        id_, quote, after = rest.partition(b'"')
        return before + mark, id_, quote + after

    def _read(self, line: bytes) -> T:
        return self.decode(parsed_object(line))

    def _written(self, record: T) -> bytes:
        return canonical(self.encode(record))


def _alike(first: Any, ids: Iterable[bytes]) -> Iterator[Any]:
    """Records that are as the first one, about something else."""
    made = map(type(first)._make, zip(map(bytes.decode, ids), *map(repeat, first[1:]), strict=False)) if ids else ()
    return iter(made)
