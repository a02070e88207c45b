"""The novelty filter: a window of text that was judged before is not judged again, only its place is noted."""

from collections.abc import Callable
from typing import Generic, TypeVar

from opensafe.history.passages import Passage

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
        self, text: bytes, passage: Passage, kind: bytes, judge: Callable[[bytes, Passage], tuple[T, ...]]
    ) -> tuple[T, ...]:
        """The outcome for a passage of `text`. `judge` is given the window and the passage.

        What `judge` returns must count from the start of the window and depend on the window alone.
        """
        window = text[passage.window_start : passage.window_end]
        if not self._enabled:
            return judge(window, passage)
        key = hash((window, kind, passage.start - passage.window_start, passage.end - passage.start))
        if key in self._empty:
            return ()
        outcome = self._found.get(key)
        if outcome is None:
            outcome = judge(window, passage)
            if outcome:
                self._found[key] = outcome
            else:
                self._empty.add(key)
        return outcome
