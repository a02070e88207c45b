"""What a finished audit leaves for the next one, so that a source that only grew need not be gone through again.

It holds ids, keys, numbers and places, and no value: values are read again where they stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from opensafe.model.finding import Finding, Form
from opensafe.model.identifiers import FindingId, Oid, SkipId
from opensafe.model.match import Verdict
from opensafe.model.place import Place, PlaceKind


class Outgrown(Exception):
    """A source did more than grow, or grew in a way that touches what was known: everything is gone through again."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value that is searched for everywhere can be read: `key` is that of the path or identity."""

    verdict: Verdict
    kind: PlaceKind
    oid: Oid
    key: str
    via: tuple[str, ...]
    start: int
    end: int
    form: Form


@dataclass(frozen=True, slots=True)
class Footing:
    """The source as it was. Ids are packed one behind the other: all `ids` sorted, `commits` in the order of their
    numbers, which they keep for good.

    `circles` has a byte for each of them: how far it is from being public (0 to 3), with `HEAD` and `NOTES`; `places`
    where it stands in the order of the history, `dates` when it was made, `parents` how many it has and their numbers.
    `arrivals` has every commit that brings a blob to a path, or that path, by keyed digests (`ARRIVAL` bytes each,
    sorted).
    `introduced` are the commits that first name somebody, oldest first; `declared` the files that do, of so many.
    `stored` is every file of the object store with its size and its number on the disk.
    """

    ids: bytes = field(repr=False)
    commits: bytes = field(repr=False)
    circles: bytes = field(repr=False)
    places: bytes = field(repr=False)
    dates: bytes = field(repr=False)
    parents: bytes = field(repr=False)
    arrivals: bytes = field(repr=False)
    newest: int
    aside: tuple[Oid, ...]
    reflogged: tuple[Oid, ...]
    tags: tuple[Oid, ...]
    introduced: tuple[Oid, ...]
    declared: tuple[tuple[str, Oid], ...]
    declarations: int
    stored: Mapping[str, tuple[int, int]]


HEAD, NOTES, DISTANCE = 4, 8, 3
"""Bits of a commit: it is part of HEAD's history, of notes; and which bits say how far it is from being public."""

MARK = 8
ARRIVAL = 2 * MARK + 4
"""Bytes of a keyed digest of a blob or a path; of both with the number of a commit."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The source, and what was made of it.

    `folders` are how many paths of the history go through each folder (by key), of `paths`; `sources` the values that
    were searched for; `inside` the skips that lie in the history. `told` are the verdicts of each finding: there are
    many, and of a ground that is read again none.
    """

    footing: Footing
    folders: Mapping[str, int]
    paths: int
    sources: tuple[Source, ...]
    inside: tuple[SkipId, ...]
    told: Mapping[FindingId, tuple[Verdict, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text stands: all its findings have this in common. `number` tells it from others in its index."""

    number: int
    kind: PlaceKind
    oid: Oid | None
    path: str | None
    path_key: str | None
    ref: str | None
    ref_key: str | None
    first: Oid | None
    last: Oid | None
    in_head: bool
    published: bool
    count: int


@dataclass(frozen=True, slots=True)
class Amendment:
    """What changes in an index: spots as they are now, places that go and come, by their finding.

    `told` are the verdicts of findings with something new, the former ones included.
    """

    spots: tuple[Spot, ...]
    gone: tuple[tuple[FindingId, Place], ...]
    come: tuple[tuple[FindingId, Place], ...]
    told: Mapping[FindingId, tuple[Verdict, ...]]
    findings: Mapping[FindingId, Finding]
