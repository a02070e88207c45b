"""What an audit read, of what there is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from opensafe.model.skip import Skip, SkipState

_SKIPS = {
    SkipState.OPEN: "not settled",
    SkipState.ACCEPTED: "accepted unread",
    SkipState.REMOVE_FILE: "removed with the file",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of objects present and read, bytes read, and every skip."""

    objects: int
    read: int
    bytes: int
    by_kind: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    skipped: tuple[Skip, ...] = ()

    @property
    def complete(self) -> bool:
        """True only if everything was read: a settled skip stays a skip for ever."""
        return not self.skipped and self.read == self.objects

    @property
    def unsettled(self) -> tuple[Skip, ...]:
        return tuple(skip for skip in self.skipped if skip.state is SkipState.OPEN)

    @property
    def told_skips(self) -> str:
        """`0 skipped`, `3 skipped (1 not settled, 2 accepted unread)`: a settled skip is never left out."""
        states = Counter(skip.state for skip in self.skipped)
        parts = [f"{states[state]:,} {words}" for state, words in _SKIPS.items() if states[state]]
        told = f" ({', '.join(parts)})" if parts else ""
        return f"{len(self.skipped):,} skipped{told}"
