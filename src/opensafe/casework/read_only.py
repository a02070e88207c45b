"""A case that can only be read, on a share or kept as evidence: what it refuses, and what it still gives."""

from collections.abc import Callable
from pathlib import Path

from opensafe.casefile.closing import refuse_closed
from opensafe.casefile.folder import Case
from opensafe.errors import UsageError


def refuse_read_only(case: Case) -> None:
    """Raises UsageError where this account may not write to the case, before anybody is asked or anything is read."""
    if case.read_only:
        raise UsageError(
            "this case can only be read here, and this command writes to it",
            remedy="give yourself permission to write to the case folder, or copy the case to where you have it;"
            " reports and sheets can be made outside it: --output FILE, --sheet FILE",
        )


def require_place(case: Case, output: Path | None, *, what: str, remedy: str) -> None:
    """What is made of a case that can only be read lies outside it. Raises UsageError where no such place is named."""
    if case.read_only and (output is None or output.resolve().is_relative_to(case.root)):
        raise UsageError(f"this case can only be read here, so {what} needs a place outside it", remedy=remedy)


def hand_out(case: Case, doing: str, write: Callable[[], None], record: Callable[[], object]) -> bool:
    """Write what was made of the case, and record that, unless the case can only be read: whether it is recorded."""
    if case.read_only:
        refuse_closed(case.closing, doing)
        write()
        return False
    with case.writing(doing):
        write()
        record()
    return True
