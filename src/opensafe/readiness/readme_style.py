"""In which markup and with which headings something is added to a README, so that it looks like the rest."""

from pathlib import PurePosixPath

from opensafe.readiness.headings import Outline, Style, outline
from opensafe.readiness.markdown import MARKDOWN
from opensafe.readiness.markup import Dialect
from opensafe.readiness.restructured import RESTRUCTURED

_MARKDOWN = frozenset({".md", ".markdown"})
_PLAIN = frozenset({"", ".txt"})
_RESTRUCTURED = frozenset({".rst"})
_DEEPEST = "######"


def style_of(path: str, text: str) -> tuple[Dialect, Style] | None:
    """The markup of a README, and the style of its sections. None for a format that opensafe does not write.

    A plain text with headings of Markdown is Markdown; any other is written as reStructuredText, whose sources are
    made to be read as they are.
    """
    suffix = PurePosixPath(path).suffix.lower()
    present = outline(text)
    hashes = any(heading.style.mark.startswith("#") for heading in present.sections) or _mark(present).startswith("#")
    if suffix in _MARKDOWN or (suffix in _PLAIN and hashes):
        return MARKDOWN, _markdown_style(present)
    return (RESTRUCTURED, _underlined_style(present)) if suffix in _PLAIN | _RESTRUCTURED else None


def _mark(present: Outline) -> str:
    return present.title.style.mark if present.title else ""


def _markdown_style(present: Outline) -> Style:
    """That of the first section; without one, a level below the title."""
    marks = [heading.style.mark for heading in present.sections if heading.style.mark]
    mark = marks[0] if marks else ""
    if mark.startswith("#") or mark in {"=", "-"}:
        return Style(mark)
    if _mark(present) in {"=", "-"}:
        return Style("-")
    return Style(f"#{_mark(present) or '#'}"[: len(_DEEPEST)])


def _underlined_style(present: Outline) -> Style:
    """That of the first section; without one, any but the title's: the order of appearance makes the level."""
    styles = [heading.style for heading in present.sections if heading.style.mark.strip("#")]
    return styles[0] if styles else Style("=" if _mark(present) == "-" else "-")
