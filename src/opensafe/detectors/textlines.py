"""Where the lines of a text begin and end."""

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


def lines_at(data: bytes, ends: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The lines in which something ends at one of these offsets (in order), each once."""
    behind = 0
    for end in ends:
        if end > behind:
            start, behind = line_around(data, end - 1)
            yield start, behind
