"""Release notes from commit messages: a draft for people, as conventional commits cannot be assumed."""

import re
from collections.abc import Sequence

from opensafe.model.expressions import expression
from opensafe.readiness.markdown import inline
from opensafe.readiness.messages import is_merge, is_noise, subject

_MOST = 40
_LONGEST = 120
_PREFIX = expression(r"^(\w{1,12})(?:\([^)]{0,60}\))?(!?):[ \t]{1,4}")
# Numbers of issues belong to the Closed repository: in the public one they would point elsewhere.
_ISSUE = expression(r"[ \t]{0,4}\(?(?:(?:closes|fixes|resolves|refs?)[ \t]{1,4})?#\d{1,7}\)?", re.IGNORECASE)
# In the order in which they are shown.
_GROUPS = (
    ("Security", expression(r"secur\w{0,10}|vulnerab\w{0,10}|sec\b|cve\b", re.IGNORECASE)),
    (
        "Added",
        expression(
            r"feat\b|add(?:s|ed|ing)?\b|new\b|creat\w{1,4}\b|implement\w{0,4}\b|introduc\w{1,4}\b", re.IGNORECASE
        ),
    ),
    ("Fixed", expression(r"fix(?:e[sd]|ing)?\b|bug\w{0,6}\b|correct\w{0,4}\b|repair\w{0,4}\b|hotfix\b", re.IGNORECASE)),
    ("Removed", expression(r"remov\w{1,4}\b|delet\w{1,4}\b|drop\w{0,5}\b", re.IGNORECASE)),
    ("Documentation", expression(r"docs?\b|document\w{0,6}\b|readme\b", re.IGNORECASE)),
    ("Changed", expression("")),
)


def notes_from_messages(messages: Sequence[str]) -> tuple[str, ...]:
    """At most 40 lines of Markdown, as "Fixed: the count of beds", grouped; a last line tells how many were left out.

    Merges, noise and repetitions are skipped, markup is escaped, and numbers of issues are dropped.
    """
    told = dict.fromkeys(_told(message) for message in messages if not is_merge(message) and not is_noise(message))
    order = [name for name, _ in _GROUPS]
    notes = sorted((note for note in told if note[1]), key=lambda note: order.index(note[0]))
    lines = [f"{group}: {text}" for group, text in notes[:_MOST]]
    left_out = len(notes) - _MOST
    return (*lines, f"and {left_out} further changes") if left_out > 0 else tuple(lines)


def _told(message: str) -> tuple[str, str]:
    """Group and text of one message."""
    line = _ISSUE.sub("", subject(message)).strip(" ,;:")
    prefix = _PREFIX.match(line)
    group = next(name for name, words in _GROUPS if words.match(line))
    text = line[prefix.end() :] if prefix else line
    return group, inline(text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…")
