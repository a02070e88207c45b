"""Identifiers of SNOMED CT, which dm+d uses too: six to eighteen digits, the last of which is Verhoeff's check digit.

Source: SNOMED CT Release File Specification, component identifiers; J. Verhoeff, "Error detecting decimal codes", 1969.
"""

from functools import reduce
from itertools import accumulate, repeat

_SIZES = range(6, 19)
_HALF = 5  # the digits are the turns and flips of a pentagon: those from five on flip it
_MOVE = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
_MOVES = tuple(
    accumulate(repeat(_MOVE, 7), lambda before, move: tuple(move[digit] for digit in before), initial=tuple(range(10)))
)


def is_concept(text: str) -> bool:
    """Whether a text is such an identifier."""
    if len(text) not in _SIZES or not (text.isascii() and text.isdigit()) or text.startswith("0"):
        return False
    digits = (_MOVES[place % len(_MOVES)][int(digit)] for place, digit in enumerate(reversed(text)))
    return reduce(_then, digits, 0) == 0


def _then(one: int, other: int) -> int:
    """One turn or flip after another."""
    if one < _HALF:
        return (one + other) % _HALF + (0 if other < _HALF else _HALF)
    return (one - other) % _HALF + (_HALF if other < _HALF else 0)
