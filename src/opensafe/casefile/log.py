"""The tamper-evident log of the case (facts, interfaces 8).

Its chain shows edits, deletions and swaps. A cut-off end, or a chain that was computed anew, shows only against a
head hash that is known from elsewhere: the report, a sign-off, the release tag.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from opensafe.casefile.binding import LedgerVerdict, change, compared, last_recorded, recorded, state_of
from opensafe.casefile.chain import GENESIS, LogVerdict, extended, follow, from_line, to_line
from opensafe.casefile.disk import shown_path
from opensafe.casefile.lines import Lines, append_lines, last_whole_line, read_lines, whole_lines
from opensafe.casefile.lock import take_lock
from opensafe.casefile.machine import iso, now, os_user
from opensafe.casefile.reached import carried, is_behind, reached_by
from opensafe.errors import CaseDamaged, CaseLocked
from opensafe.model.logentry import LogEntry
from opensafe.model.text import counted
from opensafe.version import VERSION

__all__ = ["GENESIS", "Log", "LogVerdict"]

_PATIENCE = 10  # seconds that an append waits for another one, which takes milliseconds


@dataclass(frozen=True, slots=True)
class Log:
    """The file at `path`. `clock` gives the time of an entry; one that went back is recorded as it is.

    Each entry records how `ledgers` have grown since the entry before it.
    """

    path: Path
    clock: Callable[[], datetime] = now
    ledgers: tuple[Path, ...] = ()

    def append(
        self,
        step: str,
        what: str,
        *,
        by: str = "",
        role: str = "",
        why: str = "",
        details: Mapping[str, str | int | float | bool] | None = None,
    ) -> LogEntry:
        """Adds one entry that lasts; needs no lock of the case. `details` hold counts, ids and digests.

        Where a kill has torn the last line, that is discarded, and an entry of its own says so. Raises CaseDamaged
        (the chain does not hold), DiskFailed (the file is as it was) or CaseLocked.
        """
        with self._alone():
            lines = read_lines(self.path)
            state = follow(lines.whole)
            if not state.ok:
                raise self._damaged(state.first_bad_line, state.reason)
            reached = self._reached(lines.whole[-1] if lines.whole else None)
            grown = {**(details or {}), **self._growth(lines.whole)}
            entry = self._entry(step, what, reached, by=by, role=role, why=why, details=grown)
            entries = extended(state, [*self._notes(lines, reached), entry])
            append_lines(self.path, [to_line(entry) for entry in entries])
        return entries[-1]

    def today(self) -> date:
        """The day (UTC) that counts: the clock's, or a later one that the record has reached.

        Only the end of the file is read. Raises CaseDamaged where the last entry cannot be read, or DiskFailed.
        """
        return max(self.clock().astimezone(UTC).date(), self._reached(last_whole_line(self.path)))

    def ahead(self) -> date | None:
        """The day that the record has reached, where the clock has not come to it; raises as `today`."""
        reached = self._reached(last_whole_line(self.path))
        return reached if is_behind(self.clock(), reached) else None

    def check_ledgers(self) -> None:
        """Before anything is written: each ledger begins as the log last saw it; lines that it did not see are noted.

        Raises CaseDamaged naming the ledger that was changed.
        """
        log = read_lines(self.path).whole
        if reason := self._emptied(log):
            raise self._damaged(1, reason)
        seen = ((path, [last_recorded(log, path.name)]) for path in self._present())
        verdicts = [compared(path.name, whole_lines(path), states) for path, states in seen]
        if broken := [verdict.name for verdict in verdicts if verdict.broken]:
            raise CaseDamaged(
                f"{broken[0]} is not as the log recorded it: lines were changed or removed outside opensafe",
                remedy="put the file back from a copy of the case; opensafe log show tells when it was last written",
            )
        for verdict in verdicts:
            if verdict.strangers:
                what = f"Found {counted(verdict.strangers, 'line')} in {verdict.name} that no command had recorded"
                self.append("log", what, why="a command was killed after writing them, or they were written by hand")

    def verify_ledgers(self) -> tuple[LedgerVerdict, ...]:
        """Each ledger against every state of it that the log ever recorded."""
        log = read_lines(self.path).whole
        return tuple(compared(p.name, whole_lines(p), recorded(log, p.name)) for p in self._present())

    def entries(self) -> tuple[LogEntry, ...]:
        """All whole entries as they stand, verified or not. Raises CaseDamaged naming a line that is none."""
        found: list[LogEntry] = []
        for number, line in enumerate(read_lines(self.path).whole, start=1):
            try:
                found.append(from_line(line))
            except ValueError as error:
                raise self._damaged(number, str(error)) from error
        return tuple(found)

    def head(self) -> str:
        """The hash of the last entry, verified or not; 64 zeros where there is none."""
        entries = self.entries()
        return entries[-1].hash if entries else GENESIS

    def fault(self) -> str:
        """What is wrong with the record, in a few words; empty where it holds. What a kill leaves is no fault."""
        lines = read_lines(self.path).whole
        chain = follow(lines)
        if not chain.ok:
            return f"line {chain.first_bad_line} of the log: {chain.reason}"
        if reason := self._emptied(lines):
            return f"the log: {reason}"
        broken = [verdict.name for verdict in self.verify_ledgers() if verdict.broken]
        return f"{broken[0]} is not as the log recorded it" if broken else ""

    def verify(self, expect_head: str | None = None) -> LogVerdict:
        """Follows the chain. `expect_head` must be the hash of one of its entries: later ones may follow it."""
        lines = read_lines(self.path)
        verdict = follow(lines.whole)
        if not verdict.ok:
            return verdict
        if reason := self._emptied(lines.whole):
            return replace(verdict, ok=False, first_bad_line=1, reason=reason)
        if lines.torn:
            reason = "the last line is torn: a write was interrupted, or the file was cut"
            return replace(verdict, ok=False, first_bad_line=verdict.entries + 1, reason=reason)
        if expect_head is not None and not self._holds(expect_head.strip().lower()):
            reason = "the chain holds, but not with the expected head: entries were cut off, or all were written anew"
            return replace(verdict, ok=False, reason=reason)
        return verdict

    def _holds(self, head: str) -> bool:
        return head == GENESIS or any(entry.hash == head for entry in self.entries())

    def _emptied(self, log: tuple[bytes, ...]) -> str:
        """Every case begins with an entry: a log without one, beside ledgers with lines, was emptied."""
        return "" if log or not any(whole_lines(path) for path in self._present()) else "all entries are gone"

    def _present(self) -> list[Path]:
        """A case of an older format lacks the ledgers that came later."""
        return [path for path in self.ledgers if path.exists()]

    def _growth(self, log: tuple[bytes, ...]) -> dict[str, str]:
        grown: dict[str, str] = {}
        for path in self._present():
            grown |= change(path.name, last_recorded(log, path.name), state_of(whole_lines(path)))
        return grown

    def _reached(self, last: bytes | None) -> date:
        """The day that the record has reached with its last line."""
        if last is None:
            return date.min
        try:
            return reached_by(from_line(last))
        except ValueError as error:
            raise self._damaged(len(read_lines(self.path).whole), str(error)) from error

    def _notes(self, lines: Lines, reached: date) -> list[LogEntry]:
        if not lines.torn:
            return []
        details = {"bytes": len(lines.torn)}
        return [self._entry("log", "a torn last line was discarded", reached, details=details)]

    def _entry(
        self,
        step: str,
        what: str,
        reached: date,
        *,
        details: Mapping[str, str | int | float | bool],
        by: str = "",
        role: str = "",
        why: str = "",
    ) -> LogEntry:
        """An entry that has no place in the chain yet. `reached` is the day of the record before it."""
        moment = self.clock()
        told = {**carried(reached, moment), **details}  # a correction names a day of its own
        return LogEntry(0, iso(moment), os_user(), by, role, step, what, why, VERSION, told, previous="")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two appends at once would fork the chain for good: each waits for the other."""
        lock = take_lock(self.path.with_suffix(".lock"), _PATIENCE)
        if lock is None:
            raise CaseLocked("another opensafe is writing to the log", remedy="run the command again")
        try:
            yield
        finally:
            lock.release()

    def _damaged(self, line: int | None, reason: str) -> CaseDamaged:
        return CaseDamaged(
            f"{shown_path(self.path)}, line {line}: {reason}",
            remedy="keep the file as evidence; compare it with the head hash on the last report or in the tag",
        )
