"""Runs the team's own expressions in a process of its own, which is ended when one of them takes too long.

Python's `re` cannot be interrupted, and an expression that looks harmless may run for days on a long line.
"""

import multiprocessing
import re
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from opensafe.errors import UsageError
from opensafe.model.edit import Edit
from opensafe.model.replacing import Rule, RuleKind

SECONDS = 20.0
"""For one expression on one content."""

_MOST = 200_000  # matches of one expression in one content

Found = list[tuple[int, int, bytes]]
"""Start, end and new text."""


class Expressions:
    """A context manager: `find` gives the edits that the expressions among the rules ask for in a text.

    Starts nothing where there are none.
    """

    def __init__(self, rules: Sequence[Rule], *, seconds: float = SECONDS) -> None:
        self._rules = [rule for rule in rules if rule.kind is RuleKind.EXPRESSION]
        self._seconds = seconds
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        if self._rules:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            pairs = [(rule.pattern, rule.replacement) for rule in self._rules]
            self._process = context.Process(target=_serve, args=(theirs, pairs), daemon=True)
            self._process.start()
            theirs.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()

    def find(self, data: bytes) -> Iterator[Edit]:
        """Raises UsageError naming the line of the rule that takes too long or matches too often."""
        if self._pipe is None:
            return
        self._pipe.send_bytes(data)
        for rule in self._rules:
            found = self._answer(rule)
            if len(found) > _MOST:
                raise _refused(rule, f"matches more than {_MOST:,} times in one file")
            yield from (Edit(*edit) for edit in found)

    def _answer(self, rule: Rule) -> Found:
        pipe = self._pipe
        try:
            if pipe is not None and pipe.poll(self._seconds):
                found: Found = pipe.recv()
                return found
        except EOFError:
            pass
        raise _refused(rule, f"was not done with one file within {self._seconds:g} seconds")


def _serve(pipe: Connection, rules: Sequence[tuple[bytes, bytes]]) -> None:
    """The child: a text in, one list of edits out for each rule."""
    compiled = [(re.compile(pattern), replacement) for pattern, replacement in rules]
    while True:
        try:
            data = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        for pattern, replacement in compiled:
            pipe.send(_edits(pattern, replacement, data))


def _edits(pattern: re.Pattern[bytes], replacement: bytes, data: bytes) -> Found:
    found: Found = []
    for match in pattern.finditer(data):
        if match.end() > match.start():
            found.append((match.start(), match.end(), match.expand(replacement)))
        if len(found) > _MOST:
            break
    return found


def _refused(rule: Rule, why: str) -> UsageError:
    return UsageError(
        f"the expression in line {rule.line} of the file of --replace-file {why}",
        remedy="make it simpler: few repeats, none inside another, and a fixed word to begin with",
    )
