"""The bytes around a place: the line it stands in, cut where the line is long."""

from collections.abc import Iterable, Iterator

CONTEXT_REACH = 100  # bytes before and after a value in which a context word counts (facts, data 2)


def neighbourhoods(data: bytes, ends: Iterable[int], reach: int) -> Iterator[tuple[int, int]]:
    """The lines that the offsets stand in, cut `reach` bytes from the offset, joined where they overlap.

    The spans come in order and do not overlap, so that no byte is examined twice.
    """
    first, last = -1, -1
    for end in sorted(ends):
        start, stop = _line(data, end, reach)
        if start <= last:
            last = max(last, stop)
            continue
        if first >= 0:
            yield first, last
        first, last = start, stop
    if first >= 0:
        yield first, last


def _line(data: bytes, at: int, reach: int) -> tuple[int, int]:
    # A trigger may end on the line break itself: its line is the one before.
    low = max(0, at - reach)
    high = min(len(data), at + reach)
    start = data.rfind(b"\n", low, max(low, at - 1)) + 1 or low
    stop = data.find(b"\n", at, high)
    return start, high if stop < 0 else stop


def around(data: bytes, start: int, end: int, reach: int = CONTEXT_REACH) -> bytes:
    """The bytes from `reach` before `start` to `reach` after `end`, without the span itself (a line break instead)."""
    return data[max(0, start - reach) : start] + b"\n" + data[end : end + reach]
