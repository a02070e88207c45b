"""The parts of a pattern, after it was read: sets of bytes, and how they follow, repeat and choose."""

from dataclasses import dataclass


class NotAPattern(Exception):
    """`what` is wrong at character `at` (from 1) of a pattern; `advice` says what to write instead."""

    def __init__(self, at: int, what: str, advice: str) -> None:
        super().__init__(what)
        self.at = at
        self.what = what
        self.advice = advice


@dataclass(frozen=True, slots=True)
class OneOf:
    """One byte out of a set."""

    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class Boundary:
    """Where a word begins or ends: no byte."""


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`at` is where it begins in the pattern."""

    branches: tuple["Part", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """`at` is where its counts stand in the pattern."""

    part: "Part"
    low: int
    high: int
    at: int


@dataclass(frozen=True, slots=True)
class Value:
    """What is found, of all that has to stand there."""

    part: "Part"


Part = OneOf | Boundary | Sequence | Choice | Repeat | Value


def written(part: Part) -> bytes:
    """The expression that Hyperscan and `re` both read: every byte by its number, so that both mean the same."""
    match part:
        case OneOf(members):
            return b"[" + b"".join(_ranges(sorted(members))) + b"]"
        case Boundary():
            return rb"\b"
        case Sequence(parts):
            return b"".join(map(written, parts))
        case Choice(branches):
            return b"(?:" + b"|".join(map(written, branches)) + b")"
        case Repeat(inner, low, high):
            return b"(?:%b){%d,%d}" % (written(inner), low, high)
        case Value(inner):
            return b"(?P<value>" + written(inner) + b")"


def _ranges(members: list[int]) -> list[bytes]:
    starts = [byte for byte in members if byte - 1 not in members]
    ends = [byte for byte in members if byte + 1 not in members]
    return [
        b"\\x%02x-\\x%02x" % pair if pair[0] < pair[1] else b"\\x%02x" % pair[0]
        for pair in zip(starts, ends, strict=True)
    ]
