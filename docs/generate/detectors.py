"""`docs/detectors.md`: the catalogue, from the cards that the detectors carry."""

import re
from collections.abc import Iterator

from docs.generate.markdown import escaped, page, table
from opensafe.casework.rotation_playbooks import playbook_for
from opensafe.detectors.catalogue import all_detectors
from opensafe.model.detector import Card, Example, Scope
from opensafe.model.finding import Category, Confidence, Finding, Form
from opensafe.model.identifiers import FindingId
from opensafe.model.match import WITNESS

_HEAD = """\
# Detectors

What opensafe searches for, from the cards of its detectors. This page is generated: `python -m docs.generate`.

Severity says how bad it would be, and is the usual one: each finding carries its own. Confidence says how sure a
detector is; it is decided finding by finding. What is plainly no value is passed over. What is doubtful is kept, with
low confidence.

A *passage* detector sees a window of text, and each passage once. A *content* detector sees a whole file.
References that begin with "facts" are notes of the project, kept outside this repository.
"""
_BESIDE = f"""\
## Beside the detectors

`{WITNESS}` stands among the witnesses of a finding where the second pass saw it. That pass searches everywhere for
values that a detector was sure of somewhere.

`settings.history` names what a repository does to itself and to its readers. Nothing of it is obeyed. Each is one
finding, with its paths:

- what bends or cuts history: replace refs, grafts, borrowed objects, partial and shallow clones, hidden refs, a
  commit-graph that does not tell the truth;
- what git would start or include: programs, hooks, other configuration files, attributes that hide changes;
- credentials that the configuration holds;
- what scanners are told to pass over: `.gitleaks.toml`, `.secrets.baseline` and their like;
- what was left to its owner in the work tree: installed packages, other repositories.
"""
_LONGEST = 90  # characters of an example
_PATH = re.compile(r"\\\\|/Users/|/home/|[A-Z]:\\|\.\.\.")  # no document holds what reads like one of a machine
_SCOPES = {Scope.PASSAGE: "passage", Scope.CONTENT: "content"}


def detectors_page() -> str:
    cards = [detector.card for detector in all_detectors()]
    lines = [_HEAD, *_overview(cards), ""]
    for card in cards:
        lines += _section(card)
    return page([*lines, _BESIDE])


def _overview(cards: list[Card]) -> list[str]:
    header = ("Detector", "Finds", "Category", "Severity", "Sees")
    rows = ((_link(c), escaped(c.title), c.category.value, c.severity.value, _SCOPES[c.scope]) for c in cards)
    return table(header, rows)


def _link(card: Card) -> str:
    return f"[{card.id}](#{card.id.replace('.', '')})"


def _section(card: Card) -> Iterator[str]:
    yield f"## {card.id}"
    yield ""
    yield f"**{escaped(card.title)}.** {escaped(card.why)}"
    yield ""
    yield from _shown(card)
    yield f"- What to do: {escaped(card.remedy)}"
    yield from _playbook(card)
    yield f"- Reference: {escaped(card.reference)}"
    yield f"- Own tests: {len(card.examples)} examples that must fire, {len(card.non_examples)} that must not"
    yield ""


def _shown(card: Card) -> Iterator[str]:
    """The first example that can be shown, its value masked."""
    found = [text for example in card.examples if (text := _masked(example))]
    if found:
        yield f"- Found, for example: {found[0]}"


def _masked(example: Example) -> str:
    """The text on one line with the value left out; empty where it is not text, or too long to be read."""
    text = example.data.decode(example.encoding).replace("".join(example.value) or "\0", "[…]")
    text = " ".join(text.split())
    if not example.value or len(text) > _LONGEST or not text.isprintable() or "[…]" not in text or _PATH.search(text):
        return ""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence} in {example.path}"


def _playbook(card: Card) -> Iterator[str]:
    """The playbook that a finding of this detector alone is given; findings that tell their vendor get the vendor's."""
    if card.category is not Category.SECRET:
        return
    book = playbook_for(_finding(card))
    yield f"- Playbook: [{escaped(book.title)}](../playbooks/rotation/{book.id}.md)"


def _finding(card: Card) -> Finding:
    return Finding(
        id=FindingId(""),
        category=card.category,
        detector=card.id,
        witnesses=(card.id,),
        title=card.title,
        severity=card.severity,
        confidence=Confidence.HIGH,
        form=Form.TOKEN,
        masked="",
        why="",
        person=None,
        occurrences=0,
        published=False,
        in_head=False,
    )
