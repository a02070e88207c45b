"""Where the values of a JSON text stand: byte offsets, found without recursion, along the paths that are asked for.

For texts that `json.loads` accepts; what stands there is its business.
"""

import json
from dataclasses import dataclass

from opensafe.formats.runs import Run
from opensafe.model.expressions import expression

Pointer = tuple[str | int, ...]

_SPACE = b" \t\n\r"
_STRUCTURE = expression(rb'["\[\]{}]')
_SCALAR_END = expression(rb"[\s,\]}]|\Z")
_ESCAPE = expression(rb"\\(?:u([0-9a-fA-F]{4})|.)")
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


@dataclass(frozen=True, slots=True)
class Value:
    """A value and, in an object, its key (quotes included); in an array the key is empty at the value's place."""

    key_start: int
    key_end: int
    start: int
    end: int


class JsonText:
    """One text; the children of every container that was looked into are remembered."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._children: dict[int, dict[str | int, Value]] = {}

    def value(self, pointer: Pointer) -> Value:
        """The value at the end of a path of keys and indices. Raises KeyError."""
        start = self._skip(0)
        found = Value(start, start, start, len(self._data))
        for step in pointer:
            found = self.children(found.start)[step]
        return found

    def children(self, start: int) -> dict[str | int, Value]:
        """The members of the object, or the items of the array, that begins at `start`; of a scalar none."""
        if start not in self._children:
            opener = self._data[start : start + 1]
            keyed = opener == b"{"
            self._children[start] = self._listed(start + 1, keyed=keyed) if opener in {b"{", b"["} else {}
        return self._children[start]

    def _listed(self, at: int, *, keyed: bool) -> dict[str | int, Value]:
        found: dict[str | int, Value] = {}
        at = self._skip(at)
        while self._data[at] not in b"]}":
            key_start = key_end = at
            key: str | int = len(found)
            if keyed:
                key_end = self._string_end(at)
                key = json.loads(self._data[at:key_end])
                at = self._skip(self._skip(key_end) + 1)
            end = self._end(at)
            found[key] = Value(key_start, key_end, at, end)
            at = self._skip(end)
            at = self._skip(at + 1) if self._data[at : at + 1] == b"," else at
        return found

    def _skip(self, at: int) -> int:
        while self._data[at : at + 1] and self._data[at] in _SPACE:
            at += 1
        return at

    def _string_end(self, at: int) -> int:
        """After the closing quote of the string that opens at `at`."""
        data = self._data
        end = at
        while True:
            end = data.index(b'"', end + 1)
            back = end
            while data[back - 1] == 0x5C:  # noqa: PLR2004 - a backslash
                back -= 1
            if (end - back) % 2 == 0:
                return end + 1

    def _end(self, at: int) -> int:
        first = self._data[at : at + 1]
        if first == b'"':
            return self._string_end(at)
        if first not in {b"[", b"{"}:
            found = _SCALAR_END.search(self._data, at)
            return found.start() if found else len(self._data)
        return self._container_end(at)

    def _container_end(self, at: int) -> int:
        depth = 0
        while found := _STRUCTURE.search(self._data, at):
            mark = found.group()
            if mark == b'"':
                at = self._string_end(found.start())
                continue
            at = found.end()
            depth += 1 if mark in {b"[", b"{"} else -1
            if not depth:
                return at
        return len(self._data)


def literal_runs(data: bytes, start: int, end: int, at: int) -> list[Run]:
    """The runs of the string literal from `start` to `end` (its quotes included), whose text begins at `at`."""
    runs: list[Run] = []
    raw, stop = start + 1, end - 1
    if raw == stop:
        return [Run(at, 0, raw, 0)]
    for first, last, size in _escapes(data, raw, stop):
        if raw < first:
            runs.append(Run(at, first - raw, raw, first - raw))
            at += first - raw
        runs.append(Run(at, size, first, last - first))
        at += size
        raw = last
    if raw < stop:
        runs.append(Run(at, stop - raw, raw, stop - raw))
    return runs


def _escapes(data: bytes, start: int, stop: int) -> list[tuple[int, int, int]]:
    """Every escape: where it begins and ends, and the bytes of UTF-8 that it stands for; a surrogate pair is one."""
    found: list[tuple[int, int, int]] = []
    pending: int | None = None  # where the first half of a possible pair ended
    for match in _ESCAPE.finditer(data, start, stop):
        code = int(match.group(1) or b"0", 16)
        if code in _LOW and pending == match.start():
            found[-1] = (found[-1][0], match.end(), 4)
            pending = None
            continue
        size = len(chr(code).encode("utf-8", "surrogatepass")) if code else 1
        found.append((match.start(), match.end(), size))
        pending = match.end() if code in _HIGH else None
    return found


def escaped(text: bytes, *, ascii_only: bool) -> bytes:
    """UTF-8 `text` as it is written between the quotes of a JSON string."""
    return json.dumps(text.decode("utf-8", "surrogatepass"), ensure_ascii=ascii_only)[1:-1].encode(
        "utf-8", "surrogatepass"
    )
