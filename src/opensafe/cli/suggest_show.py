"""Suggested decisions as lines: by evidence, the strong ones first."""

from collections.abc import Sequence
from pathlib import Path

from opensafe.casefile.disk import shown_path
from opensafe.casework.suggesting import Suggested
from opensafe.cli.lines import what_line
from opensafe.cli.session import Session
from opensafe.model.suggestion import Strength
from opensafe.reports.json_suggestions import suggestions_document
from opensafe.steps.import_baseline import Imported

_SHOWN = 10


def show_suggested(session: Session, found: Sequence[Suggested], unmatched: int = 0) -> None:
    """Every piece of evidence with its findings, and how suggestions are accepted."""
    strong = [one for one in found if one.suggestion.strength is Strength.STRONG]
    weak = [one for one in found if one.suggestion.strength is Strength.WEAK]
    if session.json:
        session.document(suggestions_document((one.suggestion for one in found), unmatched))
    for title, members in _by_evidence([*strong, *weak]).items():
        session.say(f"{title} ({len(members):,})")
        for one in members[:_SHOWN]:
            session.say(f"  {one.finding.id}  {what_line(one.finding)}")
        if len(members) > _SHOWN:
            session.say(f"  … and {len(members) - _SHOWN:,} more")
    if not found:
        session.say("Nothing is suggested.")
    if strong:
        session.advise(f"{len(strong):,} on strong evidence: opensafe decide --suggested --by NAME accepts them.")
    if weak:
        session.advise(f"{len(weak):,} on weak evidence: each is for a person to decide, by its id.")


def show_imported(session: Session, found: Imported, file: Path) -> None:
    """What another tool's file would mark. It is a word of somebody else's, and holds what has to be destroyed."""
    show_suggested(session, found.suggested, found.unmatched)
    if found.unmatched:
        session.say(f"Entries of {shown_path(file)} that match no finding: {found.unmatched:,}.")
    if found.plaintext:
        session.announce(f"warning: {shown_path(file)} holds values in clear. Delete it when you are done.")
    elif found.hashed:
        session.announce(f"warning: {shown_path(file)} holds bare hashes: they can be guessed. Delete it when done.")


def _by_evidence(found: Sequence[Suggested]) -> dict[str, list[Suggested]]:
    grouped: dict[str, list[Suggested]] = {}
    for one in found:
        said = one.suggestion
        title = f"{said.strength.value.capitalize()} evidence, {said.action}: {said.evidence}"
        grouped.setdefault(title, []).append(one)
    return grouped
