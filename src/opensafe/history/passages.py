"""Cuts a text into passages, and says what window of text each is judged by.

Versions of a file share almost everything. A passage ends at the first blank line once it is long enough, so that
a change moves the borders near it only; the window around it gives detectors the lines before and after.
"""

from dataclasses import dataclass

SHORTEST = 1024
LONGEST = 8192
BEFORE = 256
AFTER = 1024


@dataclass(frozen=True, slots=True)
class Passage:
    """`start` to `end` is the passage, `window_start` to `window_end` what its detectors see."""

    start: int
    end: int
    window_start: int
    window_end: int


def passages(text: bytes) -> list[Passage]:
    """The passages of a text: together they cover every byte exactly once."""
    found: list[Passage] = []
    at, size = 0, len(text)
    while at < size:
        end = _border(text, at, size)
        found.append(Passage(at, end, _line_start(text, at), min(size, end + AFTER)))
        at = end
    return found


def _border(text: bytes, at: int, size: int) -> int:
    if at + SHORTEST >= size:
        return size
    limit = min(size, at + LONGEST)
    for blank in (b"\n\n", b"\n\r\n"):
        found = text.find(blank, at + SHORTEST, limit)
        if found >= 0:
            return found + len(blank)
    if limit == size:
        return size
    line_end = text.rfind(b"\n", at + SHORTEST, limit)
    return line_end + 1 if line_end >= 0 else limit


def _line_start(text: bytes, at: int) -> int:
    """The window begins at a line's start where one is near, so that it does not depend on what came long before."""
    earliest = max(0, at - BEFORE)
    newline = text.find(b"\n", earliest, at)
    return earliest if earliest == 0 or newline < 0 else newline + 1
