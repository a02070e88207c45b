"""A rule that a team wrote itself: what is looked for, where, and why it matters.

A rule can only add findings. There is none that takes one away.
"""

from dataclasses import dataclass, field

from opensafe.model.finding import Category, Severity

TEAM = "team."
"""What the id of a team's detector begins with."""


@dataclass(frozen=True, slots=True)
class TeamExample:
    """A text that must fire with this value; without one, a text that must not. `file` is where it would stand."""

    text: str = field(repr=False)
    value: str = field(default="", repr=False)
    file: str = "analysis.R"


@dataclass(frozen=True, slots=True)
class TeamRule:
    """One rule, checked and ready to use.

    `expression` is an expression over bytes in the language that Hyperscan and `re` share; its group `value`, where
    it has one, is what is found. No match is longer than `longest` bytes. With `words`, one of them has to stand
    within `within` bytes of the value. With `files`, only files that one of these globs names are looked at.
    """

    id: str  # without `team.`
    title: str
    category: Category
    severity: Severity
    why: str
    remedy: str
    expression: bytes
    longest: int
    words: tuple[bytes, ...] = ()  # lower case
    within: int = 0
    files: tuple[bytes, ...] = ()
    examples: tuple[TeamExample, ...] = ()
    counter_examples: tuple[TeamExample, ...] = ()

    @property
    def detector(self) -> str:
        """The id of the detector that it becomes."""
        return TEAM + self.id
