"""The novelty filter: a window of text that was judged before is not judged again, only its place is noted."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class NoveltyFilter(Generic[T]):
    """Remembers the outcome for every passage that was judged, by a key that says what its judges were shown.

    Most have no outcome: those cost 8 bytes in a set. `enabled=False` judges everything again, and must give the same
    (a property test holds it to that).
    """

    def __init__(self, *, enabled: bool = True) -> None:
        self._enabled = enabled
        self._empty: set[int] = set()
        self._found: dict[int, tuple[T, ...]] = {}

    def judge(self, key: int, judge: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
        """The outcome for what has this key. What `judge` returns must count from the passage's beginning."""
        if not self._enabled:
            return judge()
        if key in self._empty:
            return ()
        outcome = self._found.get(key)
        if outcome is None:
            outcome = judge()
            if outcome:
                self._found[key] = outcome
            else:
                self._empty.add(key)
        return outcome
