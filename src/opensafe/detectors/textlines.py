"""Where the lines of a text begin and end."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache


@lru_cache(maxsize=1)  # several detectors look at one text after the other
def lowered(data: bytes) -> bytes:
    """The text in small letters: `re` takes twenty times as long to find a word in either case."""
    return data.lower()


def line_end(data: bytes, at: int) -> int:
    """Where the line ends in which `at` stands: its line feed, or the end of the text."""
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end


def line_around(data: bytes, at: int) -> tuple[int, int]:
    """The line in which `at` stands."""
    return data.rfind(b"\n", 0, at) + 1, line_end(data, at)


def short_line_around(data: bytes, at: int, longest: int) -> tuple[int, int] | None:
    """The line in which `at` stands; nothing where one of its ends is further away than that."""
    first, last = max(0, at - longest), min(len(data), at + longest)
    start, end = data.rfind(b"\n", first, at) + 1, data.find(b"\n", at, last)
    if (start == 0 and first > 0) or (end < 0 and last < len(data)):
        return None
    return start, len(data) if end < 0 else end


def is_whole_line(expression: re.Pattern[bytes], data: bytes, at: int) -> bool:
    """Whether what matches at the beginning of a line goes to its end; the rest of a long line is not looked at."""
    found = expression.match(data, at)
    return found is not None and data[found.end() : found.end() + 1] in {b"", b"\n"}


def lines_at(data: bytes, ends: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The lines in which something ends at one of these offsets (in order), each once."""
    behind = 0
    for end in ends:
        if end > behind:
            start, behind = line_around(data, end - 1)
            yield start, behind
