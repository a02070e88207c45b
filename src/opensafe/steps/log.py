"""Shows the log, and tests that its chain holds."""

from dataclasses import dataclass

from opensafe.casefile.binding import LedgerVerdict
from opensafe.casefile.config import FORMAT
from opensafe.casefile.folder import Case
from opensafe.casefile.log import LogVerdict
from opensafe.errors import VerificationFailed
from opensafe.model.logentry import LogEntry


def entries(case: Case) -> tuple[LogEntry, ...]:
    """Every entry, oldest first."""
    return case.log.entries()


@dataclass(frozen=True, slots=True)
class Verified:
    """The chain of the log, and how each ledger stands to it."""

    log: LogVerdict
    ledgers: tuple[LedgerVerdict, ...]


def verify_log(case: Case, expect_head: str = "") -> Verified:
    """Follow the chain, and compare every ledger with what the log recorded of it.

    `expect_head` is a head known from elsewhere. Raises VerificationFailed naming the line, or the ledger.
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
    return Verified(verdict, ledgers)
