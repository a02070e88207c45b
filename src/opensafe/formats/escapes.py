"""A stretch of text with escapes in it: what it means, and where each byte of that stands."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from opensafe.formats.runs import Run, translate
from opensafe.model.edit import Edit

LONGEST = 4096
"""Bytes of a stretch that is looked at as one."""

FEWEST = 3
"""Escapes that make a stretch worth decoding: one or two hide little, and stand in any text."""


@dataclass(frozen=True, slots=True)
class Escape:
    """Bytes `start` to `end` of the text stand for `meaning`."""

    start: int
    end: int
    meaning: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes `start` to `end` of the text, with the escapes in them, in order."""

    start: int
    end: int
    escapes: tuple[Escape, ...]

    def meaning(self, data: bytes) -> bytes:
        return b"".join(piece for piece, _ in self._pieces(data))

    def runs(self, data: bytes) -> list[Run]:
        """Where each piece of the meaning stands in the text."""
        return [run for _, run in self._pieces(data)]

    def _pieces(self, data: bytes) -> Iterator[tuple[bytes, Run]]:
        at, raw = 0, self.start
        for escape in (*self.escapes, Escape(self.end, self.end, b"")):
            plain = data[raw : escape.start]
            if plain:
                yield plain, Run(at, len(plain), raw, len(plain))
            at += len(plain)
            if escape.meaning:
                yield escape.meaning, Run(at, len(escape.meaning), escape.start, escape.end - escape.start)
            at, raw = at + len(escape.meaning), escape.end


def stand_together(data: bytes, escape: re.Pattern[bytes], end: re.Pattern[bytes]) -> bool:
    """Whether enough escapes stand in the data with no `end` of a stretch between them."""
    earlier: deque[int] = deque(maxlen=FEWEST - 1)
    for match in escape.finditer(data):
        at = match.start()
        if len(earlier) == FEWEST - 1 and at - earlier[0] <= LONGEST and not end.search(data, earlier[0], at):
            return True
        earlier.append(at)
    return False


def changed(
    data: bytes,
    stretches: Iterable[tuple[str, Stretch]],
    changes: Mapping[str, Sequence[Edit]],
    write: Callable[[bytes], bytes],
) -> list[Edit]:
    """Edits of the meanings, by label, as edits of the text; `write` escapes a replacement.

    Raises CannotReencode, as `runs.translate` does.
    """
    edits: list[Edit] = []
    for label, stretch in stretches:
        if label in changes:
            edits += translate(stretch.meaning(data), stretch.runs(data), changes[label], write, label)
    return edits
