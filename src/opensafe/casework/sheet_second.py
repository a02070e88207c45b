"""What a decision sheet says about second persons, and what is taken back of it."""

from collections.abc import Sequence

from opensafe.casework.confirming import Waiting, waiting_code
from opensafe.model.decision import Action, Decision
from opensafe.model.expressions import expression
from opensafe.model.finding import Finding
from opensafe.model.identifiers import FindingId
from opensafe.model.second_person import TwoPeople, asks_second

NEEDED = "needed to keep it, or to call it no finding"

_CODE = expression(r"\[([0-9a-f]{12})\]")


def two_people(findings: Sequence[Finding], demands: Sequence[TwoPeople], waiting: Waiting) -> dict[FindingId, str]:
    """By id: what waits for a second person, else where one is needed."""
    told = {f.id: NEEDED for f in findings if asks_second(demands, f, Action.KEEP)}
    return told | {f.id: waiting_words(waiting[f.id]) for f in findings if f.id in waiting}


def waiting_words(taken: Sequence[Decision]) -> str:
    """What somebody has decided, with a code that stands for exactly that."""
    return f"awaits a second person: {'; '.join(map(_words, taken))} [{waiting_code(taken)}]"


def code_in(cell: str) -> str:
    """The code at the end of a cell that came back; empty where there is none."""
    found = _CODE.findall(cell.casefold())
    return str(found[-1]) if found else ""


def _words(decision: Decision) -> str:
    """Who decided what, when and why, and by whose permission data stay."""
    what = f"{decision.action} by {decision.by} on {decision.on.isoformat()}"
    narrowed = f" for {decision.path}" if decision.path else ""
    until = f" until {decision.expires.isoformat()}" if decision.expires else ""
    because = [decision.reason] if decision.reason else []
    because += [decision.permission.words] if decision.permission.is_given else []
    return f"{what}{narrowed}{until}" + (f" ({', '.join(because)})" if because else "")
