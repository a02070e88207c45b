"""What can go wrong: each error has an exit code, says what happened and what to do next.

The message never holds a secret: callers name places (an id, a path as shown), not values.
"""

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """The exit codes of the command-line contract (README, "Exit codes")."""

    DONE = 0
    BUG = 1
    USAGE = 2
    FINDINGS_OPEN = 10
    INCOMPLETE = 11
    VERIFICATION_FAILED = 12
    NOT_READY = 13
    LOCKED = 14
    INTERRUPTED = 130


class OpensafeError(Exception):
    """An expected failure: one line of cause, one line of remedy."""

    exit_code: ClassVar[ExitCode] = ExitCode.USAGE

    def __init__(self, cause: str, *, remedy: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.remedy = remedy


class UsageError(OpensafeError):
    """A command was given something that it cannot use."""


class NoCase(UsageError):
    """No case was found where the command looked."""


class SourceUnreadable(OpensafeError):
    """The source is not a git repository that can be read."""


class OutOfOrder(OpensafeError):
    """A step was asked for before the step that it needs."""


class GitFailed(OpensafeError):
    """Git, run on a repository of ours, failed: its own words are in the cause."""

    exit_code = ExitCode.BUG


class DiskFailed(OpensafeError):
    """A file could not be written (full disk, no permission): nothing was switched."""

    exit_code = ExitCode.BUG


class CaseDamaged(OpensafeError):
    """A file of the case is not what opensafe wrote."""

    exit_code = ExitCode.VERIFICATION_FAILED


class FindingsOpen(OpensafeError):
    """Findings await a decision."""

    exit_code = ExitCode.FINDINGS_OPEN


class Incomplete(OpensafeError):
    """Something could not be read, and nobody has settled it."""

    exit_code = ExitCode.INCOMPLETE


class VerificationFailed(OpensafeError):
    """The result is not what was decided."""

    exit_code = ExitCode.VERIFICATION_FAILED


class NotReady(OpensafeError):
    """An attestation, a rotation or a sign-off is missing."""

    exit_code = ExitCode.NOT_READY


class CaseLocked(OpensafeError):
    """Another opensafe is writing to this case."""

    exit_code = ExitCode.LOCKED


class PromptNeeded(UsageError):
    """An answer is needed and nobody can be asked: names the flag that gives it."""
