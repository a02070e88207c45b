"""Lines of a ledger that differ only in whom they are about: one is read or written, the others follow it.

What is decided about ten thousand findings at once is ten thousand lines that differ in their id.
"""

import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, repeat
from operator import itemgetter
from typing import Any, Generic, TypeVar

from opensafe.casefile.canonical import Json, canonical, parsed_object
from opensafe.model.tuples import tuples_of

T = TypeVar("T")

_PLAIN = (string.ascii_letters + string.digits + "-").encode()
"""What ids are made of. It stands in JSON as it is, and means nothing else there."""
_STEP = 4096
"""Lines that are looked at together: more than a processor keeps close at hand takes it twice the time."""

_the_id = itemgetter(0)
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

    def records(self, lines: bytes) -> Iterator[Sequence[T]]:
        """The record of each line, all those together that are alike. Each line has its end."""
        at = 0
        while at < len(lines):
            line = lines[at : lines.index(b"\n", at)]
            at += len(line) + 1
            first = self._read(line)
            following = self._following(line, lines, at) if self.about else ()
            at += len(following) * (len(line) + 1)
            yield [first, *_alike(first, following)]

    def lines(self, records: Iterable[T]) -> Iterator[bytes]:
        """The line of each record."""
        if not self.about:
            yield from map(self._written, records)
            return
        tuples: Iterable[Any] = records
        for _, group in groupby(tuples, _all_but_the_id):
            while alike := list(islice(group, _STEP)):
                ids = list(map(_the_id, alike))
                if _are_plain("".join(ids).encode("utf-8", "replace")):
                    head, _, tail = self._parted(self._written(alike[0]))
                    yield from [head + id_ + tail for id_ in " ".join(ids).encode().split(b" ")]
                else:
                    yield from map(self._written, alike)

    def runs(self, records: Iterable[T]) -> Iterator[tuple[bytes, Sequence[str]]]:
        """The line of one that is about nothing, with the ids of all that follow each other and are alike."""
        tuples: Iterable[Any] = records
        for _, group in groupby(tuples, _all_but_the_id):
            alike = list(group)
            nothing = alike[0]._replace(**{self.about: ""})
            yield self._written(nothing), list(map(_the_id, alike))

    def _following(self, line: bytes, lines: bytes, at: int) -> Sequence[str]:
        """The ids of the lines from `at` on that are as long as this one and differ in nothing but the id."""
        one = line + b"\n"
        head, id_, tail = self._parted(one)
        found: list[str] = []
        together = 1 if _are_plain(id_) else 0
        goes_on = True
        while together:
            # Many lines are looked at in one step, twice as many each time; near the end of a run, half as many.
            block = lines[at : at + together * len(one)]
            ids = [block[start : start + len(id_)] for start in range(len(head), len(block), len(one))]
            is_alike = len(ids) == together and head + (tail + head).join(ids) + tail == block
            if is_alike and _are_plain(b"".join(ids)):
                found += b" ".join(ids).decode().split(" ")
                at += len(block)
            else:
                goes_on = False
            together = min(together * 2, _STEP) if goes_on else together // 2
        return found

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


def _are_plain(ids: bytes) -> bool:
    return not ids.translate(None, _PLAIN)


def _alike(first: Any, ids: Sequence[str]) -> Iterator[Any]:
    """Records that are as the first one, about something else."""
    if not ids:
        return iter(())
    fields = zip(ids, *map(repeat, first[1:]), strict=False)
    return tuples_of(type(first), fields)
