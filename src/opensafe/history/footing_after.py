"""What is kept of a source that grew: what was kept before, and what is new."""

from opensafe.git.refs import worktree_heads
from opensafe.git.store_files import stored_files
from opensafe.history.arrivals import Arrivals, entries_of
from opensafe.history.footing import REFLOGGED
from opensafe.history.grown import Grown
from opensafe.history.growth import Growth
from opensafe.history.introductions import Introductions
from opensafe.history.skeleton import packed_parents
from opensafe.model.fingerprint import FingerprintKey
from opensafe.model.ground import Footing
from opensafe.model.packed import packed_numbers


def footing_after(found: Growth, since: Grown, before: Footing, named: Introductions, key: FingerprintKey) -> Footing:
    """As `footing_of` has it of the whole source."""
    rings, commits = found.rings, found.graph.commits
    logged = {oid for line in found.reflogs for oid in (line.old, line.new)}
    near = {oid for oid in logged if rings.is_commit(oid) and rings.distance(oid) == REFLOGGED}
    new = entries_of(since.traced, key, since.roots, len(rings.skeleton))
    return Footing(
        ids=found.everything.data,
        commits=before.commits + b"".join(map(bytes.fromhex, found.order)),
        circles=rings.circles + bytes(map(rings.of, found.order)),
        places=packed_numbers(rings.placed.places),
        dates=before.dates + packed_numbers((commits[oid].committer.timestamp for oid in found.order), "q"),
        parents=before.parents + packed_parents((commits[oid] for oid in found.order), rings.numbers()),
        arrivals=Arrivals(before.arrivals, key).with_these(new),
        newest=max([before.newest, *(commit.committer.timestamp for commit in found.graph.commits.values())]),
        aside=tuple(sorted(worktree_heads(found.layout).values())),
        reflogged=tuple(sorted(near)),
        tags=tuple(sorted(found.graph.tags)),
        introduced=named.commits,
        declared=tuple((path.hex(), oid) for path, oid in named.files),
        declarations=named.versions,
        stored=stored_files(found.layout.objects),
    )
