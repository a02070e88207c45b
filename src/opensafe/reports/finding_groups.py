"""Findings that say the same in one row: a column of a thousand NHS numbers is one thing to a reader."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from opensafe.model.finding import Finding
from opensafe.model.place import Place, PlaceKind
from opensafe.reports.review_order import gravity

_CONTENT_OF_A_FILE = frozenset({PlaceKind.BLOB, PlaceKind.INDEX, PlaceKind.WORKTREE, PlaceKind.UNREACHABLE})


@dataclass(frozen=True, slots=True)
class Spot:
    """A file, in whatever versions of it, or another text of the repository, such as the commit messages.

    `kind` is BLOB for every content of a file. `name` is its path or ref for display; two may be shown alike
    where a path is masked, and `key` tells them apart.
    """

    kind: PlaceKind
    key: str
    name: str = field(compare=False)

    @classmethod
    def of(cls, place: Place) -> "Spot":
        is_file = place.path is not None and place.kind in _CONTENT_OF_A_FILE
        name = place.path or place.ref or ""
        return cls(PlaceKind.BLOB if is_file else place.kind, place.path_key or place.ref_key or name, name)


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings (at least one) that differ in their values, ids, lines and commits only: one row."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """Speaks for all in everything that is the same for all."""
        return self.findings[0]

    @property
    def occurrences(self) -> int:
        return sum(finding.occurrences for finding in self.findings)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The files first, by name; then the other texts."""
        return tuple(
            sorted(_spots(self.first), key=lambda spot: (spot.kind is not PlaceKind.BLOB, spot.name, spot.key))
        )

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(spot.name for spot in self.spots if spot.kind is PlaceKind.BLOB)

    @property
    def other_texts(self) -> tuple[PlaceKind, ...]:
        """The kinds of text that are no files, each once."""
        return tuple(dict.fromkeys(spot.kind for spot in self.spots if spot.kind is not PlaceKind.BLOB))

    @property
    def is_cut(self) -> bool:
        """Whether there are more places than are listed: then `spots` may not be all."""
        return _is_cut(self.first)

    @property
    def reasons(self) -> Mapping[str, int]:
        """Why each is a finding, the commonest reason first, with the number of findings."""
        return dict(Counter(finding.why for finding in self.findings).most_common())

    @property
    def witnesses(self) -> tuple[str, ...]:
        """Every detector that found one of them."""
        return tuple(sorted(set(chain.from_iterable(f.witnesses or (f.detector,) for f in self.findings))))


def grouped(findings: Iterable[Finding]) -> list[FindingGroup]:
    """Every finding in exactly one group, in review order, the larger group first; the input's order counts not."""
    same: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        same.setdefault(_what_it_says(finding), []).append(finding)
    groups = [FindingGroup(tuple(sorted(members, key=lambda finding: finding.id))) for members in same.values()]
    return sorted(groups, key=lambda group: (*gravity(group.first), -len(group.findings), group.first.id))


def _what_it_says(finding: Finding) -> Hashable:
    """Everything that a row tells. Findings that differ in one of these are never in one row."""
    return (
        finding.category,
        finding.form,
        finding.person,
        finding.title,
        finding.masked,
        finding.severity,
        finding.confidence,
        finding.state,
        finding.in_head,
        finding.published,
        _is_cut(finding),
        _spots(finding),
    )


def _spots(finding: Finding) -> frozenset[Spot]:
    once = {id(place): place for place in finding.places}  # what is one object need not be looked at again
    return frozenset(map(Spot.of, once.values()))


def _is_cut(finding: Finding) -> bool:
    return finding.occurrences > len(finding.places)
