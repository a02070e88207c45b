"""A finding as a row of the list of all: what a table for spreadsheets tells of it."""

from typing import NamedTuple


class ListRow(NamedTuple):
    """Texts, in the order of the columns; `state` is as the decisions leave it.

    A tuple, as rows come from the index: a large case has a hundred thousand.
    """

    id: str
    category: str
    severity: str
    confidence: str
    state: str
    title: str
    value: str
    person: str
    occurrences: str
    published: str
    in_head: str
    detector: str
    first_place: str
    line: str
