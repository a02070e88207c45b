"""The novelty filter: a window of text that was judged before is not judged again, only its place is noted."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from opensafe.history.passages import Passage, passages

T = TypeVar("T")


class NoveltyFilter(Generic[T]):
    """Remembers the outcome for every window that was judged, by content and kind of file.

    Most windows have no outcome: those cost 8 bytes in a set. `enabled=False` judges everything again, and must
    give the same (a property test holds it to that).
    """

    def __init__(self, *, enabled: bool = True) -> None:
        self._enabled = enabled
        self._empty: set[int] = set()
        self._found: dict[int, tuple[T, ...]] = {}

    def judge(
        self, text: bytes, kind: bytes, judge: Callable[[bytes, Passage], tuple[T, ...]]
    ) -> Iterator[tuple[Passage, tuple[T, ...]]]:
        """The outcome for each passage of `text` that has one. `judge` is given the window and its passage.

        What `judge` returns must count from the start of the window and depend on the window alone.
        """
        for passage in passages(text):
            window = text[passage.window_start : passage.window_end]
            key = hash((window, kind, passage.start - passage.window_start, passage.end - passage.start))
            if self._enabled and key in self._empty:
                continue
            outcome = self._found.get(key) if self._enabled else None
            if outcome is None:
                outcome = judge(window, passage)
                if not outcome:
                    self._empty.add(key)
                    continue
                self._found[key] = outcome
            if outcome:
                yield passage, outcome
