"""Binds the ledgers to the log: an entry carries how many lines each ledger had, and their digest, before and after.

A ledger only grows. So every state that the log ever recorded must still be the beginning of the file: a line that was
edited, removed or moved shows, and so does a line at the end that no command recorded. Pure: no file is touched here.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opensafe.casefile.chain import from_line

_BEFORE, _AFTER = "before ", "after "


@dataclass(frozen=True, slots=True)
class LedgerState:
    """The first `lines` lines of a ledger, and the SHA-256, in hex, of these lines with their ends."""

    lines: int
    digest: str

    def __str__(self) -> str:
        return f"{self.lines} {self.digest}"


EMPTY = LedgerState(0, hashlib.sha256().hexdigest())


@dataclass(frozen=True, slots=True)
class LedgerVerdict:
    """How a ledger stands to the log: `broken` where a recorded state is not its beginning any more.

    `strangers` counts the lines at its end that the log does not know: a command was killed before it could record
    them, or somebody wrote them by hand.
    """

    name: str
    broken: bool
    strangers: int


def state_of(lines: bytes) -> LedgerState:
    """The state of a ledger that holds these lines, each with its end."""
    return LedgerState(lines.count(b"\n"), hashlib.sha256(lines).hexdigest())


def states_at(lines: bytes, counts: Iterable[int]) -> dict[int, LedgerState]:
    """The states after so many lines, for each count that the ledger reaches."""
    total, at, before, held = hashlib.sha256(), 0, 0, lines.count(b"\n")
    found: dict[int, LedgerState] = {}
    for count in sorted({count for count in counts if 0 <= count <= held}):
        end = len(lines) if count == held else _after(lines, at, count - before)
        total.update(lines[at:end])
        found[count], at, before = LedgerState(count, total.hexdigest()), end, count
    return found


def _after(lines: bytes, at: int, count: int) -> int:
    """Where so many lines from there on end."""
    for _ in range(count):
        at = lines.index(b"\n", at) + 1
    return at


def change(name: str, known: LedgerState, now: LedgerState) -> dict[str, str]:
    """What an entry of the log says about a ledger that has grown; nothing about one that has not."""
    return {} if known == now else {_BEFORE + name: str(known), _AFTER + name: str(now)}


def recorded(log: Sequence[bytes], name: str) -> tuple[LedgerState, ...]:
    """Every state of a ledger that the lines of the log record, oldest first; it begins empty."""
    mark = f'"{_AFTER}{name}"'.encode()
    told = (from_line(line).details for line in log if mark in line)
    return (EMPTY, *(_parsed(details, _AFTER + name) for details in told if _AFTER + name in details))


def last_recorded(log: Sequence[bytes], name: str) -> LedgerState:
    """The last of them."""
    mark = f'"{_AFTER}{name}"'.encode()
    for line in reversed(log):
        if mark in line and _AFTER + name in (details := from_line(line).details):
            return _parsed(details, _AFTER + name)
    return EMPTY


def compared(name: str, lines: bytes, states: Sequence[LedgerState]) -> LedgerVerdict:
    """A ledger of these lines, each with its end, against states that the log recorded."""
    there = states_at(lines, {state.lines for state in states})
    broken = any(there.get(state.lines) != state for state in states)
    return LedgerVerdict(name, broken, 0 if broken else lines.count(b"\n") - states[-1].lines)


def _parsed(details: Mapping[str, object], key: str) -> LedgerState:
    """An entry of the log is verified before it is asked: what does not parse was never written by opensafe."""
    count, _, digest = str(details[key]).partition(" ")
    return LedgerState(int(count) if count.isdecimal() else -1, digest)
