"""What people said, append-only: one JSON object a line; corrections are new lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from opensafe.casefile.canonical import Json, canonical, parsed_object
from opensafe.casefile.disk import shown_path
from opensafe.casefile.lines import append_lines, read_lines
from opensafe.errors import CaseDamaged

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ledger(Generic[T]):
    """The file at `path`. `encode` and `decode` are inverse; `decode` raises ValueError for what it cannot take.

    `later` is a ledger that came with a later format of the case than this one: where it is absent, it is empty.
    """

    path: Path
    encode: Callable[[T], Mapping[str, Json]]
    decode: Callable[[Mapping[str, object]], T]
    later: bool = False

    def append(self, *items: T) -> str:
        """Adds `items` in one write that lasts; for the one writer of the case (`Case.writing`).

        Returns a note for the log where a torn last line, left by a kill, was discarded; otherwise "".
        Raises DiskFailed, with the file as it was, or CaseDamaged.
        """
        if not items:
            return ""
        torn = read_lines(self.path).torn
        append_lines(self.path, [canonical(self.encode(item)) for item in items])
        return f"discarded a torn last line of {len(torn)} bytes in {self.path.name}" if torn else ""

    def read(self) -> tuple[T, ...]:
        """All items, oldest first, without a torn last line. Raises CaseDamaged naming file and line."""
        if self.later and not self.path.exists():
            return ()
        lines = read_lines(self.path).whole
        return tuple(self._item(number, line) for number, line in enumerate(lines, start=1))

    def _item(self, number: int, line: bytes) -> T:
        try:
            return self.decode(parsed_object(line))
        except ValueError as error:
            raise CaseDamaged(
                f"{shown_path(self.path)}, line {number} is not what opensafe wrote ({_reason(error)})",
                remedy="put the file back from a copy of the case; opensafe log show tells what was recorded",
            ) from error


def _reason(error: ValueError) -> str:
    """The words of `decode`, but never those of the JSON parser or an enum, which could quote the line."""
    return str(error) if type(error) is ValueError else "malformed"
