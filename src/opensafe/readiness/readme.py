"""What a README must say, and whether one does (policy v1.0, section 4 b; facts, policy 2, 24 to 32)."""

import re
from dataclasses import dataclass

from opensafe.readiness.markdown import without_code
from opensafe.readiness.text import ADDRESS

_HEADING = re.compile(
    r"^(?:#{1,6}[ \t]{1,4}(.{1,200})|(.{1,200})\n(?:={3,200}|-{3,200}|~{3,200})[ \t]{0,20})$", re.MULTILINE
)
_SHORT_LINE = 60


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that a README covers; `heading` matches the headings that people give it, in lower case."""

    id: str
    title: str
    heading: re.Pattern[str]


def _section(section_id: str, title: str, words: str) -> Section:
    return Section(section_id, title, re.compile(rf"\b(?:{words})"))


SECTIONS = (
    _section(
        "intended-use",
        "Intended use: for whom and for what",
        r"intend|purpose|who (?:is it|it is) for|about|overview|background|aims?\b|introduction|what ",
    ),
    _section(
        "status", "Development status, and whether it is maintained", r"status|maintenance|maintained|maturity|roadmap"
    ),
    _section("contact", "A contact", r"contact|support|maintainers?\b|help\b|authors?\b|questions"),
    _section("data", "The data that it relies on or produces", r"data|inputs?\b|outputs?\b"),
    _section(
        "prerequisites",
        "What must be there first",
        r"prerequisites?|(?<!regulatory )(?<!legal )requirements?|dependenc|built with|before you start",
    ),
    _section("installation", "How to install it", r"install|set-?up\b|setting up|getting started|quick ?start"),
    _section(
        "usage", "How to use it", r"us(?:e|age|ing)\b|how to run|running|run\b|getting started|quick ?start|examples?\b"
    ),
    _section("licence", "The licence", r"licen[cs]e|copyright"),
    _section(
        "regulation", "Legal and regulatory requirements", r"legal|regulat|disclaimer|clinical safety|medical device"
    ),
    _section("contributing", "How to contribute", r"contribut|community"),
)


def headings(text: str) -> tuple[str, ...]:
    """The headings below the title, in lower case; of a plain text without any, its short lines."""
    found = tuple(match.group(1) or match.group(2) for match in _HEADING.finditer(without_code(text)))
    named = found[1:] if found else tuple(line for line in text.split("\n") if 0 < len(line) <= _SHORT_LINE)
    return tuple(heading.strip(" #:").lower() for heading in named)


def missing_sections(text: str) -> tuple[Section, ...]:
    """What the README has no heading for. A contact may also stand anywhere as an address."""
    named = headings(text)
    missing = (section for section in SECTIONS if not any(section.heading.search(heading) for heading in named))
    return tuple(section for section in missing if not (section.id == "contact" and has_address(text)))


def section_text(text: str, section_id: str) -> str:
    """What stands under the first heading of that section, up to a heading of another; "" where there is none."""
    prose = without_code(text)
    found = [(match, _section_of(match)) for match in _HEADING.finditer(prose)][1:]
    start = next((match.end() for match, section in found if section == section_id), len(prose))
    ends = (match.start() for match, section in found if match.start() >= start and section not in {"", section_id})
    return prose[start : next(ends, len(prose))].strip()


def _section_of(match: re.Match[str]) -> str:
    heading = (match.group(1) or match.group(2)).lower()
    return next((section.id for section in SECTIONS if section.heading.search(heading)), "")


def has_address(text: str) -> bool:
    """Whether an e-mail address or a web address stands in the text."""
    return ADDRESS.search(text) is not None
