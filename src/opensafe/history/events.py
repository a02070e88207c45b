"""Events of each blob at each path, kept in columns of numbers: there are as many as changes in the whole history."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from opensafe.model.identifiers import Oid

_NONE = -1


@dataclass(slots=True)
class BlobEvents:
    """Takes events one by one, each a number, and gives them back by blob and path in the order in which they came."""

    _blobs: dict[Oid, int] = field(default_factory=dict)
    _paths: dict[bytes, int] = field(default_factory=dict)
    _named: list[bytes] = field(default_factory=list)
    _latest: "array[int]" = field(default_factory=lambda: array("q"))  # of each blob: the number of its last event
    _before: "array[int]" = field(default_factory=lambda: array("q"))  # of each event: the same blob's event before it
    _where: "array[int]" = field(default_factory=lambda: array("L"))
    _what: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, oid: Oid, path: bytes, event: int) -> None:
        blob = self._blobs.setdefault(oid, len(self._latest))
        if blob == len(self._latest):
            self._latest.append(_NONE)
        where = self._paths.setdefault(path, len(self._named))
        if where == len(self._named):
            self._named.append(path)
        self._before.append(self._latest[blob])
        self._latest[blob] = len(self._what)
        self._where.append(where)
        self._what.append(event)

    def of(self, oid: Oid) -> dict[bytes, list[int]]:
        """The events of one blob by path; empty for one that no event is about."""
        blob = self._blobs.get(oid)
        numbers: list[int] = []
        at = _NONE if blob is None else self._latest[blob]
        while at != _NONE:
            numbers.append(at)
            at = self._before[at]
        found: dict[bytes, list[int]] = {}
        for number in reversed(numbers):
            found.setdefault(self._named[self._where[number]], []).append(self._what[number])
        return found

    def __iter__(self) -> Iterator[Oid]:
        """Every blob once, in the order in which they were met."""
        return iter(self._blobs)
