"""Reads a pattern that a team wrote: a bounded part of the usual language; what is not in it is said with its place.

What is there: letters and other characters as they are, `.`, `\\d \\w \\s` (and `\\D \\W \\S`), `\\b`, `[A-F0-9_]`,
`(…)`, `(?P<value>…)`, `|`, `?`, `{n}` and `{n,m}`. A match lies within one line.
"""

import re
import string
from collections.abc import Callable

from opensafe.detectors.team.syntax import Boundary, Choice, NotAPattern, OneOf, Part, Repeat, Sequence, Value
from opensafe.model.expressions import expression

_LONGEST_PATTERN = 500  # characters
_DEEPEST = 12  # groups in groups
_MOST_REPEATS = 200

_LINE_BREAKS = frozenset(b"\r\n")
_ANY = frozenset(range(256)) - frozenset(b"\n")
_CLASSES = {
    "d": frozenset(string.digits.encode()),
    "w": frozenset((string.ascii_letters + string.digits + "_").encode()),
    "s": frozenset(b" \t\r\f\v"),
}
_SETS = {**_CLASSES, **{name.upper(): _ANY - members - _LINE_BREAKS for name, members in _CLASSES.items()}}
_SETS["t"] = frozenset(b"\t")
_COUNTS = expression(r"\{(\d{1,6})(,(\d{0,6}))?\}")
_GROUP = expression(r"\((?:\?:|\?P<value>)?")


def parse(pattern: str, *, ignore_case: bool = False) -> Part:
    """The parts of a pattern. Raises NotAPattern."""
    if len(pattern) > _LONGEST_PATTERN:
        raise NotAPattern(
            _LONGEST_PATTERN, f"a pattern has up to {_LONGEST_PATTERN} characters", "make two rules of it"
        )
    for at, character in enumerate(pattern, 1):
        if not character.isprintable():
            raise NotAPattern(at, "a control character stands here", "write the pattern in single quotes: '…'")
    return _Reader(pattern, ignore_case=ignore_case).whole()


class _Reader:
    """Reads from left to right; `_at` is the next character."""

    def __init__(self, pattern: str, *, ignore_case: bool) -> None:
        self._pattern = pattern
        self._at = 0
        self._depth = 0
        self._has_value = False
        self._fold: Callable[[frozenset[int]], frozenset[int]] = _both_cases if ignore_case else lambda members: members

    def whole(self) -> Part:
        part = self._choice()
        if self._at < len(self._pattern):
            raise self._wrong("this bracket closes nothing", r"write \) for a bracket in the text")
        return part

    def _choice(self) -> Part:
        begins = self._at
        branches = [self._sequence()]
        while self._next() == "|":
            self._at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches), begins + 1)

    def _sequence(self) -> Part:
        parts: list[Part] = []
        while self._next() not in {"", "|", ")"}:
            parts.append(self._repeated(self._atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, part: Part) -> Part:
        at = self._at
        if self._next() == "?":
            self._at += 1
            low, high = 0, 1
        elif (counts := _COUNTS.match(self._pattern, at)) is not None:
            self._at = counts.end()
            low, high = self._counts(counts, at)
        else:
            self._refuse_endless()
            return part
        if self._next() in {"?", "+", "*", "{"}:
            raise self._wrong("a repeat of a repeat", "keep one of the two")
        if isinstance(part, Boundary):
            raise self._wrong(r"\b cannot be repeated", "leave the repeat out", at)
        return Repeat(part, low, high, at + 1)

    def _counts(self, counts: re.Match[str], at: int) -> tuple[int, int]:
        if counts[2] and not counts[3]:
            raise self._wrong("a repeat without an end", f"give the most as well, for example {{{counts[1]},64}}", at)
        low = int(counts[1])
        high = int(counts[3]) if counts[2] else low
        if not low <= high or not 1 <= high <= _MOST_REPEATS:
            raise self._wrong("counts that cannot be", f"write {{least,most}}, with 1 to {_MOST_REPEATS} as most", at)
        return low, high

    def _refuse_endless(self) -> None:
        if self._next() in {"*", "+"}:
            least = "1" if self._next() == "+" else "0"
            raise self._wrong("a repeat without an end", f"write how often at most, for example {{{least},64}}")
        if self._next() == "{":
            raise self._wrong("this repeat is not readable", r"write {n} or {n,m}; \{ for a bracket in the text")

    def _atom(self) -> Part:
        character = self._next()
        match character:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "\\":
                return self._escape()
            case "^" | "$":
                raise self._wrong("^ and $ are not there", r"a rule sees a part of a text; use \b, or context words")
            case "*" | "+" | "?" | "{":
                raise self._wrong("there is nothing to repeat here", f"write \\{character} for the character itself")
        self._at += 1
        return OneOf(_ANY) if character == "." else self._literal(character)

    def _literal(self, character: str) -> Part:
        members = [OneOf(self._fold(frozenset({byte}))) for byte in character.encode()]
        return members[0] if len(members) == 1 else Sequence(tuple(members))

    def _group(self) -> Part:
        opening = _GROUP.match(self._pattern, self._at)
        if opening is None or self._pattern[opening.end() :].startswith("?"):
            raise self._wrong(
                "this kind of group is not there", "use (…) or (?P<value>…), and context words for what is near"
            )
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._wrong("groups are nested too deeply", "make the pattern simpler")
        opened, self._at = self._at, opening.end()
        is_value = opening[0].endswith(">")
        if is_value and self._has_value:
            raise self._wrong("a second value", "one rule finds one value: make two rules", opened)
        self._has_value = self._has_value or is_value
        part = self._choice()
        if self._next() != ")":
            raise self._wrong("this bracket is not closed", "add a ) where the group ends", opened)
        self._at += 1
        self._depth -= 1
        return Value(part) if is_value else part

    def _escape(self) -> Part:
        character = self._pattern[self._at + 1 : self._at + 2]
        if character == "b":
            self._at += 2
            return Boundary()
        if character in _SETS:
            self._at += 2
            return OneOf(_SETS[character])
        if not character or character.isalnum() or not character.isascii():
            raise self._wrong("this escape is not there", r"there are \d \w \s \D \W \S \b \t and escaped punctuation")
        self._at += 2
        return self._literal(character)

    def _class(self) -> Part:
        opened = self._at
        self._at += 1
        negated = self._next() == "^"
        self._at += negated
        members: frozenset[int] = frozenset()
        while self._next() != "]":
            if not self._next():
                raise self._wrong("this bracket is not closed", "add a ] where the set ends", opened)
            members |= self._members()
        self._at += 1
        folded = self._fold(members)
        if not folded:
            raise self._wrong("this set is empty", r"write \[ and \] for brackets in the text", opened)
        return OneOf(_ANY - folded - _LINE_BREAKS if negated else folded)

    def _members(self) -> frozenset[int]:
        low = self._member()
        if self._next() != "-" or self._pattern[self._at + 1 : self._at + 2] in {"]", ""}:
            return low
        self._at += 1
        high = self._member()
        if len(low) != 1 or len(high) != 1 or min(low) > min(high):
            raise self._wrong("a range that cannot be", r"write the smaller end first; \- for a dash itself")
        return frozenset(range(min(low), min(high) + 1))

    def _member(self) -> frozenset[int]:
        character = self._next()
        if not character.isascii():
            raise self._wrong("a letter with an accent in a set", "put it outside of the set: (é|[a-z])")
        if character == "\\":
            part = self._escape()
            if not isinstance(part, OneOf):
                raise self._wrong(r"\b has no place in a set", "leave it out")
            return part.members
        self._at += 1
        return frozenset(character.encode())

    def _next(self) -> str:
        """The next character, nothing at the end."""
        return self._pattern[self._at : self._at + 1]

    def _wrong(self, what: str, advice: str, at: int | None = None) -> NotAPattern:
        return NotAPattern((self._at if at is None else at) + 1, what, advice)


def _both_cases(members: frozenset[int]) -> frozenset[int]:
    text = bytes(members)
    return frozenset(text.lower() + text.upper())
