"""A second person confirms decisions that wait for one."""

from collections.abc import Sequence

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter, select
from opensafe.casework.confirming import (
    Confirmation,
    check_second,
    confirming_lines,
    log_confirmation,
    waiting_decisions,
)
from opensafe.casework.typed_texts import refuse_values
from opensafe.errors import UsageError
from opensafe.model.finding import Finding


def waiting_for_second(case: Case, ids: Sequence[str], chosen: Filter | None) -> tuple[Finding, ...]:
    """What there is to confirm: each of these ids, and of those that `chosen` takes the ones that wait."""
    today = case.today
    waiting = waiting_decisions(case.decisions.read(), today)
    named = [case.index.finding_by_prefix(name) for name in ids]
    filtered = select(case, chosen, today)[0] if chosen is not None else ()
    found = {finding.id: finding for finding in (*named, *(f for f in filtered if f.id in waiting))}
    if not found:
        raise UsageError("nothing here waits for a second person", remedy="to decide, add --action")
    return tuple(found.values())


def confirm(
    case: Case, findings: Sequence[Finding], *, second: str, reason: str = "", cache: str | None = None
) -> tuple[Finding, ...]:
    """Record that `second` agrees. Raises UsageError where nothing waits, or it is the person who decided."""
    today = case.today
    waiting = waiting_decisions(case.decisions.read(), today)
    for finding in findings:
        check_second(finding, second, waiting)
    refuse_values(case, cache, reason=reason)
    confirmation = Confirmation(tuple(findings), second, reason)
    with case.writing("decide"):
        case.decisions.append(*confirming_lines(confirmation, today))
        log_confirmation(case, confirmation)
    return tuple(findings)
