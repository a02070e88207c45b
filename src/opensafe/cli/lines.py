"""Places, skips and decisions, each as one line for people."""

from opensafe.model.decision import Decision
from opensafe.model.finding import Form
from opensafe.model.place import Place
from opensafe.model.skip import Skip, SkipState
from opensafe.model.subject import Subject


def what_line(finding: Subject) -> str:
    """What a finding is, with no character of it: a value whose mask says no kind is called by its detector's title."""
    says_no_kind = finding.form is Form.OTHER and finding.person is None
    return f"{finding.title}: {finding.masked}" if says_no_kind else finding.masked


def place_line(place: Place) -> str:
    """Where a finding stands, in one line."""
    name = place.path or place.ref or (place.oid or "")[:12]
    at = f":{place.line}" if place.line else ""
    via = f" in {' > '.join(place.via)}" if place.via else ""
    return f"{place.kind} {name}{at}{via}"


def skip_line(skip: Skip) -> str:
    """A skip for people: id, state, reason, where."""
    where = " ".join(part for part in (skip.path or "", skip.oid or "", skip.detail) if part)
    state = "" if skip.state is SkipState.OPEN else f" ({skip.state})"
    return f"{skip.id}  {skip.reason}{state}  {where}"


def decision_line(decision: Decision) -> str:
    """One line of the history of a finding: when, who, what, for how long, and why."""
    what = f"decided {decision.on.isoformat()} by {decision.by}: {_verb(decision)}"
    narrowed = f" for {decision.path}" if decision.path else ""
    until = f" until {decision.expires.isoformat()}" if decision.expires else ""
    return f"{what}{narrowed}{until}{_second(decision)} {decision.reason}".rstrip()


def _verb(decision: Decision) -> str:
    if decision.confirms:
        return "confirmed as a second person"
    return "withdrew the decision" if decision.undo else str(decision.action)


def _second(decision: Decision) -> str:
    if decision.second:
        return f", confirmed by {decision.second},"
    if decision.without_second:
        return f", without a second person ({decision.without_second}),"
    return ", to be confirmed by a second person," if decision.pending else ""
