"""Shows the log, and tests that its chain holds."""

from opensafe.casefile.folder import Case
from opensafe.casefile.log import LogVerdict
from opensafe.errors import VerificationFailed
from opensafe.model.logentry import LogEntry


def entries(case: Case) -> tuple[LogEntry, ...]:
    """Every entry, oldest first."""
    return case.log.entries()


def verify_log(case: Case, expect_head: str = "") -> LogVerdict:
    """Follow the chain; `expect_head` is a head known from elsewhere. Raises VerificationFailed naming the line."""
    verdict = case.log.verify(expect_head or None)
    if not verdict.ok:
        where = f" at line {verdict.first_bad_line}" if verdict.first_bad_line is not None else ""
        raise VerificationFailed(
            f"the log does not hold{where}: {verdict.reason}",
            remedy="keep the file as it is, and compare it with a copy of the case or a printed report",
        )
    return verdict
