"""Conditions on the rows of findings, for the index to check itself: only the rows that hold become objects."""

import json
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions that all hold, in SQL, and the values for their marks in the same order."""

    conditions: tuple[str, ...] = ()
    values: tuple[str | int, ...] = ()

    def also(self, condition: str, *values: str | int) -> "Where":
        return Where((*self.conditions, f"({condition})"), (*self.values, *values))

    def __and__(self, other: "Where") -> "Where":
        return Where((*self.conditions, *other.conditions), (*self.values, *other.values))

    @property
    def sql(self) -> str:
        """Empty where there is no condition."""
        return f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""


EVERY = Where()


def listed(texts: Iterable[str] | Iterable[int]) -> str:
    """Texts or numbers as one value, for `json_each`: a query holds a limited number of them."""
    return json.dumps(list(texts))


EACH = "SELECT value FROM json_each(?)"
"""What `listed` made one value of, taken apart again."""


def with_ids(ids: Iterable[str]) -> Where:
    return EVERY.also(f"id IN ({EACH})", listed(ids))
