"""One thing that a source does to its history, or that was left to its owner: named, never obeyed."""

from dataclasses import dataclass

from opensafe.model.finding import Severity


@dataclass(frozen=True, slots=True)
class HistorySetting:
    """One such thing: `id` names it for ever, `title` tells people, `remedy` what to do next.

    `paths` are where it stands, as raw paths; those of the git folder begin with `.git/`.
    """

    id: str
    title: str
    severity: Severity
    why: str
    remedy: str = ""
    paths: tuple[bytes, ...] = ()

    @property
    def explained(self) -> str:
        """Why it matters and what to do next, in one text."""
        return f"{self.why}; {self.remedy}" if self.remedy else self.why
