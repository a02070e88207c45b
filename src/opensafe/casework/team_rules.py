"""The rules that a team added, for whatever reads text on behalf of a case: audits, guards, forms that people fill in.

They come from `rules.yaml` in the case, or from a file that somebody names. No file of a repository is ever obeyed.
"""

from pathlib import Path

from opensafe.casefile.disk import shown_path
from opensafe.casefile.folder import Case
from opensafe.casework.handed_in import bytes_of
from opensafe.model.context import Context
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
