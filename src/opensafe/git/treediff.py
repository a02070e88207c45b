"""What differs between two trees, for many pairs: git compares, in processes of its own, side by side.

Walking every tree of every commit costs commits times files; a difference costs what changed. Where git gives up (a
damaged or malformed tree, folders without end) `treewalk` does that one pair.
"""

import queue
import threading
from collections.abc import Iterator, Mapping, Sequence

from opensafe.git.stream import close_pipes, feed, pipes_of
from opensafe.git.trees import Entries
from opensafe.git.treewalk import MOST, Change, Differing, differing
from opensafe.git.view import ObjectView
from opensafe.model.gitobjects import MODE_TREE
from opensafe.model.identifiers import Oid

Pair = tuple[Oid, Oid]
"""Two trees to compare, old and new; `treewalk.EMPTY_TREES` has what stands for none."""

_ARGUMENTS = ("diff-tree", "--stdin", "-r", "-t", "-z", "--no-renames")
_SIDE_BY_SIDE = 2
_ALONE = 500  # pairs for which one git is enough
_CHUNK = 1 << 18
_CHUNKS_AHEAD = 256
_MOST_FAILURES = 100  # after so many the rest is compared without git


def tree_differences(view: ObjectView, trees: Mapping[Oid, Entries], pairs: Sequence[Pair]) -> Iterator[Differing]:
    """One for each pair, in order."""
    size = len(pairs) if len(pairs) <= _ALONE else -(-len(pairs) // _SIDE_BY_SIDE)
    slices = [pairs[at : at + size] for at in range(0, len(pairs), size)] if pairs else []
    started = [_Comparison(view, part) for part in slices]
    try:
        for part, comparison in zip(slices, started, strict=True):
            yield from _compared(view, trees, part, comparison)
    finally:
        for comparison in started:
            comparison.close()


def _compared(
    view: ObjectView, trees: Mapping[Oid, Entries], pairs: Sequence[Pair], first: "_Comparison"
) -> Iterator[Differing]:
    """What git says, as long as it goes on; another git from behind the pair that it ended at."""
    at = failures = 0
    comparison = first
    while at < len(pairs):
        for found in comparison.results():
            yield found or differing(trees, *pairs[at])
            at += 1
        comparison.close()
        if at < len(pairs):
            yield differing(trees, *pairs[at])
            at, failures = at + 1, failures + 1
        if failures == _MOST_FAILURES:
            yield from (differing(trees, *pair) for pair in pairs[at:])
            return
        if at < len(pairs):
            comparison = _Comparison(view, pairs[at:])
    comparison.close()


class _Comparison:
    """One git that compares, and a thread that reads ahead of whoever asks."""

    def __init__(self, view: ObjectView, pairs: Sequence[Pair]) -> None:
        self._pairs = pairs
        self._process = view.start(*_ARGUMENTS)
        self._chunks: queue.Queue[bytes] = queue.Queue(_CHUNKS_AHEAD)
        self._wanted = True
        stdin, _ = pipes_of(self._process)
        asked = "".join(f"{old} {new}\n" for old, new in pairs).encode()
        self._threads = [
            threading.Thread(target=feed, args=(stdin, asked), daemon=True),
            threading.Thread(target=self._read_ahead, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def results(self) -> Iterator[Differing | None]:
        """For each pair what differs, or None where git passed it over. Ends before the pair that git died at."""
        at = -1
        current: Differing | None = None
        tokens = self._tokens()
        for token in tokens:
            *headers, record = token.split(b"\n") if not token.startswith(b":") else (token,)
            for header in headers:
                if current is not None:
                    yield current
                found = self._position(header, at + 1)
                yield from [None] * (found - at - 1)
                at, current = found, Differing()
            if record and current is not None:
                _add(current, record, next(tokens, b""))
                if len(current.changes) > MOST:
                    return
        if self._process.wait() == 0:
            if current is not None:
                yield current
            yield from [None] * (len(self._pairs) - at - 1)

    def close(self) -> None:
        self._wanted = False
        self._process.kill()
        while any(thread.is_alive() for thread in self._threads):
            self._drain()
            for thread in self._threads:
                thread.join(0.01)
        close_pipes(self._process)

    def _position(self, header: bytes, start: int) -> int:
        """Which pair a header line names: the next one, unless git passed some over."""
        old, _, new = header.decode("ascii").partition(" ")
        return next(at for at in range(start, len(self._pairs)) if self._pairs[at] == (old, new))

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


_MODES: dict[bytes, int] = {b"000000": 0, b"100644": 0o100644, b"100755": 0o100755, b"040000": MODE_TREE}
_FIRST_MODE, _SECOND_MODE, _IDS = slice(1, 7), slice(8, 14), 15  # `:100644 100755 ID ID M`


def _add(found: Differing, record: bytes, path: bytes) -> None:
    """One raw record of `diff-tree`; folders are noted by their id only."""
    width = (len(record) - _IDS - 3) // 2
    old_mode, new_mode = _mode(record[_FIRST_MODE]), _mode(record[_SECOND_MODE])
    old = Oid(record[_IDS : _IDS + width].decode("ascii")) if old_mode else Oid("")
    new = Oid(record[_IDS + width + 1 : -2].decode("ascii")) if new_mode else Oid("")
    if new_mode == MODE_TREE:
        found.folders.append(new)
        new_mode, new = 0, Oid("")
    if old_mode == MODE_TREE:
        old_mode, old = 0, Oid("")
    if old_mode or new_mode:
        found.changes.append(Change(path, old_mode, old, new_mode, new))


def _mode(text: bytes) -> int:
    mode = _MODES.get(text)
    if mode is None:
        mode = _MODES[text] = int(text, 8)
    return mode
