"""The headings of a text in Markdown, reStructuredText or neither, and how one more is written in its style."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opensafe.model.expressions import expression
from opensafe.readiness.blocks import without_code

_HEADING = expression(
    r"^(?P<hashes>#{1,6})[ \t]{1,4}(?P<after>.{1,200})"
    r"|^(?:(?P<over>[=~^\"'*+-])(?P=over){2,199}[ \t]{0,20}\n)?"
    r"[ \t]{0,3}(?![-*+>|#\s])(?=.{0,80}\w)(?P<above>.{1,200})\n"
    r"(?P<under>[=~^\"'*+-])(?P=under){2,199}[ \t]{0,20}$",
    re.MULTILINE,
)
_LONGEST_BARE = 60
_NO_HEADING = ("[", "!", "<", "- ", "* ", "+ ", "|")


@dataclass(frozen=True, slots=True)
class Style:
    """How a heading looks: `mark` is "##", or the character that underlines it; "" for a line that stands alone."""

    mark: str
    over: bool = False
    """Whether it has a line above as well (reStructuredText)."""

    def write(self, name: str) -> str:
        """A heading on lines of its own. `mark` is not empty."""
        if self.mark.startswith("#"):
            return f"{self.mark} {name}"
        line = self.mark * len(name)
        return f"{line}\n{name}\n{line}" if self.over else f"{name}\n{line}"


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: what it says, and the offsets where it starts and where its section's text does."""

    text: str
    start: int
    end: int
    style: Style


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a text, in its order. The title is none of the sections."""

    title: Heading | None
    sections: tuple[Heading, ...]


def outline(text: str) -> Outline:
    """The headings. Where no title is, short lines that stand alone above the first heading count as sections."""
    prose = without_code(text)
    found = [_heading(match) for match in _HEADING.finditer(prose)]
    if found and _is_title(found[0], text):
        return Outline(found[0], tuple(found[1:]))
    top = prose[: found[0].start] if found else prose
    return Outline(None, (*_bare_headings(top), *found))


def _heading(match: re.Match[str]) -> Heading:
    if match["hashes"]:
        return Heading(match["after"].strip(" #"), match.start(), match.end(), Style(match["hashes"]))
    style = Style(match["under"], over=match["over"] == match["under"])
    return Heading(match["above"].strip(), match.start(), match.end(), style)


def _is_title(first: Heading, text: str) -> bool:
    return first.style.mark in {"#", "="} or not text[: first.start].strip()


def _bare_headings(text: str) -> Iterator[Heading]:
    """Short lines below an empty one; the very first line of a text is its title."""
    at = len(text) - len(text.lstrip())
    at = text.find("\n", at) + 1 or len(text)
    previous = "title"
    for line in text[at:].split("\n"):
        bare = line.strip()
        if 0 < len(bare) <= _LONGEST_BARE and not previous.strip() and not bare.startswith(_NO_HEADING):
            yield Heading(bare.rstrip(" :"), at, at + len(line), Style(""))
        previous = line
        at += len(line) + 1
