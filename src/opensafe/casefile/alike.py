"""Reads the lines of a ledger: of those that differ only in whom they are about, one is read, the others follow it.

What is decided about ten thousand findings at once is ten thousand lines that differ in their id.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, Generic, TypeVar

from opensafe.casefile.canonical import parsed_object

T = TypeVar("T")


@dataclass(slots=True)
class AlikeLines(Generic[T]):
    """Decodes lines. `decode` raises ValueError for what it cannot take; so does this.

    `about` is the name of the first field of the records, where that is an id; empty where no lines are alike.
    """

    decode: Callable[[Mapping[str, object]], T]
    about: str
    _known: dict[tuple[bytes, bytes], Callable[[str], T]] = field(default_factory=dict)

    def record(self, line: bytes) -> T:
        """The record of one line."""
        if not self.about:
            return self.decode(parsed_object(line))
        # In a JSON text this can only be the name of the field: within a value, its quotes would be escaped.
        head, _, rest = line.rpartition(b'"%s":"' % self.about.encode())
        id_, _, tail = rest.partition(b'"')
        if id_[1:2] != b"-" or not id_[2:].isalnum():  # then it is read as every JSON value is
            return self.decode(parsed_object(line))
        follow = self._known.get((head, tail))
        if follow is None:
            first = self.decode(parsed_object(line))
            self._known[head, tail] = _follower(first)
            return first
        return follow(id_.decode("ascii"))


def _follower(record: Any) -> Callable[[str], Any]:
    """Makes records that are as this one, about something else: as `dataclasses.replace` does, at a quarter of it."""
    kind = type(record)
    names: Sequence[str] = [item.name for item in fields(kind)]
    rest = attrgetter(*names)(record)[1:]
    return lambda about: kind(about, *rest)
