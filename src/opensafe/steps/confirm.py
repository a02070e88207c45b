"""A second person confirms decisions that wait for one."""

from collections.abc import Sequence
from datetime import UTC, datetime

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter, select
from opensafe.casework.typed_texts import refuse_values
from opensafe.errors import UsageError
from opensafe.model.decision import Decision
from opensafe.model.finding import Finding
from opensafe.model.same_person import same_person
from opensafe.model.settlement import lapsed, waiting
from opensafe.model.text import counted


def waiting_for_second(case: Case, ids: Sequence[str], chosen: Filter | None) -> tuple[Finding, ...]:
    """What there is to confirm: each of these ids, and of those that `chosen` takes the ones that wait."""
    today = datetime.now(UTC).date()
    decisions = case.decisions.read()
    pending = lapsed(decisions, today).pending
    named = [case.index.finding_by_prefix(name) for name in ids]
    for finding in named:
        if finding.id not in pending:
            raise UsageError(
                f"{finding.id} does not wait for a second person",
                remedy="opensafe findings --awaiting-second lists what does; to decide, add --action",
            )
    filtered = select(case, chosen, today)[0] if chosen is not None else ()
    found = {f.id: f for f in (*named, *filtered) if f.id in pending}
    if not found:
        raise UsageError("nothing here waits for a second person", remedy="to decide, add --action")
    return tuple(found.values())


def confirm(
    case: Case, findings: Sequence[Finding], *, second: str, reason: str = "", cache: str | None = None
) -> tuple[Finding, ...]:
    """Record that `second` agrees. Raises UsageError where it is the person who decided."""
    _check(case, findings, second)
    refuse_values(case, cache, reason=reason)
    today = datetime.now(UTC).date()
    with case.writing("decide"):
        lines = (Decision(f.id, None, second, today, reason=reason, confirms=True) for f in findings)
        case.decisions.append(*lines)
        what = f"Confirmed the decisions about {counted(len(findings), 'finding')} as a second person"
        case.log.append("decide", what, by=second, why=reason, details={"findings": len(findings)})
    return tuple(findings)


def _check(case: Case, findings: Sequence[Finding], second: str) -> None:
    if not second.strip():
        raise UsageError("a confirmation needs the name of a person", remedy="--second NAME")
    decisions = case.decisions.read()
    for finding in findings:
        taken = [decision for decision in decisions if decision.subject == finding.id]
        if any(same_person(decision.by, second) for decision in waiting(taken, finding.id)):
            raise UsageError(
                f"{finding.id}: the second person is the one who decided",
                remedy="--second NAME names somebody else; or say why nobody else confirms it: decide again with"
                " --without-second TEXT",
            )
