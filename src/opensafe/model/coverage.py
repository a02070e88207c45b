"""What an audit read, of what there is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from opensafe.model.skip import Skip, SkipState


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
