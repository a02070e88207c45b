"""Why a data file may be published: its owner allowed it, or it comes from a source that is open or made up."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Permission:
    """Either `owner`, the day of the permission and what shows it, or the name of an open or synthetic `source`."""

    owner: str = ""
    on: date | None = None
    evidence: str = ""
    source: str = ""

    @property
    def is_given(self) -> bool:
        """Whether it is complete: something that a reviewer can follow."""
        return bool(self.source.strip() or (self.owner.strip() and self.on and self.evidence.strip()))

    @property
    def words(self) -> str:
        """The permission in one line, for the record."""
        if self.source.strip():
            return f"open or synthetic source: {self.source.strip()}"
        day = self.on.isoformat() if self.on else "no day"
        return f"allowed by {self.owner.strip()} on {day}: {self.evidence.strip()}"


NO_PERMISSION = Permission()
