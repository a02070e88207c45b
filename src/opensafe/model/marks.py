"""Where findings stand, as rows of the index tell it.

A plan goes through every place of a case, and needs of each the half. Tuples, as rows come: frozen classes would take
three times as long to make, and there may be 300,000. They know their finding by the number that it has in its index.
"""

from typing import NamedTuple

from opensafe.model.finding import Category, Form
from opensafe.model.identifiers import FindingId, Oid
from opensafe.model.place import Place, PlaceKind


class Marked(NamedTuple):
    """What the text that stands in for a value is chosen by. The fields are those of a `Finding`."""

    id: FindingId
    category: Category
    form: Form
    title: str
    person: int | None


class Appearance(NamedTuple):
    """Where a finding appears in the history. The fields are those of a `Place`."""

    finding: int
    published: bool
    first_commit: Oid | None
    kind: PlaceKind
    path: str | None
    ref: str | None
    oid: Oid | None
    via: tuple[str, ...]
    start: int
    end: int


class Mark(NamedTuple):
    """A published place as a rewrite looks for it. The fields are those of a `Place`."""

    finding: int
    kind: PlaceKind
    oid: Oid | None
    path: str | None
    path_key: str | None
    ref_key: str | None
    via: tuple[str, ...]
    start: int
    end: int

    @property
    def place(self) -> Place:
        """For whoever asks about places: without its line and its commits."""
        names = self.path, self.path_key, None, self.ref_key
        return Place(self.kind, self.oid, *names, 0, 0, self.start, self.end, self.via, None, None, False, True)
