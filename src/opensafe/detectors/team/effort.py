"""How long a match can be, and how many ways an engine that goes back may try: known before a pattern ever runs.

A repeat can be left at any count only where what follows may begin with the same byte as one more round; otherwise
the next byte decides. So `(?:\\d{1,3}\\.){3}` has one way, `(?:a{1,50}){1,50}` has more than there are atoms.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import prod

from opensafe.detectors.team.syntax import Boundary, Choice, NotAPattern, OneOf, Part, Repeat, Sequence, Value

MOST_WAYS = 100
LONGEST_MATCH = 300
_SHORTEST_MATCH = 3
_LARGEST = 2000  # bytes that an engine unrolls a pattern into
_HUGE = 10**9

Bytes = frozenset[int]
_NOTHING: Bytes = frozenset()


@dataclass(frozen=True, slots=True)
class Effort:
    """Of a part and all that is in it: lengths in bytes, first bytes, ways to match at one place, unrolled size.

    `open_at` is where its first repeat stands that can be left at several counts (0: there is none).
    """

    shortest: int
    longest: int
    first: Bytes
    ways: int
    size: int
    open_at: int = 0


def check(part: Part) -> Effort:
    """The effort of a whole pattern. Raises NotAPattern."""
    effort = _effort(part, _NOTHING)
    if effort.shortest < _SHORTEST_MATCH:
        raise NotAPattern(
            1, f"it may match fewer than {_SHORTEST_MATCH} characters", "say more of what has to stand there"
        )
    if effort.longest > LONGEST_MATCH or effort.size > _LARGEST:
        raise NotAPattern(1, f"it may match more than {LONGEST_MATCH} characters", "make its repeats smaller")
    if effort.ways > MOST_WAYS:
        raise _endless(effort.open_at or 1, "repeats or choices that run into each other")
    value = _value_of(part)
    if value is not None and _effort(value, _NOTHING).shortest < _SHORTEST_MATCH:
        raise NotAPattern(1, f"its value may be shorter than {_SHORTEST_MATCH} characters", "make the value longer")
    return effort


def _effort(part: Part, follow: Bytes) -> Effort:
    """`follow` is what may come after the part: its first bytes; nothing where the pattern ends."""
    match part:
        case OneOf(members):
            return Effort(1, 1, members, 1, 1)
        case Boundary():
            return Effort(0, 0, _NOTHING, 1, 1)
        case Value(inner):
            return _effort(inner, follow)
        case Sequence(parts):
            return _of_sequence(parts, follow)
        case Choice(branches):
            return _of_choice([_effort(branch, follow) for branch in branches], follow)
        case Repeat():
            return _of_repeat(part, follow)


def _of_sequence(parts: Iterable[Part], follow: Bytes) -> Effort:
    whole = Effort(0, 0, _NOTHING, 1, 0)
    for part in reversed(tuple(parts)):
        after = whole.first | follow if whole.shortest == 0 else whole.first
        one = _effort(part, after)
        whole = Effort(
            one.shortest + whole.shortest,
            one.longest + whole.longest,
            one.first | whole.first if one.shortest == 0 else one.first,
            min(one.ways * whole.ways, _HUGE),
            one.size + whole.size,
            one.open_at or whole.open_at,
        )
    return whole


def _of_choice(branches: list[Effort], follow: Bytes) -> Effort:
    begins = [branch.first | follow if branch.shortest == 0 else branch.first for branch in branches]
    decided = all(one.isdisjoint(other) for one, other in combinations(begins, 2))
    ways = [branch.ways for branch in branches]
    return Effort(
        min(branch.shortest for branch in branches),
        max(branch.longest for branch in branches),
        _NOTHING.union(*(branch.first for branch in branches)),
        max(ways) if decided else min(sum(ways), _HUGE),
        sum(branch.size for branch in branches),
        next((branch.open_at for branch in branches if branch.open_at), 0),
    )


def _of_repeat(repeat: Repeat, follow: Bytes) -> Effort:
    begins = _effort(repeat.part, follow).first
    again = begins | follow if repeat.high > 1 else follow
    inner = _effort(repeat.part, again)
    decided = repeat.low == repeat.high or begins.isdisjoint(follow)
    counts = 1 if decided else repeat.high - repeat.low + 1
    ways = min(counts * prod([inner.ways] * repeat.high), _HUGE)
    if ways > MOST_WAYS:
        what = "a repeat inside a repeat" if inner.ways > 1 else "a repeat that runs into what follows it"
        raise _endless(repeat.at, what)
    return Effort(
        inner.shortest * repeat.low,
        inner.longest * repeat.high,
        inner.first,
        ways,
        inner.size * repeat.high,
        repeat.at if counts > 1 else inner.open_at,
    )


def _endless(at: int, what: str) -> NotAPattern:
    advice = "let what follows begin with a character that cannot be repeated, or make the counts smaller"
    return NotAPattern(at, f"{what}: this could take very long", advice)


def _value_of(part: Part) -> Part | None:
    match part:
        case Value(inner):
            return inner
        case Sequence(parts):
            inside = parts
        case Choice(branches):
            inside = branches
        case Repeat(inner):
            inside = (inner,)
        case _:
            return None
    return next((found for one in inside if (found := _value_of(one)) is not None), None)
