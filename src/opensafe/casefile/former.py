"""What may be said about the history that was given up, as a document of the case: nothing in it is confidential."""

from dataclasses import asdict

from opensafe.casefile.folder import Case
from opensafe.casefile.plans import load_claim
from opensafe.model.former import FormerHistory, LostMessage
from opensafe.model.identifiers import Oid
from opensafe.model.option import Option
from opensafe.model.plan import RewritePlan

_FORMER = "former.json"


def save_former(case: Case, plan: RewritePlan, former: FormerHistory | None) -> None:
    """`None` where the history is kept: then there is nothing to make up for."""
    case.save_document(_FORMER, {"plan": plan.digest, "former": asdict(former) if former else None})


def load_former(case: Case) -> FormerHistory | None:
    """Of the present new history; `None` where that keeps the commits, or none was built."""
    found, claim = case.load_document(_FORMER), load_claim(case)
    if found is None or claim is None or found["plan"] != claim["plan"] or found["former"] is None:
        return None
    told = found["former"]
    messages = tuple(LostMessage(message["text"], Oid(message["published"])) for message in told["messages"])
    listed = {"contributors": tuple(told["contributors"]), "messages": messages}
    return FormerHistory(**{**told, **listed, "option": Option(told["option"])})
