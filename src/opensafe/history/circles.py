"""How near to being public each commit is."""

from collections.abc import Sequence
from dataclasses import dataclass

from opensafe.history.standing import kind_of_file
from opensafe.model.gitobjects import MODE_SYMLINK
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind


@dataclass(frozen=True, slots=True)
class Circles:
    """Sets of commits, each with all their ancestors. Notes are published commits of their own kind."""

    published: set[Oid]
    notes: set[Oid]
    referenced: set[Oid]
    reflogged: set[Oid]

    def distances(self, order: Sequence[Oid]) -> list[int]:
        """How far each commit is from being public: a blob stands where the nearest of its commits stands."""
        return [self._distance(oid) for oid in order]

    def _distance(self, commit: Oid) -> int:
        circles = (self.published, self.referenced, self.reflogged)
        return next((number for number, circle in enumerate(circles) if commit in circle), len(circles))

    def kind(self, commit: Oid, path: bytes, *, is_link: bool) -> PlaceKind:
        """Under which kind of place a file of this commit stands."""
        if commit in self.notes:
            return PlaceKind.NOTE
        if commit in self.referenced:
            return kind_of_file(path, MODE_SYMLINK if is_link else 0)
        return PlaceKind.REFLOG if commit in self.reflogged else PlaceKind.UNREACHABLE
