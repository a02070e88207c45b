"""Looks at what another tool's file says about the findings. Nothing of it is kept, and nothing is decided."""

from dataclasses import dataclass
from pathlib import Path

from opensafe.casefile.folder import Case
from opensafe.casefile.selection import Filter, select
from opensafe.casework.baselines.matching import match_entries
from opensafe.casework.baselines.reading import read_baseline
from opensafe.casework.suggesting import Suggested


@dataclass(frozen=True, slots=True)
class Imported:
    """Suggestions, how many entries match no finding, and what the file holds that should not lie about."""

    suggested: tuple[Suggested, ...]
    unmatched: int
    plaintext: bool
    hashed: bool


def import_baseline(case: Case, file: Path, chosen: Filter) -> Imported:
    """Raises UsageError for a file that is no baseline, OutOfOrder before the first audit."""
    entries = read_baseline(file)
    found, _ = select(case, chosen, case.today)
    made, unmatched = match_entries(case, entries, found)
    findings = {finding.id: finding for finding in found}
    return Imported(
        suggested=tuple(Suggested(findings[one.finding], one) for one in made),
        unmatched=unmatched,
        plaintext=any(entry.value is not None for entry in entries),
        hashed=any(entry.sha1 for entry in entries),
    )
