"""The rules that a team added, for whatever reads text on behalf of a case: audits, guards, forms that people fill in.

They come from `rules.yaml` in the case, or from a file that somebody names. No file of a repository is ever obeyed.
"""

from collections.abc import Mapping
from pathlib import Path

from opensafe.casefile.disk import shown_path
from opensafe.casefile.folder import Case
from opensafe.casework.handed_in import bytes_of
from opensafe.detectors.catalogue import detector_of, with_rules
from opensafe.detectors.team.detector import team_detectors
from opensafe.model.context import Context
from opensafe.model.detector import Card
from opensafe.model.teamrule import TeamRule

RULES_FILE = "rules.yaml"


def rules_of(case: Case | None) -> tuple[TeamRule, ...]:
    """The rules of a case; none where it has no such file. Raises UsageError."""
    file = case.root / RULES_FILE if case else None
    return read_rules_file(file) if file and file.exists() else ()


def read_rules_file(file: Path) -> tuple[TeamRule, ...]:
    """The rules of a file that somebody named. Raises UsageError."""
    # Most cases have none, and every command that takes a remark asks.
    from opensafe.detectors.team.schema import read_rules  # noqa: PLC0415 - see above
    from opensafe.detectors.team.yamltree import MOST_BYTES  # noqa: PLC0415 - see above

    remedy = "give the place of a YAML file with rules; without it, values would be missed"
    return read_rules(bytes_of(file, shown_path(file), most=MOST_BYTES, remedy=remedy), shown_path(file))


def text_context(case: Case | None, cache: str | None) -> Context:
    """What a text is searched for that belongs to no repository: the usual rules and those of the team, no people."""
    return Context((), cache, rules_of(case))


def card_of(rules: tuple[TeamRule, ...], id_: str) -> Card | None:
    """The card of one detector, of the team's or our own; `None` for what no detector has found."""
    ours = detector_of(id_)
    team = (detector for rule in rules for detector in team_detectors(rule))
    return ours.card if ours else next((detector.card for detector in team if detector.card.id == id_), None)


def cards_by_id(rules: tuple[TeamRule, ...]) -> Mapping[str, Card]:
    """The cards of all detectors, those of the team too."""
    return {detector.card.id: detector.card for detector in with_rules(rules)}
