"""How many findings there are of each kind: what a report counts, without holding every finding of a large case."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from opensafe.model.finding import Category, Finding, Severity, State


class Kind(NamedTuple):
    """What findings are counted by. `waits` as in `Finding.waits`."""

    category: Category
    severity: Severity
    state: State
    published: bool
    waits: bool

    @classmethod
    def of(cls, finding: Finding) -> "Kind":
        return cls(finding.category, finding.severity, finding.state, finding.published, finding.waits)


class Count(NamedTuple):
    """So many findings, which stand in so many places."""

    findings: int
    occurrences: int

    def more(self, other: "Count", times: int = 1) -> "Count":
        return Count(self.findings + times * other.findings, self.occurrences + times * other.occurrences)


NONE = Count(0, 0)


@dataclass(frozen=True, slots=True)
class Census:
    """The counts of each kind; a kind of which there is none is not in it."""

    counts: Mapping[Kind, Count]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Census":
        return cls.summed((Kind.of(finding), Count(1, finding.occurrences)) for finding in findings)

    @classmethod
    def summed(cls, counts: Iterable[tuple[Kind, Count]]) -> "Census":
        total: defaultdict[Kind, Count] = defaultdict(lambda: NONE)
        for kind, count in counts:
            total[kind] = total[kind].more(count)
        return cls({kind: count for kind, count in total.items() if count.findings})

    def with_more(self, other: "Census") -> "Census":
        return Census.summed((*self.counts.items(), *other.counts.items()))

    def without(self, other: "Census") -> "Census":
        """What is left where `other` is taken away, which is a part of this."""
        taken = ((kind, NONE.more(count, -1)) for kind, count in other.counts.items())
        return Census.summed((*self.counts.items(), *taken))

    def where(
        self,
        category: Category | None = None,
        state: State | None = None,
        severity: Severity | None = None,
        *,
        published: bool | None = None,
        waits: bool | None = None,
    ) -> Count:
        """The sum of the kinds that have what is given."""
        wanted = (category, severity, state, published, waits)
        total = NONE
        for kind, count in self.counts.items():
            if all(want is None or want == has for want, has in zip(wanted, kind, strict=True)):
                total = total.more(count)
        return total

    @property
    def total(self) -> int:
        return self.where().findings

    def categories(self) -> Iterator[Category]:
        """Those that have findings, in the order of the contract."""
        yield from (category for category in Category if self.where(category).findings)
