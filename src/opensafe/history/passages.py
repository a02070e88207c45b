"""Cuts a text into passages at its blank lines, and says what window of text each is judged by.

Versions of a file share almost everything. Where a passage begins and ends depends on what stands there and not on
what came before, so that a change makes one passage new. The window around it gives detectors the lines before and
after. What has no blank line for long is cut at the ends of lines, or anywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

SHORTEST = 1024
"""Of a passage that is cut for its length, in bytes."""

LONGEST = 8192
BEFORE = 256
AFTER = 1024

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Passage:
    """`start` to `end` is the passage, `window_start` to `window_end` what its detectors see."""

    start: int
    end: int
    window_start: int
    window_end: int


class Passages:
    """The passages of a text: together they cover every byte exactly once.

    `texts` is what each is known by: its text without the blank line behind it, or, where it was cut for its length,
    with some text behind it, in which a value that the cut goes through comes to its end (`is_cut`). `keys` are the
    hashes of these.
    """

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._break = b"\n\r\n" if b"\r\n" in text[:_HEAD] else b"\n\n"
        self._ends: list[int] = []
        self._counted = 0, 0
        self.texts = text.split(self._break)
        self.is_cut = len(text) > LONGEST and max(map(len, self.texts)) > LONGEST
        if self.is_cut:
            self._ends = list(self._cut())
            starts = [0, *self._ends[:-1]]
            self.texts = [text[at : self._known_to(at, end)] for at, end in zip(starts, self._ends, strict=True)]
        self.keys = list(map(hash, self.texts))

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, index: int) -> Passage:
        text = self._text
        start, end = self._cut_at(index) if self.is_cut else self._stands_at(index)
        return Passage(start, end, _line_start(text, start), min(len(text), end + AFTER))

    def shown_with(self, index: int) -> int:
        """A key for what stands in a passage's window, and where in it the passage stands.

        Texts are not compared for it, where they need not be: their keys are, of all that the window reaches into.
        """
        if self.is_cut:
            passage = self[index]
            window = self._text[passage.window_start : passage.window_end]
            return hash((window, passage.start - passage.window_start, passage.end - passage.start))
        first, last = self._reached(index, -1, BEFORE), self._reached(index, 1, AFTER)
        ends = first == 0, last == len(self.texts) - 1
        return hash((self._break, index - first, ends, *self.keys[first : last + 1]))

    def _reached(self, index: int, step: int, reach: int) -> int:
        """The furthest passage that so many bytes beside this one reach into."""
        texts, width = self.texts, len(self._break)
        limit = 0 if step < 0 else len(texts) - 1
        while reach > 0 and index != limit:
            index += step
            reach -= len(texts[index]) + width
        return index

    def start_of(self, index: int) -> int:
        """Where a passage begins."""
        return (self._cut_at(index) if self.is_cut else self._stands_at(index))[0]

    def _stands_at(self, index: int) -> tuple[int, int]:
        """Where a passage begins and ends. Those that are asked for in order cost one pass together."""
        counted, start = self._counted if self._counted[0] <= index else (0, 0)
        width = len(self._break)
        start += sum(map(len, self.texts[counted:index])) + width * (index - counted)
        self._counted = index, start
        return start, min(len(self._text), start + len(self.texts[index]) + width)

    def _cut_at(self, index: int) -> tuple[int, int]:
        return self._ends[index - 1] if index else 0, self._ends[index]

    def _cut(self) -> Iterator[int]:
        """Ends of passages, the long ones cut."""
        at, width = 0, len(self._break)
        whole = list(accumulate(len(text) + width for text in self.texts))
        for end in [*whole[:-1], len(self._text)]:
            while end - at > LONGEST + width:
                at = _border(self._text, at)
                yield at
            at = end
            yield at

    def _known_to(self, start: int, end: int) -> int:
        if self._text.endswith(self._break, start, end):
            return end - len(self._break)
        return min(len(self._text), end + AFTER)


def _border(text: bytes, at: int) -> int:
    line_end = text.rfind(b"\n", at + SHORTEST, at + LONGEST)
    return line_end + 1 if line_end >= 0 else at + LONGEST


def _line_start(text: bytes, at: int) -> int:
    """The window begins at a line's start where one is near, so that it does not depend on what came long before."""
    earliest = max(0, at - BEFORE)
    newline = text.find(b"\n", earliest, at)
    return earliest if earliest == 0 or newline < 0 else newline + 1
