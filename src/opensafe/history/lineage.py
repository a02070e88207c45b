"""Which commits hold something that comes and goes, told from the commits in which it comes and goes.

Every commit hangs under its first parent, which makes a forest. What comes in a commit is held by everything below
it, up to the commits in which it goes. In a walk through the forest everything below a commit is one stretch, so
the holders are a few stretches, however many commits there are.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Event(NamedTuple):
    """Something comes (or goes) in the commit at a position of the topological order."""

    position: int
    comes: bool


class Lineage:
    """The forest of first parents: `parents[n]` is the position of commit n's first parent, or -1."""

    def __init__(self, parents: Sequence[int]) -> None:
        self._walk = _walked(parents)
        self._start = [0] * len(parents)
        for at, position in enumerate(self._walk):
            self._start[position] = at
        self._end = _ends(parents, self._start)
        self._highest: list[list[int]] = []

    def last_holder(self, events: Iterable[Event]) -> int:
        """The highest position of a commit that holds it; -1 where none does."""
        return max((self._highest_in(start, end) for start, end in self._held(events)), default=-1)

    def _held(self, events: Iterable[Event]) -> list[tuple[int, int]]:
        """Stretches of the walk, ends included. Where it goes and comes in one commit it is there."""
        state = dict(sorted(events))
        stretches: list[tuple[int, int]] = []
        outer: list[tuple[int, bool]] = []  # up to where, and what holds behind it
        at, held = 0, False
        inner = sorted((self._start[position], self._end[position], comes) for position, comes in state.items())
        for start, end, comes in (*inner, (len(self._walk), len(self._walk), False)):
            while outer and outer[-1][0] < start:
                close, was = outer.pop()
                if held and at <= close:
                    stretches.append((at, close))
                at, held = close + 1, was
            if held and at < start:
                stretches.append((at, start - 1))
            outer.append((end, held))
            at, held = start, comes
        return stretches

    def _highest_in(self, start: int, end: int) -> int:
        """The highest position in a stretch of the walk, from tables of the highest in 1, 2, 4, … places."""
        if not self._highest:
            self._highest = _tables(self._walk)
        level = (end - start + 1).bit_length() - 1
        table = self._highest[level]
        return max(table[start], table[end + 1 - (1 << level)])


def _walked(parents: Sequence[int]) -> list[int]:
    """Depth first: each commit, then everything below it."""
    children: dict[int, list[int]] = {}
    for position, parent in enumerate(parents):
        children.setdefault(parent, []).append(position)
    walk: list[int] = []
    todo = children.get(-1, [])[::-1]
    while todo:
        position = todo.pop()
        walk.append(position)
        todo += children.get(position, ())
    return walk


def _ends(parents: Sequence[int], start: Sequence[int]) -> list[int]:
    """Where in the walk everything below a commit ends. Children have higher positions than their parents."""
    ends = list(start)
    for position in range(len(parents) - 1, -1, -1):
        parent = parents[position]
        if parent >= 0 and ends[parent] < ends[position]:
            ends[parent] = ends[position]
    return ends


def _tables(walk: Sequence[int]) -> list[list[int]]:
    tables = [list(walk)]
    width = 1
    while 2 * width <= len(walk):
        last = tables[-1]
        tables.append(list(map(max, last[: len(last) - width], last[width:])))
        width *= 2
    return tables
