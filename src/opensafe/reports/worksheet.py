"""Work sheets for the rotation of credentials: a printable page for each owner, which names no secret in clear."""

import re
from dataclasses import dataclass
from functools import lru_cache

from opensafe.model.expressions import expression
from opensafe.model.worksheet import WorkSheets
from opensafe.reports.html import page_of

_FENCE = expression(r"```[a-z]*\n(.*?)```", re.DOTALL)
_ITEM = expression(r"(?:\d+\.|-) ")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list (`items`) or lines of code (`code`) of a playbook, without Markdown's marks."""

    text: str = ""
    items: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    numbered: bool = False


def worksheet(sheets: WorkSheets) -> str:
    """The whole document, one owner after the other."""
    return page_of("worksheet.html.j2", sheets=sheets, blocks=blocks)


@lru_cache(maxsize=256)  # the same few playbooks, again and again
def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a section of a playbook: paragraphs, one level of lists, and fenced code."""
    found: list[Block] = []
    for number, part in enumerate(_FENCE.split(markdown)):
        if number % 2:
            found.append(Block(code=tuple(part.rstrip().split("\n"))))
        else:
            found += [_block(text) for text in re.split(r"\n\s*\n", part.strip()) if text]
    return tuple(found)


def _block(text: str) -> Block:
    if not _ITEM.match(text):
        return Block(text=_plain(text))
    items = tuple(_plain(_ITEM.sub("", item, count=1)) for item in re.split(r"\n(?=\d+\. |- )", text))
    return Block(items=items, numbered=text[0].isdigit())


def _plain(text: str) -> str:
    """Without the marks of Markdown, and on one line."""
    return " ".join(re.sub(r"\*\*|`", "", text).split())
