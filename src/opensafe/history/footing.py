"""What is kept of a source as it was read, for the next audit to build on."""

import hashlib
from collections.abc import Iterable, Iterator

from opensafe.git.lfs_store import stored_contents
from opensafe.git.refs import worktree_heads
from opensafe.git.store_files import stored_files
from opensafe.history.comings import arrivals
from opensafe.history.declared import MOST
from opensafe.history.introductions import Introductions
from opensafe.history.reading import History
from opensafe.history.traced import Traced
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.ground import DISTANCE, HEAD, NOTES, PAIR, Footing, Outgrown
from opensafe.model.packed import Packed
from opensafe.model.place import PlaceKind
from opensafe.model.skip import SkipReason

REFLOGGED = 2
"""How far a commit is from being public to which nothing but a reflog leads."""


def footing_of(history: History, named: Introductions, key: FingerprintKey) -> Footing:
    """Raises Outgrown for a source whose next audit has to go through everything in any case."""
    _check(history, named)
    graph, traced = history.graph, history.provenance.traced
    if traced is None:
        raise Outgrown
    circles = {oid: _circle(history, traced, number) for number, oid in enumerate(traced.order)}
    commits = sorted(circles)
    reflogged = {oid for line in history.reflogs for oid in (line.old, line.new)}
    return Footing(
        ids=b"".join(sorted(map(bytes.fromhex, graph.order))),
        commits=b"".join(map(bytes.fromhex, commits)),
        circles=bytes(circles[oid] for oid in commits),
        pairs=b"".join(sorted(public_pairs(traced, key))),
        newest=max((commit.committer.timestamp for commit in graph.commits.values()), default=0),
        aside=tuple(sorted(worktree_heads(history.layout).values())),
        reflogged=tuple(sorted(oid for oid in reflogged if circles.get(oid, 0) & DISTANCE == REFLOGGED)),
        tags=tuple(sorted(graph.tags)),
        introduced=named.commits,
        declared=tuple((path.hex(), oid) for path, oid in named.files),
        declarations=named.versions,
        stored=stored_files(history.layout.objects),
    )


def pair_key(key: FingerprintKey, oid: str, path: bytes) -> bytes:
    """Tells a blob at its path from all others; without an id the path alone. Keyed: a path may hold a secret."""
    return hashlib.blake2b(oid.encode() + b"\0" + path, digest_size=PAIR, key=key.key).digest()


def _check(history: History, named: Introductions) -> None:
    """What is not whole may become whole, and change what was said of old commits. What no commit holds (the index,
    trees that are tagged or loose) comes and goes by itself; contents of LFS are read anew each time.
    """
    layout, provenance = history.layout, history.provenance
    unfit = (
        history.graph.unread
        or any(item.reason is not SkipReason.SUBMODULE for item in history.unread)
        or layout.alternates
        or layout.shallow
        or layout.promisor
        or layout.grafts
        or any(at.path or at.kind is not PlaceKind.BLOB for found in provenance.beside.values() for at in found)
        or stored_contents(layout)
        or named.versions > MOST
    )
    if unfit:
        raise Outgrown


def _circle(history: History, traced: Traced, number: int) -> int:
    oid = traced.order[number]
    bits = HEAD * (oid in history.provenance.head) + NOTES * (oid in traced.circles.notes)
    return traced.distances[number] + bits


def public_pairs(traced: Traced, key: FingerprintKey) -> Iterator[bytes]:
    """Of every public blob at its path, and of every public path."""
    events = traced.comings.blobs
    for oid in events:
        for path, codes in events.of(oid).items():
            if _is_public(traced, codes):
                yield pair_key(key, oid, path)
    for path, (_, codes) in traced.comings.paths.items():
        if _is_public(traced, codes):
            yield pair_key(key, "", path)


def _is_public(traced: Traced, codes: Iterable[int]) -> bool:
    return any(not traced.distances[position] for position, _ in arrivals(codes))


def is_known(footing: Footing, key: FingerprintKey, oid: str, path: bytes) -> bool:
    """Whether a blob stood at a path, in public; without an id whether anything did."""
    return Packed(footing.pairs, PAIR).find(pair_key(key, oid, path)) >= 0
