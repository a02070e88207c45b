"""Shows the log, and tests that its chain holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from opensafe.casefile.binding import LedgerVerdict
from opensafe.casefile.config import FORMAT
from opensafe.casefile.folder import Case
from opensafe.casefile.log import LogVerdict
from opensafe.casefile.machine import moment_of, now
from opensafe.casefile.reached import SLACK
from opensafe.casework.handed_in import bytes_of
from opensafe.casework.signatures import CheckedSignature, checked_signatures
from opensafe.errors import VerificationFailed
from opensafe.model.logentry import LogEntry
from opensafe.model.text import printable

_MOST_SIGNERS = 1 << 20  # bytes


def entries(case: Case) -> tuple[LogEntry, ...]:
    """Every entry, oldest first."""
    return case.log.entries()


@dataclass(frozen=True, slots=True)
class Verified:
    """The chain of the log, and how each ledger stands to it.

    `earlier` are the numbers of entries that are older than the one before them: a clock went back. `later` are those
    of entries that are later than the clock of this computer.
    """

    log: LogVerdict
    ledgers: tuple[LedgerVerdict, ...]
    signatures: tuple[CheckedSignature, ...]
    earlier: tuple[int, ...]
    later: tuple[int, ...]


def verify_log(case: Case, expect_head: str = "", signers: Path | None = None) -> Verified:
    """Follow the chain, compare every ledger with what the log recorded of it, and check the signatures.

    `expect_head` is a head known from elsewhere, `signers` a file of allowed signers (ssh-keygen(1)). Raises
    VerificationFailed naming the line, the ledger or the signature.
    """
    verdict = case.log.verify(expect_head or None)
    if not verdict.ok:
        where = f" at line {verdict.first_bad_line}" if verdict.first_bad_line is not None else ""
        raise VerificationFailed(
            f"the log does not hold{where}: {verdict.reason}",
            remedy="keep the file as it is, and compare it with a copy of the case or a printed report",
        )
    ledgers = case.log.verify_ledgers() if case.config.format == FORMAT else ()  # an older format bound none
    if broken := [ledger.name for ledger in ledgers if ledger.broken]:
        raise VerificationFailed(
            f"the log holds, but {', '.join(broken)} is not as it recorded: lines were changed, removed or moved",
            remedy="keep the files as they are, and compare them with a copy of the case or a printed report",
        )
    signatures = checked_signatures(case, _signers(signers))
    if forged := [found.line.by for found in signatures if found.holds is False]:
        raise VerificationFailed(
            f"the log holds, but the signature of {printable(', '.join(forged))} does not",
            remedy="ask for a new one: opensafe log sign --key FILE --by NAME",
        )
    if signers and (unknown := sorted({found.line.by for found in signatures if found.holds and not found.principal})):
        raise VerificationFailed(
            f"the log holds, but {printable(signers.name)} does not list the key with which"
            f" {printable(', '.join(unknown))} signed",
            remedy="opensafe log verify without --signers shows the keys: ask whoever signed which is theirs",
        )
    timed = _timed(case.log.entries())
    return Verified(verdict, ledgers, signatures, _earlier(timed), _later(timed, now()))


def _timed(entries: Iterable[LogEntry]) -> list[tuple[int, datetime]]:
    return [(entry.seq, moment) for entry in entries if (moment := moment_of(entry.time)) is not None]


def _earlier(timed: Sequence[tuple[int, datetime]]) -> tuple[int, ...]:
    return tuple(seq for (_, before), (seq, time) in pairwise(timed) if time < before - SLACK)


def _later(timed: Sequence[tuple[int, datetime]], clock: datetime) -> tuple[int, ...]:
    return tuple(seq for seq, time in timed if time > clock + SLACK)


def _signers(file: Path | None) -> bytes:
    if file is None:
        return b""
    return bytes_of(file, "the list of signers", most=_MOST_SIGNERS, remedy="--signers FILE, as in ssh-keygen(1)")
