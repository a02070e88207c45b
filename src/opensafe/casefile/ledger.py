"""What people said, append-only: one JSON object a line; corrections are new lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from opensafe.casefile.alike import AlikeLines
from opensafe.casefile.canonical import Json
from opensafe.casefile.disk import shown_path
from opensafe.casefile.lines import append_lines, torn_line, whole_lines
from opensafe.errors import CaseDamaged

T = TypeVar("T")

_READ: dict[tuple[Path, Callable[..., Any]], tuple[bytes, tuple[Any, ...]]] = {}
"""What each file held when it was last read, and the items of it: a command asks for the same lines several times."""


@dataclass(frozen=True, slots=True)
class Ledger(Generic[T]):
    """The file at `path`. `encode` and `decode` are inverse; `decode` raises ValueError for what it cannot take.

    `later` is a ledger that came with a later format of the case than this one: where it is absent, it is empty.
    `about` is the first field of the items where that is the id of what they are about.
    """

    path: Path
    encode: Callable[[T], Mapping[str, Json]]
    decode: Callable[[Mapping[str, object]], T]
    later: bool = False
    about: str = ""

    def append(self, *items: T) -> str:
        """Adds `items` in one write that lasts; for the one writer of the case (`Case.writing`).

        Returns a note for the log where a torn last line, left by a kill, was discarded; otherwise "".
        Raises DiskFailed, with the file as it was, or CaseDamaged.
        """
        if not items:
            return ""
        torn = torn_line(self.path)
        append_lines(self.path, list(self.written(items)))
        return f"discarded a torn last line of {len(torn)} bytes in {self.path.name}" if torn else ""

    def read(self) -> tuple[T, ...]:
        """All items, oldest first, without a torn last line. Raises CaseDamaged naming file and line."""
        if self.later and not self.path.exists():
            return ()
        data = whole_lines(self.path)
        known, items = _READ.get((self.path, self.decode), (b"", ()))
        if not data.startswith(known):
            known, items = b"", ()
        if len(data) > len(known):
            items = (*items, *self._decoded(data[len(known) :], len(items)))
        _READ[self.path, self.decode] = data, items
        return items

    def written(self, items: Iterable[T]) -> Iterator[bytes]:
        """Each item as its line, without the end."""
        return self._alike.lines(items)

    def alike(self, items: Iterable[T]) -> Iterator[tuple[bytes, Sequence[str]]]:
        """Runs of items that differ only in what they are about: the line of one that is about "", and the ids."""
        return self._alike.runs(items)

    def _decoded(self, lines: bytes, before: int) -> list[T]:
        """The items of lines that stand after so many others."""
        items: list[T] = []
        try:
            for alike in self._alike.records(lines):
                items += alike
        except ValueError as error:
            number = before + len(items) + 1
            raise CaseDamaged(
                f"{shown_path(self.path)}, line {number} is not what opensafe wrote ({_reason(error)})",
                remedy="put the file back from a copy of the case; opensafe log show tells what was recorded",
            ) from error
        return items

    @property
    def _alike(self) -> AlikeLines[T]:
        return AlikeLines(self.encode, self.decode, self.about)


def _reason(error: ValueError) -> str:
    """The words of `decode`, but never those of the JSON parser or an enum, which could quote the line."""
    return str(error) if type(error) is ValueError else "malformed"
