"""Searches contents for all forms of all values at once."""

from collections.abc import Sequence

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from opensafe.formats.decode import Part
from opensafe.model.expressions import expression
from opensafe.model.secret import Secret
from opensafe.model.specimen import Role
from opensafe.proof.forms import SHORT, forms_of

_BEFORE = expression(rb"[A-Za-z0-9_.+-]")  # what stands before continues an address, a number or a name
_BEHIND = expression(rb"[A-Za-z0-9_]")

_NOWHERE = tuple(bytes([character]) * 8 for character in (1, 2, 3, 5))
"""With few forms the engine skips to their rarest bytes. Where those are digits, it stops all the time in a table of
numbers. Four more kinds of bytes make it look at several bytes at once instead, which is fifteen times faster there."""


class Search:
    """Values in every form, short ones as they are and in text alone, and `words` where they are whole words.

    Their indices count through `values` and then `words`.
    """

    def __init__(self, values: Sequence[Secret], words: Sequence[Secret]) -> None:
        forms = [(form, index) for index, value in enumerate(values) for form in forms_of(value.reveal())]
        whole = [(word.reveal(), index) for index, word in enumerate(words, len(values))]
        self.forms = len(forms) + len(words)
        self._any = _Presence([pattern for pattern, _ in (*forms, *whole)])
        self._long = _Automaton([pair for pair in forms if len(pair[0]) >= SHORT])
        self._short = _Automaton([pair for pair in forms if len(pair[0]) < SHORT])
        self._words = _Words(whole)

    def in_part(self, part: Part) -> set[int]:
        if part.role is not Role.BINARY:
            return self.in_text(part.data)
        if not self._any.occurs(part.data):
            return set()
        return self._long.hits(part.data) | self._words.hits(part.data)

    def in_text(self, data: bytes) -> set[int]:
        if not self._any.occurs(data):
            return set()
        return self._long.hits(data) | self._short.hits(data) | self._words.hits(data)


class _Presence:
    """Whether any pattern occurs at all: one fast pass, after which most contents need no other."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        kind = MatchKind.LeftmostFirst
        self._engine = BytesAhoCorasick([*patterns, *_NOWHERE], matchkind=kind) if patterns else None

    def occurs(self, data: bytes) -> bool:
        if self._engine is None:
            return False
        # A decoy that does occur may hide a pattern that it overlaps: then the slower search decides.
        return bool(self._engine.find_matches_as_indexes(data))


class _Automaton:
    def __init__(self, pairs: Sequence[tuple[bytes, int]]) -> None:
        self._owners = [index for _, index in pairs]
        self._engine = BytesAhoCorasick([form for form, _ in pairs]) if pairs else None

    def hits(self, data: bytes) -> set[int]:
        """The values that occur, overlapping ones too."""
        if self._engine is None:
            return set()
        matches = self._engine.find_matches_as_indexes(data, overlapping=True)
        return {self._owners[match[0]] for match in matches}


class _Words:
    """Values that count only where they are not part of a longer word."""

    def __init__(self, pairs: Sequence[tuple[bytes, int]]) -> None:
        self._pairs = list(pairs)
        self._engine = BytesAhoCorasick([word for word, _ in pairs]) if pairs else None

    def hits(self, data: bytes) -> set[int]:
        if self._engine is None:
            return set()
        found = self._engine.find_matches_as_indexes(data, overlapping=True)
        return {self._pairs[match[0]][1] for match in found if _is_word(data, match[1], match[2])}


def _is_word(data: bytes, start: int, end: int) -> bool:
    return not (_BEFORE.match(data[max(start - 1, 0) : start]) or _BEHIND.match(data[end : end + 1]))
