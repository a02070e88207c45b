"""Holds what is claimed as lost against what is seen to be lost."""

from collections import Counter
from collections.abc import Sequence

from opensafe.model.rewrite import Lost
from opensafe.model.verification import Check

_REPAIRED = "malformed identity"
"""Some of these show in the raw line alone; that each is repaired by the rule is seen when commits are compared."""


def check_losses(claimed: Sequence[Lost], seen: Counter[str]) -> Check:
    """Everything that was seen to go is claimed, in the same number, and nothing else is."""
    said = Counter({lost.what: lost.count for lost in claimed if lost.what != _REPAIRED})
    wrong = {what for what in seen.keys() | said.keys() if seen[what] != said[what]}
    listed = ", ".join(f"{count:,} of {what}" for what, count in sorted(seen.items()) if count) or "nothing"
    return Check("losses", not wrong, f"{listed} lost; {len(wrong):,} of these counts differ from what was stated")


def all_losses(claimed: Sequence[Lost], modes: int) -> tuple[Lost, ...]:
    """What was claimed, and file modes that git's stream writes in the newer way."""
    return (*claimed, Lost("file mode", modes)) if modes else tuple(claimed)
