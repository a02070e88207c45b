"""Which licence a text is: by likeness to the texts that opensafe ships, else by phrases that only one licence has.

Source: facts, policy 6. A file that holds a licence and something else is no known text: code hosts say so too.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from opensafe.errors import UsageError
from opensafe.model.expressions import expression
from opensafe.readiness.text import text_of

SHIPPED = ("MIT", "Apache-2.0", "GPL-3.0-only", "OGL-UK-3.0")
_RECOGNISED = (*SHIPPED, "BSD-3-Clause", "BSD-2-Clause", "ISC")
_WORDS_OF_TOLERANCE = 4  # the name of an organisation in the BSD licence; and one word in 500 between editions
_END_OF_TERMS = "end of terms and conditions"
_MAX_BYTES = 500_000

_LEFT_OUT = expression(
    r"^\W{0,10}(?:copyright|©|\(c\))[ \t]{1,10}(?:©|\(c\)|crown|[\d<\[{]).{0,300}$"
    r"|^\W{0,10}(?:the )?mit license(?: \(mit\))?\W{0,10}$"
    r"|^all rights reserved\.?$",
    re.MULTILINE,
)
_PLACEHOLDER = expression(
    r"<(?:year|copyright holders?|owner|name of author|fullname)>|\[(?:year|yyyy|fullname|name of copyright owner)\]"
    r"|\{\{?\s{0,4}(?:year|copyright_holders?|organi[sz]ation|fullname|cookiecutter\.\w{1,60})\s{0,4}\}?\}"
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A licence that is told by a phrase: it stands in a text of at least `words` words."""

    id: str
    words: int
    phrase: str


_KNOWN = (
    _Known("AGPL-3.0-only", 4500, "gnu affero general public license version 3 19 november 2007"),
    _Known("LGPL-3.0-only", 700, "gnu lesser general public license version 3 29 june 2007"),
    _Known("LGPL-2.1-only", 3500, "gnu lesser general public license version 2 1 february 1999"),
    _Known("GPL-2.0-only", 2000, "gnu general public license version 2 june 1991"),
    _Known("MPL-2.0", 2000, "mozilla public license version 2 0 1 definitions"),
    _Known("CC0-1.0", 700, "cc0 1 0 universal"),
    _Known("Unlicense", 150, "free and unencumbered software released into the public domain"),
)


def licence_text(spdx: str) -> str:
    """The whole text of a shipped licence, as its publisher has it. Raises UsageError for any other."""
    if spdx not in SHIPPED:
        raise UsageError(
            "opensafe has no text of that licence",
            remedy=f"choose one of {', '.join(SHIPPED)}, or add the licence file by hand",
        )
    return _stored(spdx)


@cache
def _stored(spdx: str) -> str:
    return (files("opensafe") / "templates" / "licences" / f"{spdx}.txt").read_text("utf-8")


def identify(text: bytes) -> str:
    """The SPDX id of the one licence that the file holds, or "" where it holds another text, or more than it.

    Whether a GPL is "only" or "or later" is said by the project, not by the text: the id always ends in "-only".
    """
    words = _words(text_of(text[:_MAX_BYTES]))
    alike = (spdx for spdx in _RECOGNISED if any(_alike(words, form) for form in _forms(spdx)))
    return next(alike, "") or _by_phrase(words)


def has_placeholders(text: bytes) -> bool:
    """Whether a year or holder is still to be filled in. What follows the end of the terms only shows how to."""
    terms, _, _ = text_of(text[:_MAX_BYTES]).lower().partition(_END_OF_TERMS)
    return _PLACEHOLDER.search(terms) is not None


def _words(text: str) -> tuple[str, ...]:
    """The words that count: no copyright lines, no title of the MIT licence, one spelling of "licence"."""
    plain = text.lower().replace("licence", "license")
    return tuple(re.findall(r"[a-z0-9]+", _LEFT_OUT.sub("", plain)))


@cache
def _forms(spdx: str) -> tuple[tuple[str, ...], ...]:
    """The licence as a whole, and without the part after its terms that says how to apply it."""
    whole = _stored(spdx)
    end = whole.lower().find(_END_OF_TERMS)
    return (_words(whole),) if end < 0 else (_words(whole), _words(whole[: end + len(_END_OF_TERMS)]))


def _alike(words: Sequence[str], known: Sequence[str]) -> bool:
    """Whether few words differ, in any order: one added sentence makes it another text."""
    found, expected = Counter(words), Counter(known)
    differing = max((found - expected).total(), (expected - found).total())
    return differing <= _WORDS_OF_TOLERANCE + len(known) // 500


def _by_phrase(words: Sequence[str]) -> str:
    joined = " ".join(words)
    matching = (known.id for known in _KNOWN if len(words) >= known.words and known.phrase in joined)
    return next(matching, "")
