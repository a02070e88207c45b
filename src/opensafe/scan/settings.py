"""What a scan is told."""

import os
from dataclasses import dataclass, field

from opensafe.model.context import Context
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.identifiers import Oid
from opensafe.model.place import PlaceKind

MAX_BLOB = 256 << 20
"""Larger blobs are named as skipped, not read into memory (bytes)."""

FILES = frozenset({PlaceKind.BLOB, PlaceKind.NOTE, PlaceKind.REFLOG, PlaceKind.UNREACHABLE, PlaceKind.INDEX})
"""Where the content of a file stands: it is judged in the same way in all of these."""


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """`workers` 0 means one for each core; results do not depend on it, nor on `novelty`."""

    context: Context
    key: FingerprintKey
    novelty: bool = True
    workers: int = 0

    @property
    def processes(self) -> int:
        return self.workers or os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class BlobJob:
    """One blob to scan, judged under one of its paths: the first in byte order, so that it is always the same.

    `further` are paths with other kinds of file names, under which it is judged as well. `names` is a keyed digest of
    all these: an outcome under other names is another outcome.
    """

    oid: Oid
    path: bytes
    kind: PlaceKind
    size: int
    further: tuple[tuple[bytes, PlaceKind], ...] = ()
    names: str = ""

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Pickled by its values: there are as many as objects."""
        return BlobJob, (self.oid, self.path, self.kind, self.size, self.further, self.names)


@dataclass(frozen=True, slots=True)
class TextJob:
    """A text that is at hand: a message, a name, a setting. `oid` is no object's, but tells it from the others."""

    oid: Oid
    path: bytes
    kind: PlaceKind
    data: bytes = field(repr=False)

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return TextJob, (self.oid, self.path, self.kind, self.data)

    @property
    def size(self) -> int:
        return len(self.data)

    @property
    def names(self) -> str:
        """Its id tells the name too."""
        return ""


Job = BlobJob | TextJob
