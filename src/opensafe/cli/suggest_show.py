"""Suggested decisions as lines: by evidence, the strong ones first."""

from collections.abc import Sequence

from opensafe.cli.session import Session
from opensafe.model.suggestion import Strength
from opensafe.model.text import counted
from opensafe.reports.json_documents import result_document
from opensafe.steps.suggest import Suggested

_SHOWN = 10


def show_suggested(session: Session, found: Sequence[Suggested]) -> None:
    """Every piece of evidence with its findings, and how suggestions are accepted."""
    strong = [one for one in found if one.suggestion.strength is Strength.STRONG]
    if session.json:
        details = {
            "strong": len(strong),
            "weak": len(found) - len(strong),
            "suggestions": [_fields(one) for one in found],
        }
        what = f"{counted(len(found), 'suggestion')}."
        session.document(result_document("findings", what, details, "opensafe decide --suggested"))
    weak = [one for one in found if one.suggestion.strength is Strength.WEAK]
    for title, members in _by_evidence([*strong, *weak]).items():
        session.say(f"{title} ({len(members):,})")
        for one in members[:_SHOWN]:
            session.say(f"  {one.finding.id}  {one.finding.masked}")
        if len(members) > _SHOWN:
            session.say(f"  … and {len(members) - _SHOWN:,} more")
    if not found:
        session.say("Nothing is suggested.")
    session.advise(
        f"{len(strong):,} on strong evidence: opensafe decide --suggested --by NAME accepts them."
        f" {len(found) - len(strong):,} on weak evidence: accept each by its id."
    )


def _by_evidence(found: Sequence[Suggested]) -> dict[str, list[Suggested]]:
    grouped: dict[str, list[Suggested]] = {}
    for one in found:
        said = one.suggestion
        title = f"{said.strength.value.capitalize()} evidence, {said.action}: {said.evidence}"
        grouped.setdefault(title, []).append(one)
    return grouped


def _fields(one: Suggested) -> dict[str, str]:
    said = one.suggestion
    return {
        "finding": said.finding,
        "action": said.action.value,
        "evidence": said.evidence,
        "strength": said.strength.value,
    }
