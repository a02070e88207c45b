"""What the source does to hide or bend history: reported, never obeyed."""

from collections.abc import Iterator
from dataclasses import dataclass

from opensafe.git.layout import SourceLayout
from opensafe.git.refs import SourceRefs
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


def history_settings(layout: SourceLayout, refs: SourceRefs) -> Iterator[HistorySetting]:
    """Replace refs, grafts, borrowed objects and incomplete clones (facts, history and rewriting, sections 3, 5)."""
    replaced = sum(name.startswith(b"refs/replace/") for name in refs.refs)
    if replaced:
        yield HistorySetting(
            "replace-refs",
            f"{replaced} replace refs hide objects from ordinary git commands",
            Severity.MEDIUM,
            "both the hidden and the shown objects were read",
        )
    if layout.grafts:
        yield HistorySetting(
            "grafts", "a grafts file bends the history", Severity.MEDIUM, "the real parents were read, not the grafts"
        )
    if layout.alternates:
        yield HistorySetting(
            "alternates",
            "objects are borrowed from other folders on this machine",
            Severity.LOW,
            "the borrowed objects were read with the rest",
        )
    if layout.promisor:
        yield HistorySetting(
            "partial-clone",
            "this is a partial clone: objects may be missing",
            Severity.MEDIUM,
            "nothing was fetched; what is missing is listed as skipped",
        )
