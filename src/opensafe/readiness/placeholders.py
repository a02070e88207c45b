"""What nobody has said yet: marked for programs, visible for people, and counted by the checks.

A fact that is not known never becomes text that looks like one (facts, policy 33: placeholders fail).
"""

import re

from opensafe.readiness.markdown import Markdown, paragraphs

_MARK = "<!-- opensafe: to be completed"
_SENTENCE = "To be completed by the project team:"
_HTML_COMMENT = re.compile(re.escape(_MARK), re.IGNORECASE)
_VISIBLE = re.compile(re.escape(_SENTENCE), re.IGNORECASE)


def to_complete(key: str, ask: str) -> Markdown:
    """A gap in a document. `key` names the answer that fills it, `ask` says what is wanted."""
    return Markdown(f"{_MARK} ({key}) -->\n{_SENTENCE} {ask}")


def or_ask(value: str, key: str, ask: str) -> Markdown:
    """The answer with its paragraphs, or a gap that asks for it: the filter of the templates."""
    return paragraphs(value) if value.strip() else to_complete(key, ask)


def placeholders(text: str) -> int:
    """The number of gaps. A mark or a sentence alone counts too: half-removed is not completed."""
    return max(len(_HTML_COMMENT.findall(text)), len(_VISIBLE.findall(text)))
