"""What a README must say, and whether one does (policy v1.0, section 4 b; facts, policy 2, 24 to 32)."""

import re
from dataclasses import dataclass

from opensafe.model.expressions import expression
from opensafe.readiness.headings import outline
from opensafe.readiness.text import ADDRESS, EMAIL


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that a README covers.

    `name` is the heading that opensafe writes, `title` what the section is to say, `heading` matches the headings
    that people give it, in lower case. The text is rendered from the template `readme/<id>`.
    """

    id: str
    name: str
    title: str
    heading: re.Pattern[str]


def _section(section_id: str, name: str, title: str, words: str) -> Section:
    return Section(section_id, name, title, expression(rf"\b(?:{words})"))


SECTIONS = (
    _section(
        "intended-use",
        "Intended use",
        "Intended use: for whom and for what",
        r"intend|purpose|who (?:is it|it is) for|about|overview|background|aims?\b|introduction|what ",
    ),
    _section(
        "status",
        "Status",
        "Development status, and whether it is maintained",
        r"status|maintenance|maintained|maturity|roadmap",
    ),
    _section("contact", "Contact", "A contact", r"contact|support|maintainers?\b|help\b|authors?\b|questions"),
    _section("data", "Data", "The data that it relies on or produces", r"data|inputs?\b|outputs?\b"),
    _section(
        "prerequisites",
        "Prerequisites",
        "What must be there first",
        r"prerequisites?|(?<!regulatory )(?<!legal )requirements?|dependenc|built with|before you start",
    ),
    _section(
        "installation",
        "Installation",
        "How to install it",
        r"install|set-?up\b|setting up|getting started|quick ?start",
    ),
    _section(
        "usage",
        "Usage",
        "How to use it",
        r"(?<!intended )us(?:e|age|ing)\b|how to run|running|run\b|getting started|quick ?start|examples?\b",
    ),
    _section("licence", "Licence", "The licence", r"licen[cs]e|copyright"),
    _section(
        "regulation",
        "Legal and regulatory requirements",
        "Legal and regulatory requirements",
        r"legal|regulat|disclaimer|clinical safety|medical device",
    ),
    _section("contributing", "Contributing", "How to contribute", r"contribut|community"),
)
"""In the order in which the policy asks for them, and a README gives them."""


def missing_sections(text: str) -> tuple[Section, ...]:
    """What the README has no heading for. A contact may also stand anywhere, as an e-mail address."""
    named = [heading.text.lower() for heading in outline(text).sections]
    missing = (section for section in SECTIONS if not any(section.heading.search(heading) for heading in named))
    return tuple(section for section in missing if not (section.id == "contact" and EMAIL.search(text)))


def section_text(text: str, section_id: str) -> str:
    """What stands under the first heading of that section, up to a heading of another; "" where there is none."""
    found = [(heading, _section_of(heading.text)) for heading in outline(text).sections]
    start = next((heading.end for heading, section in found if section == section_id), len(text))
    ends = (heading.start for heading, section in found if heading.start >= start and section not in {"", section_id})
    return text[start : next(ends, len(text))].strip()


def _section_of(heading: str) -> str:
    return next((section.id for section in SECTIONS if section.heading.search(heading.lower())), "")


def has_address(text: str) -> bool:
    """Whether an e-mail address or a web address stands in the text."""
    return ADDRESS.search(text) is not None
