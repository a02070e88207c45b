"""A list of literals and expressions to replace, in git-filter-repo's syntax (`--replace-text`).

Each line is a literal, `literal:…`, `glob:…` or `regex:…`, with `==>` and the text to put in its place, or without:
then `***REMOVED***` is put there. Empty lines are left out. A line that starts with `#` is a literal, as it is there.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from opensafe.errors import UsageError

DEFAULT = b"***REMOVED***"
_ARROW = b"==>"
_LONGEST = 2_000  # bytes of a pattern or a replacement
_MOST_EXPRESSIONS = 200
_MOST_RULES = 100_000
_REACH = b"{0,1000}"  # how far a star of a glob may go within a line


class RuleKind(StrEnum):
    LITERAL = "literal"
    EXPRESSION = "expression"


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` is the literal itself, or an expression of Python's `re`; `line` counts from 1."""

    line: int
    kind: RuleKind
    pattern: bytes = field(repr=False)
    replacement: bytes = field(repr=False)


def parse_rules(data: bytes) -> tuple[Rule, ...]:
    """Raises UsageError naming the line, and nothing that stands in it."""
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    rules = tuple(_rules(lines))
    if not rules:
        raise UsageError("the file of --replace-file holds no line to replace", remedy="write one value a line")
    if len(rules) > _MOST_RULES or sum(rule.kind is RuleKind.EXPRESSION for rule in rules) > _MOST_EXPRESSIONS:
        raise UsageError(
            f"the file of --replace-file holds more than {_MOST_RULES:,} lines or {_MOST_EXPRESSIONS} expressions",
            remedy="name values literally, or put expressions together",
        )
    return rules


def _rules(lines: list[bytes]) -> Iterator[Rule]:
    for number, line in enumerate(lines, 1):
        text = line.rstrip(b"\r")
        pattern, arrow, replacement = text.rpartition(_ARROW)
        if not arrow:
            pattern, replacement = text, DEFAULT
        if pattern and pattern != b"literal:":
            yield _rule(number, pattern, replacement)


def _rule(number: int, pattern: bytes, replacement: bytes) -> Rule:
    if len(pattern) > _LONGEST or len(replacement) > _LONGEST:
        raise _bad(number, f"is longer than {_LONGEST:,} bytes", "name a part of the value that is unique")
    if pattern.startswith(b"regex:"):
        return _expression(number, pattern.removeprefix(b"regex:"), replacement)
    if pattern.startswith(b"glob:"):
        escaped = replacement.replace(b"\\", rb"\\")
        return _expression(number, _glob(pattern.removeprefix(b"glob:")), escaped)
    return Rule(number, RuleKind.LITERAL, pattern.removeprefix(b"literal:"), replacement)


def _expression(number: int, pattern: bytes, replacement: bytes) -> Rule:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # about sets: they mean the same as in git-filter-repo
            compiled = re.compile(pattern)
        matches_nothing = compiled.match(b"") is not None
        compiled.sub(replacement, b"")  # reads the replacement, though nothing matches
    except (re.error, OverflowError, RecursionError, IndexError) as error:
        raise _bad(number, "is no expression that can be used", "test it with Python's re module") from error
    if matches_nothing:
        raise _bad(number, "matches the empty text", "use + in place of *")
    return Rule(number, RuleKind.EXPRESSION, pattern, replacement)


def _glob(glob: bytes) -> bytes:
    """A star reaches as far as it must within a line, and at the end as far as it can."""
    last = len(glob) - 1
    parts = {ord("*"): b"[^\n]" + _REACH + b"?", ord("?"): b"[^\n]"}
    pieces = [parts.get(character, re.escape(bytes([character]))) for character in glob]
    if glob.endswith(b"*"):
        pieces[last] = b"[^\n]" + _REACH
    return b"".join(pieces)


def _bad(number: int, why: str, remedy: str) -> UsageError:
    return UsageError(f"line {number} of the file of --replace-file {why}", remedy=remedy)
