"""Two texts as the lines that differ, with a line of surroundings: short enough to be read on any terminal."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from opensafe.model.text import shown

_CONTEXT = 1  # lines to each side of a change
_LONGEST = 160  # characters of a line
_MOST = 200  # lines of one comparison
_COMPARED = 3_000  # lines to each side: above that, texts of different length are only counted
_Block = tuple[int, int, int, int]
"""First and last (exclusive) line before, and after, that differ."""


def differences(before: bytes, after: bytes) -> tuple[str, ...]:
    """Lines that begin with `- `, `+ `, two spaces, or `@ ` (which names the line); empty where nothing differs."""
    old, new = before.split(b"\n"), after.split(b"\n")
    if len(old) != len(new) and max(len(old), len(new)) > _COMPARED:
        return (f"@ {len(old):,} lines before, {len(new):,} lines after: too many to compare here",)
    blocks = _same_length(old, new) if len(old) == len(new) else _by_content(old, new)
    lines = [line for block in blocks for line in _told(old, new, block)]
    left_out = len(lines) - _MOST
    return (*lines[:_MOST], f"@ {left_out:,} further lines are not shown") if left_out > 0 else tuple(lines)


def _same_length(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[_Block]:
    """Changes within lines leave their number as it is: then line is compared with line, however many there are."""
    start = None
    for at, (one, other) in enumerate(zip(old, new, strict=True)):
        if one != other and start is None:
            start = at
        elif one == other and start is not None:
            yield start, at, start, at
            start = None
    if start is not None:
        yield start, len(old), start, len(old)


def _by_content(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[_Block]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield a, b, c, d


def _told(old: Sequence[bytes], new: Sequence[bytes], block: _Block) -> Iterator[str]:
    first, last, new_first, new_last = block
    yield f"@ line {first + 1:,}"
    yield from (f"  {_cut(line)}" for line in old[max(0, first - _CONTEXT) : first])
    is_one_line = last - first == new_last - new_first == 1
    at = _first_difference(old[first], new[new_first]) if is_one_line else 0
    yield from (f"- {_cut(line, at)}" for line in old[first:last])
    yield from (f"+ {_cut(line, at)}" for line in new[new_first:new_last])
    yield from (f"  {_cut(line)}" for line in old[last : last + _CONTEXT])


def _first_difference(one: bytes, other: bytes) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)


def _cut(line: bytes, at: int = 0) -> str:
    """The line, or as much of it around `at` as fits, with an ellipsis where something is left out."""
    text = line.removesuffix(b"\r")
    if len(text) <= _LONGEST:
        return shown(text)
    start = max(0, min(at - _LONGEST // 4, len(text) - _LONGEST))
    end = start + _LONGEST
    return f"{'…' if start else ''}{shown(text[start:end])}{'…' if end < len(text) else ''}"
