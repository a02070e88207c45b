"""What differs between two trees, for many pairs: git compares, in processes of its own, side by side.

Walking every tree of every commit costs commits times files; a difference costs what changed. Git is asked for one
level at a time, so that no tree can make it list more paths than there is memory. Where it gives up (a damaged or
malformed tree), and where there is little to do, `treewalk` reads for itself.
"""

import queue
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from opensafe.git.stream import close_pipes, feed, pipes_of
from opensafe.git.trees import Entries
from opensafe.git.treewalk import EMPTY_TREES, Change, Differing, Level, Pair, level_of, put_together
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import MODE_TREE
from opensafe.model.identifiers import Oid

_ARGUMENTS = ("diff-tree", "--stdin", "-z", "--no-renames")
_SIDE_BY_SIDE = 2
_AT_ONCE = 1_000  # pairs: git keeps every tree that it was given for as long as it runs
_FEW = 200  # pairs that are read here before a git has started
_MOST_LEVELS = 64  # folders nested deeper are read here
_CHUNK = 1 << 18
_CHUNKS_AHEAD = 256
_MOST_FAILURES = 100  # after so many the rest is compared without git


def tree_differences(view: ObjectView, trees: Mapping[Oid, Entries], pairs: Sequence[Pair]) -> Iterator[Differing]:
    """One for each pair, in order."""
    levels = _Levels(trees)
    todo = list(dict.fromkeys(pairs))
    for _ in range(_MOST_LEVELS):
        if len(todo) <= _FEW:
            break
        below: dict[Pair, None] = {}
        for pair, level in zip(todo, _by_git(view, trees, todo), strict=True):
            levels.known[pair] = level
            below.update((inner, None) for _, inner in level.folders)
        todo = [pair for pair in below if pair not in levels.known]
    return (put_together(levels.of, pair) for pair in pairs)


class _Levels:
    """What git was asked for, and what is read here when it is needed."""

    def __init__(self, trees: Mapping[Oid, Entries]) -> None:
        self._trees = trees
        self.known: dict[Pair, Level] = {}

    def of(self, pair: Pair) -> Level:
        level = self.known.get(pair)
        if level is None:
            level = self.known[pair] = level_of(self._trees, pair)
        return level


def _by_git(view: ObjectView, trees: Mapping[Oid, Entries], pairs: Sequence[Pair]) -> Iterator[Level]:
    size = min(_AT_ONCE, -(-len(pairs) // _SIDE_BY_SIDE))
    parts = (pairs[at : at + size] for at in range(0, len(pairs), size))
    started = deque((part, _Comparison(view, part)) for part in islice(parts, _SIDE_BY_SIDE))
    try:
        while started:
            yield from _compared(view, trees, *started[0])
            started.popleft()
            started.extend((part, _Comparison(view, part)) for part in islice(parts, 1))
    finally:
        for _, comparison in started:
            comparison.close()


def _compared(
    view: ObjectView, trees: Mapping[Oid, Entries], pairs: Sequence[Pair], first: "_Comparison"
) -> Iterator[Level]:
    """What git says, as long as it goes on; another git from behind the pair that it ended at."""
    at = failures = 0
    comparison = first
    while at < len(pairs):
        for found in comparison.results():
            yield found or level_of(trees, pairs[at])
            at += 1
        comparison.close()
        if at < len(pairs):
            yield level_of(trees, pairs[at])
            at, failures = at + 1, failures + 1
        if failures == _MOST_FAILURES:
            yield from (level_of(trees, pair) for pair in pairs[at:])
            return
        if at < len(pairs):
            comparison = _Comparison(view, pairs[at:])
    comparison.close()


class _Comparison:
    """One git that compares, and a thread that reads ahead of whoever asks."""

    def __init__(self, view: ObjectView, pairs: Sequence[Pair]) -> None:
        self._asked = [f"{_named(old, new)} {_named(new, old)}" for old, new in pairs]
        self._process = view.start(*_ARGUMENTS)
        self._chunks: queue.Queue[bytes] = queue.Queue(_CHUNKS_AHEAD)
        self._wanted = True
        stdin, _ = pipes_of(self._process)
        asked = "".join(f"{line}\n" for line in self._asked).encode()
        self._threads = [
            threading.Thread(target=feed, args=(stdin, asked), daemon=True),
            threading.Thread(target=self._read_ahead, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def results(self) -> Iterator[Level | None]:
        """For each pair what differs, or None where git passed it over. Ends before the pair that git died at."""
        at = -1
        current: Level | None = None
        tokens = self._tokens()
        for token in tokens:
            *headers, record = token.split(b"\n") if not token.startswith(b":") else (token,)
            for header in headers:
                if current is not None:
                    yield current
                found = self._asked.index(header.decode("ascii"), at + 1)
                yield from [None] * (found - at - 1)
                at, current = found, Level([], [])
            if record and current is not None:
                _add(current, record, next(tokens, b""))
        if self._process.wait() == 0:
            if current is not None:
                yield current
            yield from [None] * (len(self._asked) - at - 1)

    def close(self) -> None:
        self._wanted = False
        self._process.kill()
        while any(thread.is_alive() for thread in self._threads):
            self._drain()
            for thread in self._threads:
                thread.join(0.01)
        close_pipes(self._process)

    def _read_ahead(self) -> None:
        _, stdout = pipes_of(self._process)
        while self._wanted:
            chunk = stdout.read(_CHUNK)
            self._chunks.put(chunk)
            if not chunk:
                return

    def _drain(self) -> None:
        while not self._chunks.empty():
            self._chunks.get_nowait()

    def _tokens(self) -> Iterator[bytes]:
        """What stands between NULs; header lines at the end have none behind them."""
        rest = b""
        while chunk := self._chunks.get():
            *tokens, rest = (rest + chunk).split(b"\0")
            yield from tokens
        if rest:
            yield rest


def _named(oid: Oid, other: Oid) -> str:
    """Git has a name for the tree without entries, by the kind of ids."""
    return oid or EMPTY_TREES.get(len(other), "")


_MODES: dict[bytes, int] = {b"000000": 0, b"100644": 0o100644, b"100755": 0o100755, b"040000": MODE_TREE}
_FIRST_MODE, _SECOND_MODE, _IDS = slice(1, 7), slice(8, 14), 15  # `:100644 100755 ID ID M`
_NOTHING = Oid("")


def _add(found: Level, record: bytes, name: bytes) -> None:
    """One raw record of `diff-tree`: a file, a folder, or one in the place of the other."""
    width = (len(record) - _IDS - 3) // 2
    old_mode, new_mode = _mode(record[_FIRST_MODE]), _mode(record[_SECOND_MODE])
    old = Oid(record[_IDS : _IDS + width].decode("ascii")) if old_mode else _NOTHING
    new = Oid(record[_IDS + width + 1 : -2].decode("ascii")) if new_mode else _NOTHING
    if MODE_TREE in {old_mode, new_mode}:
        folders = (old if old_mode == MODE_TREE else _NOTHING), (new if new_mode == MODE_TREE else _NOTHING)
        found.folders.append((name, folders))
        old_mode, old = (0, _NOTHING) if old_mode == MODE_TREE else (old_mode, old)
        new_mode, new = (0, _NOTHING) if new_mode == MODE_TREE else (new_mode, new)
    if old_mode or new_mode:
        found.files.append(Change(name, old_mode, old, new_mode, new))


def _mode(text: bytes) -> int:
    mode = _MODES.get(text)
    if mode is None:
        mode = _MODES[text] = int(text, 8)
    return mode
