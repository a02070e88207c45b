"""What is kept of a source as it was read, for the next audit to build on."""

from opensafe.git.lfs_store import stored_contents
from opensafe.git.refs import worktree_heads
from opensafe.git.store_files import stored_files
from opensafe.history.arrivals import entries_of
from opensafe.history.declared import MOST
from opensafe.history.introductions import Introductions
from opensafe.history.reading import History
from opensafe.history.skeleton import packed_parents
from opensafe.history.traced import Traced
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.ground import DISTANCE, HEAD, NOTES, Footing, Outgrown
from opensafe.model.packed import packed_numbers
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
    order, numbers = traced.order, {oid: number for number, oid in enumerate(traced.order)}
    circles = {oid: _circle(history, traced, number) for oid, number in numbers.items()}
    reflogged = {oid for line in history.reflogs for oid in (line.old, line.new)}
    return Footing(
        ids=b"".join(sorted(map(bytes.fromhex, graph.order))),
        commits=b"".join(map(bytes.fromhex, order)),
        circles=bytes(circles.values()),
        places=packed_numbers(numbers.values()),
        dates=packed_numbers((graph.commits[oid].committer.timestamp for oid in order), "q"),
        parents=packed_parents((graph.commits[oid] for oid in order), numbers),
        arrivals=b"".join(sorted(entries_of(traced, key))),
        newest=max((commit.committer.timestamp for commit in graph.commits.values()), default=0),
        aside=tuple(sorted(worktree_heads(history.layout).values())),
        reflogged=tuple(sorted(oid for oid in reflogged if circles.get(oid, 0) & DISTANCE == REFLOGGED)),
        tags=tuple(sorted(graph.tags)),
        introduced=named.commits,
        declared=tuple((path.hex(), oid) for path, oid in named.files),
        declarations=named.versions,
        stored=stored_files(history.layout.objects),
    )


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
