"""Which commits bring a blob to a path, in the whole history: one entry each, kept for the next audit.

Blobs and paths are told by keyed digests, for a path may hold a secret, and ids that begin alike can be made.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from opensafe.history.comings import arrivals
from opensafe.history.traced import Traced
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.ground import ARRIVAL, MARK
from opensafe.model.identifiers import Oid
from opensafe.model.packed import Packed

ANY_BLOB = Oid("")
"""Stands for whatever lies at a path."""

_NUMBER = 4  # bytes: the number of a commit, and whether it brings a symbolic link


@dataclass(frozen=True, slots=True)
class Arrivals:
    """`data` has the entries, sorted: blob, path, number."""

    data: bytes = field(repr=False)
    key: FingerprintKey

    def of(self, oid: Oid, path: bytes) -> list[tuple[int, bool]]:
        """The numbers of the commits that bring the blob to the path, and whether as a symbolic link."""
        return [code for _, code in self._from(_mark(oid.encode(), self.key) + _mark(path, self.key))]

    def of_blob(self, oid: Oid) -> dict[bytes, list[tuple[int, bool]]]:
        """The same for every path of a blob, by `mark_of` the path."""
        found: dict[bytes, list[tuple[int, bool]]] = {}
        for path, code in self._from(_mark(oid.encode(), self.key)):
            found.setdefault(path, []).append(code)
        return found

    def mark_of(self, path: bytes) -> bytes:
        return _mark(path, self.key)

    def with_these(self, entries: Iterable[bytes]) -> bytes:
        """The entries with others among them."""
        packed, parts, at = Packed(self.data, ARRIVAL), [], 0
        for entry in sorted(entries):
            end = packed.before(entry) * ARRIVAL
            parts += [self.data[at:end], entry]
            at = end
        return b"".join([*parts, self.data[at:]])

    def _from(self, prefix: bytes) -> Iterator[tuple[bytes, tuple[int, bool]]]:
        packed = Packed(self.data, ARRIVAL)
        for at in range(packed.before(prefix.ljust(ARRIVAL, b"\0")), len(packed)):
            entry = packed[at]
            if not entry.startswith(prefix):
                return
            code = int.from_bytes(entry[2 * MARK :])
            yield entry[MARK : 2 * MARK], (code >> 1, bool(code & 1))


def entries_of(traced: Traced, key: FingerprintKey, roots: int = 0, first: int = 0) -> Iterator[bytes]:
    """An entry for each arrival in a history behind its `roots`, where commits are numbered from `first` on."""
    comings = traced.comings
    for oid in comings.blobs:
        blob = _mark(oid.encode(), key)
        for path, codes in comings.blobs.of(oid).items():
            yield from _entries(blob, path, codes, key, first - roots, roots)
    anything = _mark(ANY_BLOB.encode(), key)
    for path, (_, codes) in comings.paths.items():
        yield from _entries(anything, path, codes, key, first - roots, roots)


def _entries(
    blob: bytes, path: bytes, codes: list[int], key: FingerprintKey, shift: int, roots: int
) -> Iterator[bytes]:
    for position, is_link in arrivals(codes):
        if position >= roots:
            yield blob + _mark(path, key) + ((position + shift) << 1 | is_link).to_bytes(_NUMBER)


@lru_cache(maxsize=1 << 14)
def _mark(text: bytes, key: FingerprintKey) -> bytes:
    return hashlib.blake2b(text, digest_size=MARK, key=key.key).digest()
