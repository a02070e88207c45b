"""The commits that were there before, by their numbers: how they hang together, without reading one again."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from opensafe.model.gitobjects import Commit
from opensafe.model.ground import Footing
from opensafe.model.identifiers import Oid
from opensafe.model.packed import Packed, packed_numbers, unpacked_numbers


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`numbers` has the number of each commit by its id."""

    footing: Footing
    width: int
    numbers: dict[bytes, int] = field(repr=False)

    @classmethod
    def of(cls, footing: Footing, width: int) -> "Skeleton":
        """`width` bytes has an id."""
        return cls(footing, width, {oid: number for number, oid in enumerate(Packed(footing.commits, width))})

    def __len__(self) -> int:
        return len(self.footing.circles)

    def number(self, oid: Oid) -> int:
        """-1 for a commit that was not there, and for what is none."""
        return self.numbers.get(bytes.fromhex(oid), -1)

    def oid(self, number: int) -> Oid:
        return Oid(Packed(self.footing.commits, self.width)[number].hex())

    def parents(self) -> list[tuple[int, ...]]:
        """The numbers of the parents of each commit, the first one first."""
        told = unpacked_numbers(self.footing.parents)
        found: list[tuple[int, ...]] = []
        at = 0
        while at < len(told):
            end = at + 1 + told[at]
            found.append(tuple(told[at + 1 : end]))
            at = end
        return found


def packed_parents(commits: Iterable[Commit], numbers: dict[Oid, int]) -> bytes:
    """How many parents each commit has, and their numbers. Raises KeyError where one is missing."""
    told: list[int] = []
    for commit in commits:
        told += [len(commit.parents), *(numbers[parent] for parent in commit.parents)]
    return packed_numbers(told)
