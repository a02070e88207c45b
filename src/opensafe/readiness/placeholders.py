"""What nobody has said yet: marked for programs, visible for people, and counted by the checks.

A fact that is not known never becomes text that looks like one (facts, policy 33: placeholders fail).
"""

import re

from opensafe.model.expressions import expression
from opensafe.readiness.markdown import MARKDOWN
from opensafe.readiness.markup import Dialect, Marked

_MARK = "opensafe: to be completed"
_SENTENCE = "To be completed by the project team:"
_COMMENT = expression(rf"(?:<!--|\.\.) {_MARK}", re.IGNORECASE)
_KEY = expression(rf"{_MARK} \((\w{{1,40}})\)")
_VISIBLE = expression(re.escape(_SENTENCE), re.IGNORECASE)


def to_complete(key: str, ask: str, dialect: Dialect = MARKDOWN) -> Marked:
    """A gap in a document. `key` names the answer that fills it, `ask` says what is wanted."""
    return Marked(f"{dialect.comment(f'{_MARK} ({key})')}{_SENTENCE} {ask}")


def placeholders(text: str) -> int:
    """The number of gaps. A mark or a sentence alone counts too: half-removed is not completed."""
    return max(len(_COMMENT.findall(text)), len(_VISIBLE.findall(text)))


def gap_keys(text: str) -> tuple[str, ...]:
    """The names of the answers that the gaps wait for, each once, in the order of the text."""
    return tuple(dict.fromkeys(_KEY.findall(text)))
