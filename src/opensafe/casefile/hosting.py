"""The figures for the code host, as a document of the case."""

from dataclasses import asdict

from opensafe.casefile.folder import Case
from opensafe.casefile.plans import load_claim
from opensafe.model.hosting import HostingFacts
from opensafe.model.option import Option
from opensafe.model.plan import RewritePlan

_HOSTING = "hosting.json"
_LISTS = ("first_changed", "lfs_orphaned", "id_files")


def save_hosting(case: Case, plan: RewritePlan, facts: HostingFacts) -> None:
    case.save_document(_HOSTING, {"plan": plan.digest, "facts": asdict(facts)})


def load_hosting(case: Case) -> HostingFacts | None:
    """Of the present new history, with where the case lies and where it goes; `None` before the first rewrite."""
    found, claim = case.load_document(_HOSTING), load_claim(case)
    if found is None or claim is None or found["plan"] != claim["plan"]:
        return None
    told = found["facts"]
    listed = {name: tuple(told[name]) for name in _LISTS}
    address = case.config.answers.get("remote", "")
    return HostingFacts(
        **{**told, **listed, "option": Option(told["option"]), "folder": case.root.name, "address": address}
    )
