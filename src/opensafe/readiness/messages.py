"""Commit messages: which say something, and which are noise. Source: policy v1.0, section 4 g; facts, policy 2 (82)."""

import re

from opensafe.model.expressions import expression

_MERGE = expression(r"(?:merge (?:branch|pull request|remote|tag|commit)|merge \S{1,200} into )", re.IGNORECASE)
_NOISE = expression(
    r"(?:wip|tmp|temp|test(?:ing)?|fix(?:e[sd])?|fix(?:ing)? (?:it|bug|stuff|this)|updated?|changes?|edit(?:s|ed)?"
    r"|stuff|misc|more|commit|sav(?:e|ing)|typo|clean ?up|minor(?: changes?)?|small (?:changes?|fix(?:es)?)"
    r"|(?:update|create|delete) \S{1,80}|add files via upload|(?:initial|first) commit|(?:fixup|squash)! .{0,200}"
    r"|asdf\w{0,10}|x{1,5}|\d{0,20})\W{0,20}",
    re.IGNORECASE,
)
_INFORMATIVE_WORDS = 3
_MAX_SUBJECT = 300


def subject(message: str) -> str:
    """The first line that is not empty, at most 300 characters of it."""
    lines = (line.strip() for line in message[:20_000].split("\n"))
    return next((line for line in lines if line), "")[:_MAX_SUBJECT]


def is_merge(message: str) -> bool:
    """Whether git or a code host wrote the subject for a merge."""
    return _MERGE.match(subject(message)) is not None


def is_noise(message: str) -> bool:
    """Whether the subject says nothing about the change."""
    return _NOISE.fullmatch(subject(message)) is not None


def is_informative(message: str) -> bool:
    """Whether the message says what changed: a subject of three words that is no noise."""
    words = re.findall(r"\w{2,40}", subject(message))
    return len(words) >= _INFORMATIVE_WORDS and not is_noise(message)
