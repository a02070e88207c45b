"""What is planted: a family has a way to make values, lines in which they stand, and the head of a column of them."""

from collections.abc import Callable
from dataclasses import dataclass
from string import Template

from benchmarks.planting.chance import Chance

SECRET, IDENTIFIER, NAME = "credentials", "identifiers", "names"


@dataclass(frozen=True, slots=True)
class Family:
    """`lines` are templates: `$v` is the value, other words are filled in by chance. `column` is empty where the
    value never stands in a table. `accepts` are the categories of a finding that is about it. With `named`, the value
    can be a part of the name of a file or a branch.
    """

    id: str
    group: str
    make: Callable[[Chance], str]
    lines: tuple[str, ...]
    column: str = ""
    accepts: frozenset[str] = frozenset({"secret"})
    named: bool = False

    @property
    def is_long(self) -> bool:
        """Whether a value goes over several lines."""
        return "\n" in self.make(Chance("long?"))

    def line(self, chance: Chance, value: str, *, is_code: bool = False) -> str:
        """One of the lines, with this value in it; in code one with quotes or brackets, where there are such lines."""
        fitting = [line for line in self.lines if any(mark in line for mark in "\"'(")] if is_code else []
        host = f"{chance.one(('sql', 'dwh', 'etl'))}{chance.digits(2)}.dwh.internal"
        others = {"user": chance.user(), "host": host, "db": chance.one(("wards", "activity", "staging")), "v": value}
        return Template(chance.one(fitting or self.lines)).substitute(others)
