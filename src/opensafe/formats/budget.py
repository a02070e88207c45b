"""How much one decoding may cost: sizes in bytes, numbers of parts, levels of containers."""

from dataclasses import dataclass, field

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of one `decode` (facts, history 8): what is over them is reported as unread, never half read.

    `max_depth` counts containers within containers (archives, compressed streams, base64); a change of text
    encoding is not counted.
    """

    max_depth: int = 4
    max_part_bytes: int = 64 * _MIB
    max_total_bytes: int = 256 * _MIB
    max_parts: int = 10_000


@dataclass(slots=True)
class Meter:
    """What is left of a budget while one content is decoded."""

    budget: Budget = field(default_factory=Budget)
    _bytes: int = field(default=0, init=False)
    _parts: int = field(default=0, init=False)

    @property
    def limit(self) -> int:
        """The bytes that the next part may have."""
        return max(0, min(self.budget.max_part_bytes, self.budget.max_total_bytes - self._bytes))

    @property
    def parts_left(self) -> int:
        return max(0, self.budget.max_parts - self._parts)

    def charge(self, size: int) -> None:
        """Count bytes that were unpacked in vain: damage costs time too."""
        self._bytes += size

    def admits(self, size: int) -> bool:
        """Count one more part of `size` bytes, if there is room for it."""
        if size > self.limit or not self.parts_left:
            return False
        self._bytes += size
        self._parts += 1
        return True
